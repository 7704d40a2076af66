import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { describe, it } from 'node:test'
import vm from 'node:vm'
import { text } from '../lib/tenant.mjs'

// As Auth0 runs it: a CommonJS module of its own.
const sandbox = { exports: {}, require: createRequire(import.meta.url) }
vm.runInNewContext(text('actions/guard-detokenize/code.js'), sandbox)

const AUDIENCE = 'https://vault.example.com'

/** Whether the exchange is denied, and with which code. */
async function denied({
  scope,
  mark,
  identifier = AUDIENCE,
  secrets = { SCRIP_AUDIENCE: AUDIENCE },
  metadata = mark === undefined ? {} : { scrip_detokenize: mark },
  ...event
}) {
  let code
  const api = { access: { deny: (given, reason) => ([code] = [given, assert.ok(reason)]) } }
  await sandbox.exports.onExecuteCredentialsExchange(
    {
      secrets,
      resource_server: { identifier },
      accessToken: { scope },
      client: { client_id: 'c', metadata },
      ...event,
    },
    api,
  )
  return code
}

describe('a client without a mark', () => {
  it('may have everything that opens nothing', async () => {
    assert.equal(await denied({ scope: ['tokenize', 'encrypt', 'read:tokens', 'read:audit'] }), undefined)
    assert.equal(await denied({ scope: [] }), undefined)
  })

  for (const scope of [['detokenize'], ['detokenize:masked'], ['tokenize', 'detokenize'], ['decrypt'], ['encrypt', 'decrypt']]) {
    it(`may not have ${scope.join(' and ')}`, async () => assert.equal(await denied({ scope }), 'invalid_scope'))
  }
})

describe('a mark', () => {
  it('plain opens both views', async () => {
    assert.equal(await denied({ scope: ['detokenize', 'detokenize:masked', 'decrypt'], mark: 'plain' }), undefined)
  })

  it('masked opens the masked one only', async () => {
    assert.equal(await denied({ scope: ['detokenize:masked'], mark: 'masked' }), undefined)
    assert.equal(await denied({ scope: ['detokenize:masked', 'detokenize'], mark: 'masked' }), 'invalid_scope')
    assert.equal(await denied({ scope: ['decrypt'], mark: 'masked' }), 'invalid_scope')
  })

  for (const mark of ['', 'true', 'PLAIN', 'plain ', 'constructor', '__proto__', 'toString', null, true]) {
    it(`that is ${JSON.stringify(mark)} opens nothing`, async () =>
      assert.equal(await denied({ scope: ['detokenize'], mark }), 'invalid_scope'))
  }

  it('is missed where the client has no metadata at all', async () => {
    assert.equal(
      await denied({ scope: ['detokenize'], metadata: undefined, client: { client_id: 'c' } }),
      'invalid_scope',
    )
    assert.equal(await denied({ scope: ['detokenize'], client: undefined }), 'invalid_scope')
  })
})

describe('whose scopes they are', () => {
  it('is another API’s matter', async () => {
    assert.equal(await denied({ scope: ['detokenize'], identifier: 'https://other.example.com' }), undefined)
  })

  it('is taken for ours where it cannot be told', async () => {
    assert.equal(await denied({ scope: ['detokenize'], secrets: {} }), 'invalid_scope')
    assert.equal(
      await denied({ scope: ['detokenize'], secrets: null, identifier: 'https://other.example.com' }),
      'invalid_scope',
    )
  })

  for (const scope of [undefined, null, 'detokenize', {}]) {
    it(`cannot be told from ${JSON.stringify(scope)}: denied`, async () =>
      assert.equal(await denied({ scope, mark: 'plain' }), 'invalid_request'))
  }
})
