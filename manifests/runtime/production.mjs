// The production overlay, as a kubelet would read it: pods, and what their volumes and variables refer to.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { documents } from '../../kong/lib/validators.mjs'
import { objects, repository } from '../tests/build.mjs'
import { find } from '../tests/pods.mjs'

const production = objects('overlays/production')

export const object = (kind, name) => {
  const found = find(production, kind, name)
  if (!found) throw new Error(`production has no ${kind} ${name}`)
  return found
}

export const podOf = (kind, name) => object(kind, name).spec.template.spec

/** The variables of a container: envFrom first, env over it. Anything from elsewhere than ConfigMaps is not expected here. */
export function environment({ envFrom = [], env = [] }) {
  const all = {}
  for (const { configMapRef } of envFrom) Object.assign(all, object('ConfigMap', configMapRef.name).data)
  for (const { name, value } of env) all[name] = value
  return all
}

/** @returns {string[]} names of the files that a SecretProviderClass mounts */
export function providedFiles(name) {
  const { array } = documents(object('SecretProviderClass', name).spec.parameters.objects)[0]
  return array.map((text) => documents(text)[0]).map(({ objectName, objectAlias }) => objectAlias ?? objectName)
}

/** What the image brings: its environment and its entry point, from the Dockerfile. */
export function image() {
  const text = readFileSync(resolve(repository, 'app/Dockerfile'), 'utf8').replaceAll('\\\n', '')
  const options = /^ENV JAVA_TOOL_OPTIONS="(.*)"$/m.exec(text)[1].replace(/\s+/g, ' ')
  const entry = JSON.parse(/^ENTRYPOINT (\[.*\])$/m.exec(text)[1])
  return { options, entry: entry.filter((part) => !part.startsWith('-XX:AOTCache=')) }   // made while the image is built; not here
}
