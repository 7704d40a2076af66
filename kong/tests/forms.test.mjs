// kong.yml and the resources for a cluster are two forms of one thing.
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import { load } from 'js-yaml'
import { render } from '../lib/render.mjs'
import { byName, httpRoutes, ingresses } from './cluster.mjs'
import { calls, filesBelow, kong, resources, text, withoutPermissions, yaml } from './files.mjs'

const form = yaml('kong.yml')
const services = form.services.toSorted(byName)
const PLUGINS = ['correlation-id', 'jwt', 'scrip-claims', 'request-size-limiting', 'rate-limiting', 'prometheus']
const config = (service, name) => service.routes[0].plugins.find((plugin) => plugin.name === name).config

describe('kong.yml', () => {
  it('is what the Ingress form says', () => {
    assert.deepEqual(ingresses(resources('resources/ingress')).sort(byName), services)
  })

  it('is what the HTTPRoute form says', () => {
    for (const [index, route] of httpRoutes(resources('resources/httproute')).sort(byName).entries()) {
      const service = services[index]
      assert.equal(route.name, service.name)
      assert.equal(`http://scrip:${route.port}`, service.url)
      assert.deepEqual(
        route.paths,
        service.routes[0].paths.map((path) => path.replace(/\/$/, '')),
      )
      assert.deepEqual(route.plugins, service.routes[0].plugins)
      assert.equal(route.rewrite, undefined)
    }
  })

  it('names the consumer that the cluster has', () => {
    const consumer = resources('resources/ingress').get('KongConsumer auth0-tenant')
    assert.equal(consumer.username, form.consumers[0].username)
    assert.equal(consumer.metadata.annotations['kubernetes.io/ingress.class'], 'kong')
    assert.ok(consumer.credentials.includes(yaml('resources/example/secret.yaml').metadata.name))
  })

  it('accepts nobody as it stands: it holds no key', () => {
    assert.deepEqual(form.consumers, [{ username: 'auth0-tenant', jwt_secrets: [] }])
  })

  it('has all six plugins on each route, so that none is open or uncounted', () => {
    for (const { routes } of services) {
      assert.equal(routes.length, 1)
      assert.deepEqual(
        routes[0].plugins.map(({ name }) => name),
        PLUGINS,
      )
    }
  })

  it('sends nothing twice, waits for nobody long, speaks no plain HTTP', () => {
    for (const service of services) {
      assert.equal(service.retries, 0)
      for (const wait of ['connect_timeout', 'write_timeout', 'read_timeout']) assert.ok(service[wait] <= 10_000, wait)
      assert.deepEqual(service.routes[0].protocols, ['https'])
      assert.equal(service.routes[0].strip_path, false)
    }
  })

  it('has a jwt that takes tokens from one place, looks at exp, and lets no preflight and no stranger through', () => {
    for (const service of services) {
      const jwt = config(service, 'jwt')
      assert.deepEqual(jwt.uri_param_names, [])
      assert.deepEqual(jwt.cookie_names, [])
      assert.deepEqual(jwt.header_names, ['authorization'])
      assert.deepEqual(jwt.claims_to_verify, ['exp'])
      assert.equal(jwt.key_claim_name, 'kid')
      assert.equal(jwt.run_on_preflight, true)
      assert.equal(jwt.anonymous, undefined)
      assert.equal(jwt.realm, undefined)
      assert.ok(jwt.maximum_expiration > 0 && jwt.maximum_expiration <= 86_400)
    }
  })

  it('counts each caller apart and closes when it cannot count', () => {
    for (const service of services) {
      assert.equal(config(service, 'rate-limiting').limit_by, 'credential')
      assert.equal(config(service, 'rate-limiting').fault_tolerant, false)
      assert.equal(config(service, 'request-size-limiting').require_content_length, false)
    }
  })

  it('gives less to read than to write', () => {
    const [read, write] = services
    assert.ok(config(read, 'rate-limiting').minute < config(write, 'rate-limiting').minute)
  })

  it('trusts the same issuers and audiences on both routes', () => {
    const [read, write] = services.map((service) => config(service, 'scrip-claims'))
    assert.deepEqual(read.issuers, write.issuers)
    assert.deepEqual(read.audiences, write.audiences)
    for (const issuer of read.issuers) assert.ok(issuer.endsWith('/'), 'Auth0 has a slash at the end')
  })

  it('configures scrip-claims with fields that it has', () => {
    const known = [
      ...text('plugins/scrip-claims/kong/plugins/scrip-claims/schema.lua').matchAll(/\{ (\w+) = \{\n\s+description/g),
    ]
    const names = known.map(([, name]) => name)
    assert.ok(names.length > 8)
    for (const service of services) {
      for (const field of Object.keys(config(service, 'scrip-claims'))) assert.ok(names.includes(field), field)
    }
  })

  it('runs no plugin that the gateway does not load', () => {
    const loaded = settings('kong.conf').plugins.split(',')
    for (const name of PLUGINS) assert.ok(loaded.includes(name), name)
  })

  it(
    'sends every call that only a read plane does the narrow way, and asks there for nothing that none of them needs',
    { skip: withoutPermissions },
    () => {
      const [read] = services
      const narrow = ({ path }) => read.routes[0].paths.some((prefix) => path.startsWith(prefix))
      const making = ({ path }) => /^\/v1\/(tokenize|encrypt)/.test(path)
      const keys = ({ path }) => path.startsWith('/v1/keys')
      const ofOnePlane = (call) => call.answers.includes('421') && !making(call)
      const all = calls()
      assert.ok(all.length > 10)
      assert.ok(all.some(ofOnePlane))
      assert.deepEqual(
        all.filter(narrow),
        all.filter((call) => ofOnePlane(call) || keys(call)),
      )
      const words = (some) => [...new Set(some.flatMap(({ permissions }) => permissions))].sort()
      // A permission that no call asks for yet lets nobody do anything.
      const asked = config(read, 'scrip-claims').accepted_scopes.filter((word) => words(all).includes(word))
      assert.deepEqual(asked.sort(), words(all.filter(narrow)))
      for (const { path } of all) assert.ok(path.startsWith('/v1/'), path)
    },
  )
})

describe('another public prefix', () => {
  const options = { prefix: '/tokens-api' }

  it('is the same in kong.yml and in the Ingress form', () => {
    const cluster = ingresses(resources('resources/ingress', ['resources/prefix-ingress'])).sort(byName)
    assert.deepEqual(cluster, load(render(text('kong.yml'), options)).services.toSorted(byName))
  })

  it('is taken away where it matched, never more, so that no path changes its route', () => {
    const { services: prefixed } = load(render(text('kong.yml'), options))
    const paths = services.flatMap(({ routes }) => routes[0].paths)
    assert.deepEqual(prefixed.map(({ url }) => new URL(url).pathname).sort(), paths.sort())
    for (const service of prefixed) {
      const [path, ...others] = service.routes[0].paths
      assert.deepEqual(others, [])
      assert.equal(path, `/tokens-api${new URL(service.url).pathname}`)
      assert.equal(service.routes[0].strip_path, true)
    }
  })

  it('is the same in the HTTPRoute form', () => {
    for (const route of httpRoutes(resources('resources/httproute', ['resources/prefix-httproute']))) {
      assert.deepEqual(route.paths, [`/tokens-api${route.rewrite}`])
    }
  })

  it('has to be a path', () => {
    for (const prefix of ['', '/', 'tokens', '/a/', '/a b', '/a"b', '//a', '~/a']) {
      assert.throws(() => render(text('kong.yml'), { prefix: prefix || ' ' }), /not a path/, prefix)
    }
  })
})

describe('each folder of resources', () => {
  for (const folder of ['resources/common', 'resources/ingress', 'resources/httproute', '../auth0/reconciler']) {
    it(`${folder}: one resource per file, each listed, each named as its file`, () => {
      const files = readdirSync(join(kong, folder)).filter((name) => name !== 'kustomization.yaml')
      const listed = yaml(join(folder, 'kustomization.yaml')).resources.filter((name) => name.endsWith('.yaml'))
      assert.deepEqual(listed.toSorted(), files.sort())
      for (const file of files) {
        const { kind, metadata } = yaml(join(folder, file))
        const kindName = kind
          .replace(/^HTTP/, 'Http')
          .replace(/(?<!^)([A-Z])/g, '-$1')
          .toLowerCase()
        const own = metadata.name.replace(/^scrip-/, '')
        assert.ok([`${kindName}.yaml`, `${kindName}-${own}.yaml`].includes(file), file)
      }
    })
  }

  it('leaves the namespace to whoever uses it', () => {
    for (const file of filesBelow('resources')) assert.equal(yaml(file).metadata?.namespace, undefined, file)
  })

  it('spells no annotation that is passed over in silence', () => {
    const known = [
      'plugins',
      'strip-path',
      'preserve-host',
      'protocols',
      'https-redirect-status-code',
      'retries',
      'connect-timeout',
      'write-timeout',
      'read-timeout',
      'path',
      'credential',
    ]
    for (const file of filesBelow('resources')) {
      for (const [, name] of text(file).matchAll(/konghq\.com(?:\/|~1)([a-z-]+)/g)) {
        if (name !== 'v') assert.ok(known.includes(name), `${file}: ${name}`)
      }
    }
  })

  it('names its HTTPRoutes a listener, without which there would be one in clear', () => {
    for (const kind of ['write', 'read']) {
      for (const parent of yaml(`resources/httproute/http-route-${kind}.yaml`).spec.parentRefs)
        assert.ok(parent.sectionName)
    }
  })
})

describe('the plugin’s ConfigMap', () => {
  const {
    configMapGenerator: [map],
  } = yaml('plugins/scrip-claims/kustomization.yaml')

  it('has every file of the plugin', () => {
    const folder = 'plugins/scrip-claims/kong/plugins/scrip-claims'
    assert.deepEqual(
      map.files.map((file) => basename(file)),
      readdirSync(join(kong, folder)).sort(),
    )
    for (const file of map.files) assert.ok(existsSync(join(kong, 'plugins/scrip-claims', file)))
    assert.equal(dirname(map.files[0]), 'kong/plugins/scrip-claims')
  })

  it('is the one that the chart mounts', () => {
    assert.deepEqual(yaml('values.yaml').gateway.plugins.configMaps, [{ name: map.name, pluginName: 'scrip-claims' }])
  })
})

function settings(file) {
  const lines = text(file)
    .split('\n')
    .filter((line) => /^[a-z]/.test(line))
  return Object.fromEntries(lines.map((line) => line.split(/ = (.*)/).slice(0, 2)))
}

describe('the gateway’s settings', () => {
  const file = settings('kong.conf')
  const chart = yaml('values.yaml').gateway.env

  it('are the same in kong.conf and for the chart, but for what the chart sets by itself', () => {
    const itself = ['declarative_config', 'lua_package_path', 'proxy_listen', 'admin_listen', 'status_listen']
    const rest = Object.fromEntries(Object.entries(file).filter(([name]) => !itself.includes(name)))
    assert.deepEqual(chart, rest)
    for (const name of itself) assert.ok(name in file, name)
  })

  it('give the body a buffer as large as its limit, so that none is written to a file', () => {
    assert.equal(file.nginx_http_client_body_buffer_size, file.nginx_http_client_max_body_size)
    assert.equal(file.nginx_proxy_proxy_max_temp_file_size, '0')
  })

  it('take a little more than the write route, so that it is the route that refuses', () => {
    const { allowed_payload_size: size, size_unit: unit } = config(services[1], 'request-size-limiting')
    assert.equal(unit, 'megabytes')
    assert.equal(file.nginx_http_client_max_body_size, `${size + 1}m`)
  })

  it('close the admin API, run nobody’s Lua, and count addresses before tokens', () => {
    assert.equal(file.admin_listen, 'off')
    assert.equal(file.untrusted_lua, 'off')
    assert.match(file.nginx_proxy_limit_req, /zone=scrip_address/)
    assert.match(file.nginx_http_limit_req_zone, /^\$binary_remote_addr zone=scrip_address:/)
    assert.equal(file.nginx_proxy_limit_req_status, '429')
    assert.ok(!file.plugins.includes('function'))
  })

  it('never send a call again, and write no query into the access log', () => {
    assert.equal(file.nginx_proxy_proxy_next_upstream, 'off')
    assert.doesNotMatch(file.nginx_http_log_format, /\$(request|request_uri|args|is_args)\b(?!_)/)
  })

  it('close idle connections before the service does', () => {
    assert.ok(Number(file.upstream_keepalive_idle_timeout) < 75)
  })
})
