// Against the schemas of Kong, its controller, the Gateway API and Kubernetes, where they are at hand.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import Ajv from 'ajv'
import AjvDraft04 from 'ajv-draft-04'
import { load } from 'js-yaml'
import { rsaPair } from '../lib/pairs.mjs'
import { render } from '../lib/render.mjs'
import { closed, options, validators } from '../lib/validators.mjs'
import { filesBelow, resources, schemas, schemasAt, text, withoutSchemas, yaml } from './files.mjs'

if (withoutSchemas) console.log(withoutSchemas)

function assertValid(validate, value, name) {
  assert.ok(validate(value), `${name}: ${JSON.stringify(validate.errors, null, 1)}`)
}

const CRDS = {
  KongPlugin: 'kong-kic/configuration.konghq.com_kongplugins.json',
  KongConsumer: 'kong-kic/configuration.konghq.com_kongconsumers.json',
  HTTPRoute: 'gateway-api-v1.3.0/gateway.networking.k8s.io_httproutes.json',
}

const validator = validators(schemas, CRDS)

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
