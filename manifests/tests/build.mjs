// Builds what an operator would apply, with kubectl's own kustomize and nothing from outside.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { documents } from '../../kong/lib/validators.mjs'

export const manifests = resolve(dirname(fileURLToPath(import.meta.url)), '..')
export const repository = resolve(manifests, '..')
export const text = (path) => readFileSync(resolve(manifests, path), 'utf8')
export const yaml = (path) => documents(text(path))[0]

/** The schemas to check against, where they are at hand. */
export const schemas = process.env.SCHEMAS ? resolve(process.env.SCHEMAS) : resolve(repository, '../shared/schemas')
export const withoutSchemas = existsSync(schemas)
  ? false
  : `SKIPPED: no schemas at ${relative(repository, schemas)}; set SCHEMAS`

const kustomize = (folder) =>
  execFileSync(process.env.KUBECTL ?? 'kubectl', ['kustomize', folder], { encoding: 'utf8', maxBuffer: 1 << 26 })

const built = new Map()

/** @returns {object[]} what a folder's kustomization makes; a copy, to do with as one likes */
export function objects(folder) {
  if (!built.has(folder)) built.set(folder, documents(kustomize(resolve(manifests, folder))))
  return structuredClone(built.get(folder))
}

/** What an overlay has to say wherever a gateway is. */
const SAID = ['SCRIP_AUTH_AUDIENCE=https://vault.example.com', 'SCRIP_AUTH_ISSUERS_AUTH0_ISSUER=https://t.example.auth0.com/']

/** @returns {object[]} base with these components, as an overlay would have them */
export function together(components) {
  const key = `+${components.join('+')}`
  if (!built.has(key)) built.set(key, documents(assembled(components)))
  return structuredClone(built.get(key))
}

function assembled(components) {
  const folder = mkdtempSync(join(tmpdir(), 'scrip-overlay-'))
  try {
    const path = (name) => relative(folder, resolve(manifests, name))
    mkdirSync(folder, { recursive: true })
    writeFileSync(
      join(folder, 'kustomization.yaml'),
      JSON.stringify({
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        namespace: 'scrip',
        resources: [path('base')],
        components: components.map((name) => path(join('components', name))),
        configMapGenerator: [{ name: 'scrip', behavior: 'merge', literals: SAID }],
      }),
    )
    return kustomize(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Every folder of components/ that an overlay may name: not the inner parts of another one. */
export function components() {
  const all = readdirSync(join(manifests, 'components'), { recursive: true })
    .filter((name) => name.endsWith('kustomization.yaml'))
    .map((name) => dirname(name))
    .filter((name) => yaml(`components/${name}/kustomization.yaml`).kind === 'Component')
  const inner = all.flatMap((name) =>
    (yaml(`components/${name}/kustomization.yaml`).components ?? [])
      .filter((part) => !part.startsWith('..') && part !== 'use')
      .map((part) => join(name, part)),
  )
  return all.filter((name) => !inner.includes(name)).sort()
}

/** What each component stands on; one that is not here stands on base alone. */
const STANDS_ON = {
  planes: ['kong'],
  'autoscaling/planes': ['kong', 'planes'],
  'disruption/planes': ['kong', 'planes'],
  'storage-azure': ['h2-single'],
  'storage-azure/use': ['cloudnative-pg'],
  'network-policy': ['cloudnative-pg'],
  'network-policy/external-database': ['postgres', 'network-policy'],
  'network-policy/vault': ['secrets-vault-agent', 'network-policy'],
  'network-policy/cluster-keys': ['service-accounts', 'network-policy'],
  tls: ['kong'],
}

/** Much at once, so that options are seen to add up. */
const MUCH = {
  'one pod': ['kong', 'h2-single', 'secrets-plain', 'storage-azure', 'network-policy', 'tls', 'service-accounts'],
  'one kind of pod': [
    ...['kong', 'postgres', 'secrets-plain', 'network-policy', 'network-policy/external-database', 'autoscaling'],
    ...['disruption', 'tls', 'service-accounts', 'network-policy/cluster-keys'],
  ],
  'both planes, HTTPRoute, Vault': [
    ...['gateway-api', 'planes', 'cloudnative-pg', 'secrets-vault-agent', 'storage-azure', 'network-policy'],
    ...['network-policy/vault', 'network-policy/cluster-keys', 'service-accounts', 'autoscaling/planes'],
    ...['disruption/planes', 'tls', 'admission'],
  ],
}

/** @returns {[string, object[]][]} each component with what it stands on, and much at once */
export function combinations() {
  return [
    ['base', objects('base')],
    ...components().map((name) => [name, together([...(STANDS_ON[name] ?? []), name])]),
    ...Object.entries(MUCH).map(([name, list]) => [name, together(list)]),
  ]
}

export const OVERLAYS = ['local', 'staging', 'production']
export const overlays = () => OVERLAYS.map((name) => [`overlays/${name}`, objects(`overlays/${name}`)])
/** What is applied beside the service. */
export const others = () =>
  ['overlays/cluster', 'components/kong/gateway', 'flux'].map((folder) => [folder, objects(folder)])
