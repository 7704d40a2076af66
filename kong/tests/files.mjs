// Reads the gateway's files, and puts a folder of resources together as kustomize does: just the parts of it that are used here.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load, loadAll } from 'js-yaml'

export const kong = resolve(dirname(fileURLToPath(import.meta.url)), '..')
export const repository = resolve(kong, '..')

export const text = (path) => readFileSync(resolve(kong, path), 'utf8')
export const yaml = (path) => load(text(path))

/** The schemas to check against, where they are at hand. */
export const schemas = process.env.SCHEMAS ? resolve(process.env.SCHEMAS) : resolve(repository, '../shared/schemas')
export const schemasAt = (path) => JSON.parse(readFileSync(join(schemas, path), 'utf8'))
export const withoutSchemas = existsSync(schemas)
  ? false
  : `SKIPPED: no schemas at ${relative(repository, schemas)}; set SCHEMAS`

/**
 * What the service says that its calls are: a file, the one that the build has made, or none. The build's does not yet say which
 * permissions a call needs; the one that the service serves does.
 */
const openApiFile = process.env.OPENAPI
  ? resolve(process.env.OPENAPI)
  : join(repository, 'app/target/classes/META-INF/swagger/scrip.yml')
export const withoutOpenApi = existsSync(openApiFile)
  ? false
  : 'SKIPPED: no OpenAPI document: build app, or set OPENAPI'
export const withoutPermissions =
  withoutOpenApi ||
  (readFileSync(openApiFile, 'utf8').includes('security:')
    ? false
    : 'SKIPPED: OPENAPI is not the document that the service serves')
export const openApi = () => load(readFileSync(openApiFile, 'utf8'))

/** @returns {object[]} every call: method, path, and the permissions of which it needs one */
export function calls() {
  const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options']
  return Object.entries(openApi().paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method])
      .map((method) => ({
        method: method.toUpperCase(),
        path,
        answers: Object.keys(item[method].responses),
        permissions: (item[method].security ?? []).flatMap((need) => Object.values(need).flat()),
      })),
  )
}

/** All resources of a kustomization, by kind and name. */
export function resources(folder, components = []) {
  const found = new Map()
  collect(folder, found)
  for (const component of components) {
    collect(component, found)
    patch(yaml(join(component, 'kustomization.yaml')).patches, found)
  }
  return found
}

function collect(folder, found) {
  for (const entry of yaml(join(folder, 'kustomization.yaml')).resources ?? []) {
    if (!entry.endsWith('.yaml')) {
      collect(join(folder, entry), found)
      continue
    }
    for (const resource of loadAll(text(join(folder, entry))))
      found.set(`${resource.kind} ${resource.metadata.name}`, resource)
  }
}

function patch(patches, found) {
  for (const { target, patch } of patches) {
    const resource = found.get(`${target.kind} ${target.name}`)
    if (!resource) throw new Error(`nothing to patch: ${target.kind} ${target.name}`)
    for (const step of load(patch)) apply(step, resource)
  }
}

/** RFC 6902's add and replace. */
function apply({ op, path, value }, resource) {
  const steps = path
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = steps.pop()
  const place = steps.reduce((at, step) => at[step], resource)
  if (op === 'replace' && !(last in place)) throw new Error(`nothing to replace at ${path}`)
  if (Array.isArray(place) && last === '-') place.push(value)
  else place[last] = value
}

/** Every YAML file below a folder. */
export function filesBelow(folder) {
  return readdirSync(resolve(kong, folder), { recursive: true })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(folder, name))
}
