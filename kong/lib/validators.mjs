// Checks an object against the schema of its kind: Kubernetes' own or a CRD's, unknown fields refused.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv'
import { loadAll } from 'js-yaml'

export const options = { strict: false, allErrors: true, validateFormats: false, logger: false, unicodeRegExp: false }

/** @returns {object[]} what stands in a text of YAML documents */
export const documents = (text) => loadAll(text).filter((document) => document !== null && document !== undefined)

/** A pattern for Go may say what one for JavaScript cannot, such as (?i): what is not checked is left out. */
function isPattern(text) {
  try {
    return Boolean(new RegExp(text))
  } catch {
    return false
  }
}

/** Misspelt fields pass unseen unless every object with properties is closed. */
export function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]))
  if (typeof copy.pattern === 'string' && !isPattern(copy.pattern)) delete copy.pattern
  const open = copy['x-kubernetes-preserve-unknown-fields'] || copy.additionalProperties !== undefined
  return copy.properties && !open && typeof copy.properties === 'object'
    ? { ...copy, additionalProperties: false }
    : copy
}

/**
 * @param {string} folder where the schemas are
 * @param {Record<string, string>} crds the file of each kind that is not Kubernetes' own
 * @returns {(object: object) => Function} the check for an object's kind, made once for each
 */
export function validators(folder, crds) {
  const read = (path) => JSON.parse(readFileSync(join(folder, path), 'utf8'))
  const made = new Map()
  let index, definitions

  function crd(file, version) {
    const { schema } = read(file).spec.versions.find(({ name }) => name === version)
    const root = closed(schema.openAPIV3Schema)
    root.properties.metadata = { type: 'object' }
    return new Ajv(options).compile(root)
  }

  function kubernetes(apiVersion, kind) {
    index ??= read('kubernetes-v1.36/index.json')
    definitions ??= {
      ...closed(read('kubernetes-v1.36/swagger-definitions.json').definitions),
      'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: ['string', 'integer'] },
      'io.k8s.apimachinery.pkg.api.resource.Quantity': { type: ['string', 'number'] },
    }
    const name = index[`${apiVersion}/${kind}`]
    if (!name) throw new Error(`there is no schema for ${apiVersion} ${kind}`)
    return new Ajv(options).compile({ $ref: `#/definitions/${name}`, definitions })
  }

  return ({ apiVersion, kind }) => {
    const key = `${apiVersion}/${kind}`
    if (!made.has(key))
      made.set(key, crds[kind] ? crd(crds[kind], apiVersion.split('/')[1]) : kubernetes(apiVersion, kind))
    return made.get(key)
  }
}
