// Against the schemas of Kong, its controller, the Gateway API and Kubernetes, where they are at hand.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import Ajv from 'ajv'
import AjvDraft04 from 'ajv-draft-04'
import { load } from 'js-yaml'
import { rsaPair } from '../lib/pairs.mjs'
import { render } from '../lib/render.mjs'
import { filesBelow, resources, schemas, schemasAt, text, withoutSchemas, yaml } from './files.mjs'

if (withoutSchemas) console.log(withoutSchemas)

const options = { strict: false, allErrors: true, validateFormats: false, logger: false, unicodeRegExp: false }

function assertValid(validate, value, name) {
  assert.ok(validate(value), `${name}: ${JSON.stringify(validate.errors, null, 1)}`)
}

/** Misspelt fields pass unseen unless every object with properties is closed. */
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]))
  const open = copy['x-kubernetes-preserve-unknown-fields'] || copy.additionalProperties !== undefined
  return copy.properties && !open && typeof copy.properties === 'object'
    ? { ...copy, additionalProperties: false }
    : copy
}

function crd(file, apiVersion) {
  const definition = schemasAt(file)
  const version = apiVersion.split('/')[1]
  const { schema } = definition.spec.versions.find(({ name }) => name === version)
  const root = closed(schema.openAPIV3Schema)
  root.properties.metadata = { type: 'object' }
  return new Ajv(options).compile(root)
}

function kubernetes(apiVersion, kind) {
  const name = schemasAt('kubernetes-v1.36/index.json')[`${apiVersion}/${kind}`]
  const { definitions } = closed(schemasAt('kubernetes-v1.36/swagger-definitions.json'))
  definitions['io.k8s.apimachinery.pkg.util.intstr.IntOrString'] = { type: ['string', 'integer'] }
  definitions['io.k8s.apimachinery.pkg.api.resource.Quantity'] = { type: ['string', 'number'] }
  return new Ajv(options).compile({ $ref: `#/definitions/${name}`, definitions })
}

const CRDS = {
  KongPlugin: 'kong-kic/configuration.konghq.com_kongplugins.json',
  KongConsumer: 'kong-kic/configuration.konghq.com_kongconsumers.json',
  HTTPRoute: 'gateway-api-v1.3.0/gateway.networking.k8s.io_httproutes.json',
}

const validator = ({ apiVersion, kind }) => (CRDS[kind] ? crd(CRDS[kind], apiVersion) : kubernetes(apiVersion, kind))

const PLUGIN_SCHEMAS = {
  'correlation-id': 'CorrelationId',
  jwt: 'Jwt',
  'request-size-limiting': 'RequestSizeLimiting',
  'rate-limiting': 'RateLimiting',
  prometheus: 'Prometheus',
}

const variants = [
  ['resources/ingress', []],
  ['resources/httproute', []],
  ['resources/ingress', ['resources/prefix-ingress']],
  ['resources/httproute', ['resources/prefix-httproute']],
  ['../auth0/reconciler', []],
]

describe('every resource is valid', { skip: withoutSchemas }, () => {
  for (const [folder, components] of variants) {
    it([folder, ...components].join(' with '), () => {
      for (const [name, resource] of resources(folder, components)) assertValid(validator(resource), resource, name)
    })
  }

  it('the example of a Secret', () => {
    const secret = yaml('resources/example/secret.yaml')
    assertValid(validator(secret), secret, 'Secret')
    assert.equal(secret.metadata.labels['konghq.com/credential'], 'jwt')
    assert.deepEqual(Object.keys(secret.stringData), ['key', 'algorithm', 'rsa_public_key'])
  })

  it('and a misspelt one is not', () => {
    const ingress = yaml('resources/ingress/ingress-read.yaml')
    ingress.spec.rules[0].http.paths[0].pathtype = 'Prefix'
    assert.equal(validator(ingress)(ingress), false)
    const route = yaml('resources/httproute/http-route-read.yaml')
    route.spec.rules[0].backendRef = []
    assert.equal(validator(route)(route), false)
  })

  it('there being a schema for each kind that is used', () => {
    const kinds = filesBelow('resources').map((file) => yaml(file).kind)
    for (const kind of kinds) {
      assert.ok(
        [...Object.keys(CRDS), 'Ingress', 'Service', 'Secret', 'Kustomization', 'Component'].includes(kind),
        kind,
      )
    }
  })
})

describe('kong.yml is valid', { skip: withoutSchemas }, () => {
  it('as a declarative configuration, with keys in it', () => {
    const keys = [{ ...rsaPair().publicKey.export({ format: 'jwk' }), kid: 'k1' }]
    const validate = new AjvDraft04(options).compile(schemasAt('kong-gateway-3.9/declarative-config.json'))
    const form = load(render(text('kong.yml'), { keys }))
    assertValid(validate, form, 'kong.yml')
    form.services[0].routes[0].path = []
    assert.equal(validate(form), false)
  })

  it('plugin by plugin', () => {
    for (const { routes } of yaml('kong.yml').services) {
      for (const { name, config } of routes[0].plugins) {
        if (name === 'scrip-claims') continue // its own schema is read by spec/schema_spec.lua
        const schema = closed(schemasAt(`kong-gateway-3.9/plugin-${PLUGIN_SCHEMAS[name]}.json`))
        assertValid(new Ajv(options).compile(schema.properties.config), config, name)
      }
    }
  })
})

if (!withoutSchemas) console.log(`schemas: ${schemas.split('/').slice(-2).join('/')}`)
