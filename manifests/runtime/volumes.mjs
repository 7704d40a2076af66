// Makes a pod's volumes as the kubelet does: files behind two symbolic links, with its modes and group; memory for what is empty.
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { object, providedFiles } from './production.mjs'

const GENERATION = '..2026_11_21_08_00_00.1234567890'

/**
 * @param {string} folder where to make them
 * @param {object} spec the pod's
 * @param {Map<string, Record<string, string>>} secrets what the cluster would hold: Secrets by name, files of a vault by class
 * @returns {Map<string, string>} each volume's folder by its name
 */
export function makeVolumes(folder, spec, secrets) {
  const group = spec.securityContext.fsGroup
  return new Map(
    spec.volumes.map((volume) => {
      const place = join(folder, volume.name)
      mkdirSync(place, { recursive: true })
      make(volume, place, group, secrets)
      return [volume.name, place]
    }),
  )
}

function make(volume, place, group, secrets) {
  const kind = Object.keys(volume).find((key) => key !== 'name')
  switch (kind) {
    case 'emptyDir':
      return emptyDir(volume.emptyDir, place, group)
    case 'secret':
      return projected(place, chosen(known(secrets, volume.secret.secretName), volume.secret.items), volume.secret.defaultMode ?? 0o644, group)
    case 'configMap':
      return projected(place, object('ConfigMap', volume.configMap.name).data, volume.configMap.defaultMode ?? 0o644, group)
    case 'csi': {
      const name = volume.csi.volumeAttributes.secretProviderClass
      const files = known(secrets, name)
      const missing = providedFiles(name).filter((file) => !(file in files))
      if (missing.length > 0) throw new Error(`${name} mounts ${missing}, which the test does not make`)
      return projected(place, files, 0o644, 0)   // the driver leaves files to root, whatever fsGroup says
    }
    default:
      throw new Error(`a volume of a kind that is not known here: ${kind}`)
  }
}

function known(secrets, name) {
  if (!secrets.has(name)) throw new Error(`nobody makes the Secret ${name}`)
  return secrets.get(name)
}

function chosen(data, items) {
  if (!items) return data
  for (const { key } of items) if (!(key in data)) throw new Error(`there is no ${key}`)
  return Object.fromEntries(items.map(({ key, path }) => [path, data[key]]))
}

function projected(place, data, mode, group) {
  mkdirSync(join(place, GENERATION))
  for (const [name, text] of Object.entries(data)) {
    const file = join(place, GENERATION, name)
    writeFileSync(file, text)
    chownSync(file, 0, group)
    chmodSync(file, mode | (group === 0 ? 0 : 0o040))   // with an fsGroup its members may read
    symlinkSync(join('..data', name), join(place, name))
  }
  symlinkSync(GENERATION, join(place, '..data'))
  chownSync(place, 0, group)
  chmodSync(place, 0o1777)
}

function emptyDir({ medium, sizeLimit }, place, group) {
  if (medium !== 'Memory') throw new Error('an emptyDir on disk: secrets would lie there')
  const size = sizeLimit.replace('Mi', 'm')
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},nosuid,nodev`, 'emptydir', place])
  chownSync(place, 0, group)
  chmodSync(place, 0o2777)
}
