// The resources against the operator's own schemas, unknown fields refused.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, it } from 'node:test'
import Ajv from 'ajv'
import { component, rule, schemasAt, withoutSchemas, yaml } from './files.mjs'

if (withoutSchemas) console.log(withoutSchemas)

const KINDS = { ServiceMonitor: 'servicemonitors', PodMonitor: 'podmonitors', PrometheusRule: 'prometheusrules' }
const files = yaml('kustomization.yaml').resources

/** Misspelt fields pass unseen unless every object with properties is closed. */
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]))
  if (typeof copy.pattern === 'string' && copy.pattern.includes('(?i)')) delete copy.pattern // Go's; JavaScript does not read it
  const open = copy['x-kubernetes-preserve-unknown-fields'] || copy.additionalProperties !== undefined
  return copy.properties && !open && typeof copy.properties === 'object'
    ? { ...copy, additionalProperties: false }
    : copy
}

function validator(kind) {
  const [{ schema }] = schemasAt(`prometheus-operator/monitoring.coreos.com_${KINDS[kind]}.json`).spec.versions
  const root = closed(schema.openAPIV3Schema)
  root.properties.metadata = { type: 'object' }
  return new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false, unicodeRegExp: false }).compile(root)
}

describe('every resource is valid', { skip: withoutSchemas }, () => {
  for (const file of files) {
    it(file, () => {
      const resource = yaml(file)
      const validate = validator(resource.kind)
      assert.ok(validate(resource), JSON.stringify(validate.errors, null, 1))
    })
  }

  it('and a misspelt one is not', () => {
    const validate = validator('PrometheusRule')
    const wrong = structuredClone(rule)
    wrong.spec.groups[0].rules[0].exprs = 'up'
    assert.equal(validate(wrong), false)
    const monitor = yaml('service-monitor.yaml')
    monitor.spec.endpoints[0].pathe = '/'
    assert.equal(validator('ServiceMonitor')(monitor), false)
  })
})

describe('the ServiceMonitor', () => {
  const { spec } = yaml('service-monitor.yaml')
  const settings = readFileSync(resolve(component, '../../../app/src/main/resources/application.yml'), 'utf8')

  it('asks where the service serves it', () => {
    assert.match(settings, /^endpoints:\n(?: .*\n)*? {2}prometheus:\n {4}enabled: true$/m)
    assert.equal(spec.endpoints[0].path, '/prometheus')
    assert.equal(spec.endpoints[0].port, 'management')
  })

  it('refuses a page that grows without bound', () => assert.ok(spec.sampleLimit <= 5000))
})
