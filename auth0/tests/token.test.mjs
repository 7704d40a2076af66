import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { generateKeyPairSync, verify } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const token = fileURLToPath(new URL('../bin/token', import.meta.url))
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const folder = mkdtempSync(join(tmpdir(), 'scrip-auth0-'))
const key = join(folder, 'key.pem')

describe('bin/token', () => {
  let issuer
  let server
  let asked
  let answer = () => [200, { access_token: 'eyJ.the.token', token_type: 'Bearer' }]

  before(async () => {
    writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
    server = createServer(async (call, reply) => {
      let body = ''
      for await (const piece of call) body += piece
      asked = { method: call.method, url: call.url, form: Object.fromEntries(new URLSearchParams(body)) }
      const [status, told] = answer()
      reply
        .writeHead(status, { 'content-type': 'application/json' })
        .end(typeof told === 'string' ? told : JSON.stringify(told))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    issuer = `http://127.0.0.1:${server.address().port}/`
  })
  after(() => {
    server.close()
    rmSync(folder, { recursive: true })
  })

  const play = (...more) =>
    run(token, [
      '--issuer',
      issuer,
      '--client-id',
      'client-1',
      '--key',
      key,
      '--audience',
      'https://vault.example.com',
      ...more,
    ])

  it('asks by client credentials and prints the token, and nothing else', async () => {
    const { stdout, stderr } = await play('--scope', 'tokenize read:tokens')
    assert.equal(stdout, 'eyJ.the.token\n')
    assert.equal(stderr, '')
    assert.deepEqual([asked.method, asked.url], ['POST', '/oauth/token'])
    const { client_assertion: _, ...form } = asked.form
    assert.deepEqual(form, {
      grant_type: 'client_credentials',
      audience: 'https://vault.example.com',
      scope: 'tokenize read:tokens',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    })
  })

  it('signs for it: for this issuer, for a minute, once', async () => {
    await play()
    const first = asked.form.client_assertion
    await play()
    const [header, payload, signature] = first.split('.')
    assert.ok(verify('sha256', Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, 'base64url')))
    assert.deepEqual(JSON.parse(Buffer.from(header, 'base64url')), { alg: 'RS256', typ: 'JWT' })
    const claims = JSON.parse(Buffer.from(payload, 'base64url'))
    assert.deepEqual([claims.iss, claims.sub, claims.aud], ['client-1', 'client-1', issuer])
    assert.equal(claims.exp - claims.iat, 60)
    const again = JSON.parse(Buffer.from(asked.form.client_assertion.split('.')[1], 'base64url'))
    assert.notEqual(again.jti, claims.jti)
    assert.equal(asked.form.scope, undefined)
  })

  for (const [name, told] of [
    [
      'a refusal',
      [403, { error: 'access_denied', error_description: 'Client has not been granted scopes: detokenize' }],
    ],
    ['something that is no JSON', [502, '<html>']],
  ]) {
    it(`fails with ${name}, says it, and prints no token`, async () => {
      answer = () => told
      await assert.rejects(
        play(),
        ({ code, stdout, stderr }) => code === 1 && stdout === '' && stderr.startsWith(String(told[0])),
      )
    })
  }

  it('says what it needs', async () => {
    await assert.rejects(
      run(token, ['--issuer', 'x']),
      ({ code, stderr }) => code === 2 && stderr.includes('--client-id, --key, --audience'),
    )
  })
})
