import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, it } from 'node:test'
import Ajv from 'ajv'
import { load } from 'js-yaml'
import { complaints, config, placeholders, tenant, text } from '../lib/tenant.mjs'

const schema = createRequire(import.meta.url)('auth0-deploy-cli/lib/tools/auth0/schema.js').default
const repository = new URL('../../', import.meta.url)
const source = text('tenant.yaml')
const { publicKey: pem } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

/** A configuration with a value for everything. */
function whole(environment = 'production') {
  const given = config(environment)
  for (const name of Object.keys(given.AUTH0_KEYWORD_REPLACE_MAPPINGS)) {
    if (name.endsWith('_PUBLIC_KEY')) given.AUTH0_KEYWORD_REPLACE_MAPPINGS[name] = pem
  }
  return given
}

const {
  resourceServers: [api],
  clients,
  clientGrants,
  roles,
  actions,
  triggers,
} = tenant(whole().AUTH0_KEYWORD_REPLACE_MAPPINGS)
const scopes = api.scopes.map(({ value }) => value)

function permissions() {
  const java = readFileSync(new URL('app/src/main/java/io/scrip/policy/Permission.java', repository), 'utf8')
  return [...java.matchAll(/^ {2}[A-Z_]+\("([a-z:]+)"\)[,;]/gm)].map(([, word]) => word)
}

describe('the tenant', () => {
  it('is what the deploy tool’s own schema asks for', () => {
    const deployed = tenant(whole().AUTH0_KEYWORD_REPLACE_MAPPINGS)
    // Of its fifty sections just ours: the whole takes ten seconds to compile.
    const properties = Object.fromEntries(Object.keys(deployed).map((section) => [section, schema.properties[section]]))
    const options = { strict: false, allErrors: true, logger: false, validateFormats: false, unicodeRegExp: false }
    const validate = new Ajv(options).compile({ ...schema, properties })
    assert.ok(validate(deployed), JSON.stringify(validate.errors))
    assert.equal(validate({ resourceServer: [] }), false)
    assert.equal(validate({ clientGrants: [{ client_id: 'x' }] }), false)
  })

  it('declares exactly the permissions that the service knows', () => {
    assert.ok(permissions().length >= 10)
    assert.deepEqual(scopes, permissions())
    for (const { value, description } of api.scopes) assert.ok(description.length > 3, value)
  })

  it('grants each of them to some client, and none that is not declared', () => {
    const granted = clientGrants.flatMap(({ scope }) => scope)
    assert.deepEqual([...new Set(granted)].sort(), scopes.toSorted())
    for (const role of roles)
      for (const { permission_name: name } of role.permissions) assert.ok(scopes.includes(name), name)
  })

  it('lets no client have both what makes tokens and what opens them', () => {
    for (const { client_id: client, scope } of clientGrants) {
      const makes = scope.includes('tokenize') || scope.includes('encrypt')
      const opens = scope.some((word) => word.startsWith('detokenize') || word === 'decrypt')
      assert.ok(!(makes && opens), client)
    }
  })

  it('keeps what governs keys, and what nobody can undo, apart from all else', () => {
    for (const alone of [['read:keys', 'rotate:keys'], ['erase:subjects']]) {
      for (const { client_id: client, scope } of clientGrants) {
        if (scope.some((word) => alone.includes(word))) assert.deepEqual(scope, alone, client)
      }
      for (const { name, permissions } of roles) {
        const words = permissions.map(({ permission_name: word }) => word)
        if (words.some((word) => alone.includes(word))) assert.deepEqual(words, alone, name)
      }
    }
  })

  it('gives no role the plain values', () => {
    for (const role of roles)
      assert.ok(
        role.permissions.every(({ permission_name: name }) => !['detokenize', 'decrypt'].includes(name)),
        role.name,
      )
  })

  it('asks for a grant of everybody, keeps tokens short, and signs with a key pair', () => {
    assert.deepEqual(api.subject_type_authorization, {
      user: { policy: 'require_client_grant' },
      client: { policy: 'require_client_grant' },
    })
    assert.equal(api.signing_alg, 'RS256')
    assert.equal(api.enforce_policies, true)
    assert.equal(api.token_dialect, 'access_token_authz')
    assert.equal(api.allow_offline_access, false)
    assert.equal(api.proof_of_possession, undefined)
    assert.ok(api.token_lifetime <= 3600 && api.token_lifetime_for_web <= api.token_lifetime)
  })

  it('has clients that sign for their tokens, with no secret and no address to come back to', () => {
    for (const client of clients) {
      assert.equal(client.app_type, 'non_interactive', client.name)
      assert.deepEqual(client.grant_types, ['client_credentials'])
      assert.deepEqual(Object.keys(client.client_authentication_methods), ['private_key_jwt'])
      const [credential] = client.client_authentication_methods.private_key_jwt.credentials
      assert.equal(credential.pem, pem)
      assert.ok(client.token_quota.client_credentials.enforce)
      for (const name of ['client_secret', 'callbacks', 'web_origins', 'allowed_origins', 'token_endpoint_auth_method'])
        assert.equal(client[name], undefined, name)
    }
    assert.equal(new Set(clients.map(({ name }) => name)).size, clients.length)
    const keys = [...source.matchAll(/@@(\w+)@@/g)].map(([, name]) => name)
    assert.equal(new Set(keys).size, clients.length, 'a key of its own for each')
  })

  it('has one grant for each client, for this API alone, with each scope by name', () => {
    assert.deepEqual(
      clientGrants.map(({ client_id: name }) => name),
      clients.map(({ name }) => name),
    )
    for (const grant of clientGrants) {
      assert.equal(grant.audience, api.identifier)
      assert.equal(grant.subject_type, 'client')
      assert.equal(grant.allow_all_scopes, undefined)
    }
    for (const role of roles)
      for (const { resource_server_identifier: of } of role.permissions) assert.equal(of, api.identifier)
  })

  it('marks just the clients that are granted to open values', () => {
    for (const { name, client_metadata: mark } of clients) {
      const { scope } = clientGrants.find(({ client_id: client }) => client === name)
      const expected = scope.some((word) => ['detokenize', 'decrypt'].includes(word))
        ? 'plain'
        : scope.includes('detokenize:masked')
          ? 'masked'
          : undefined
      assert.equal(mark?.scrip_detokenize, expected, name)
    }
  })

  it('runs its action, whose code is there, before each machine’s token', () => {
    const [action] = actions
    assert.equal(actions.length, 1)
    assert.equal(action.deployed, true)
    assert.deepEqual(action.dependencies, [])
    assert.deepEqual(
      action.supported_triggers.map(({ id }) => id),
      ['credentials-exchange'],
    )
    assert.deepEqual(
      triggers['credentials-exchange'].map(({ action_name: name }) => name),
      [action.name],
    )
    assert.ok(existsSync(new URL(`../${action.code}`, import.meta.url)))
    assert.deepEqual(action.secrets, [{ name: 'SCRIP_AUDIENCE', value: api.identifier }])
  })

  it('holds no secret and no wildcard', () => {
    assert.doesNotMatch(source, /client_secret|PRIVATE KEY|\*:\/\/|https?:\/\/\*/)
    for (const file of readdirSync(new URL('../', import.meta.url)).filter((name) => name.startsWith('config-'))) {
      assert.doesNotMatch(text(file), /SECRET|PRIVATE|BEGIN|\*/)
    }
  })
})

describe('the gateway', () => {
  const { services } = load(readFileSync(new URL('kong/kong.yml', repository), 'utf8'))
  const production = config('production')
  const plugins = services.flatMap(({ routes }) => routes.flatMap(({ plugins }) => plugins))
  const configured = (name) => plugins.filter((plugin) => plugin.name === name).map((plugin) => plugin.config)

  it('trusts this tenant and this audience', () => {
    for (const { issuers, audiences } of configured('scrip-claims')) {
      assert.deepEqual(issuers, [`https://${production.AUTH0_DOMAIN}/`])
      assert.deepEqual(audiences, [production.AUTH0_KEYWORD_REPLACE_MAPPINGS.SCRIP_AUDIENCE])
    }
  })

  it('takes tokens as long as they live here, and asks for no scope that there is none of', () => {
    for (const { maximum_expiration: most } of configured('jwt')) assert.ok(most >= api.token_lifetime)
    for (const { accepted_scopes: asked } of configured('scrip-claims'))
      for (const scope of asked) assert.ok(scopes.includes(scope), scope)
  })
})

describe('lint', () => {
  it('finds nothing where everything has a value', () => {
    assert.deepEqual(complaints(whole()), [])
    assert.deepEqual(complaints(whole('staging')), [])
  })

  it('finds the same words in both environments', () => {
    assert.deepEqual(
      Object.keys(config('staging').AUTH0_KEYWORD_REPLACE_MAPPINGS),
      Object.keys(config('production').AUTH0_KEYWORD_REPLACE_MAPPINGS),
    )
    assert.deepEqual(
      Object.keys(config('production').AUTH0_KEYWORD_REPLACE_MAPPINGS).sort(),
      [...placeholders(source)].sort(),
    )
  })

  const spoilt = (spoil) => {
    const given = whole()
    spoil(given, given.AUTH0_KEYWORD_REPLACE_MAPPINGS)
    return complaints(given).join('\n')
  }

  for (const [name, spoil, complaint] of [
    [
      'a placeholder without a value',
      (_, mappings) => delete mappings.SCRIP_READER_PUBLIC_KEY,
      /SCRIP_READER_PUBLIC_KEY has no value/,
    ],
    ['an empty value', (_, mappings) => (mappings.SCRIP_AUDIENCE = ''), /SCRIP_AUDIENCE has no value/],
    ['a value for nothing', (_, mappings) => (mappings.SCRIP_READR = 'x'), /SCRIP_READR is put in nowhere/],
    ['words where a key belongs', (_, mappings) => (mappings.SCRIP_READER_PUBLIC_KEY = 'the key'), /no public key/],
    [
      'a private key',
      (_, mappings) => (mappings.SCRIP_READER_PUBLIC_KEY = pem.replaceAll('PUBLIC', 'PRIVATE')),
      /is a private key/,
    ],
    ['a placeholder in a value', (_, mappings) => (mappings.SCRIP_AUDIENCE = '##OTHER##'), /holds a placeholder/],
    ['a deployment that may delete', (given) => (given.AUTH0_ALLOW_DELETE = true), /has to be false/],
    ['a deployment of the whole tenant', (given) => delete given.AUTH0_INCLUDED_ONLY, /AUTH0_INCLUDED_ONLY/],
    ['a section more than the file has', (given) => given.AUTH0_INCLUDED_ONLY.push('tenant'), /AUTH0_INCLUDED_ONLY/],
    ['a client secret in the file', (given) => (given.AUTH0_CLIENT_SECRET = 'x'), /belongs in the environment/],
    [
      'a domain that is an address',
      (given) => (given.AUTH0_DOMAIN = 'https://tenant.example.auth0.com/'),
      /no host name/,
    ],
  ]) {
    it(`finds ${name}`, () => assert.match(spoilt(spoil), complaint))
  }
})
