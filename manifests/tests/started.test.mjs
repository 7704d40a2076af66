// Two components whose settings are worth nothing unless the service does what they say: it is started with them.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash, sign } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { request } from 'node:https'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { connect } from 'node:tls'
import { rsaPair } from '../../kong/lib/pairs.mjs'
import { together } from './build.mjs'
import { ofKind } from './pods.mjs'
import { roots, start, unbuilt, until } from './started.mjs'

const settings = Object.assign({}, ...ofKind(together(['kong', 'service-accounts', 'tls']), 'ConfigMap').map(({ data }) => data))
const base64url = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** The cluster's issuer: its keys, and tokens for whomever. */
const { privateKey, publicKey } = rsaPair()
const kid = createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('base64url')
const asked = []
const issuer = createServer((call, answer) => {
  asked.push(call.headers.authorization)
  answer.setHeader('content-type', 'application/jwk-set+json')
  answer.end(JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] }))
})

function token(subject, audience = settings.SCRIP_AUTH_AUDIENCE) {
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: settings.SCRIP_AUTH_ISSUERS_CLUSTER_ISSUER, sub: subject, aud: [audience], iat: now, nbf: now, exp: now + 600 }
  const text = `${base64url({ alg: 'RS256', kid })}.${base64url(claims)}`
  return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`
}

/** A Secret as the kubelet mounts it: files that lead through one symlink, which is swapped. */
function mounted(folder, name) {
  const place = join(folder, 'tls')
  mkdirSync(join(place, name), { recursive: true })
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1', '-subj', `/CN=${name}`],
      ...['-addext', 'subjectAltName=DNS:scrip-read.scrip.svc', '-keyout', join(place, name, 'tls.key'), '-out', join(place, name, 'tls.crt')],
    ],
    { stdio: 'ignore' },
  )
  symlinkSync(name, join(place, `..${name}`))
  renameSync(join(place, `..${name}`), join(place, '..data'))
  return place
}

describe('the service, started with these settings', { skip: unbuilt }, () => {
  let service, folder

  before(async () => {
    folder = roots()
    const place = mounted(folder, 'first')
    for (const file of ['tls.key', 'tls.crt']) symlinkSync(`..data/${file}`, join(place, file))
    writeFileSync(join(folder, 'token'), 'its-own-token')
    issuer.listen(0, '127.0.0.1')
    await once(issuer, 'listening')
    const { SCRIP_AUTH_ISSUERS_CLUSTER_CA_FILE: _, ...rest } = settings // the cluster's authority signed nothing here
    service = await start(folder, {
      ...rest,
      SCRIP_AUTH_ISSUERS_CLUSTER_JWKS_URI: `http://127.0.0.1:${issuer.address().port}/openid/v1/jwks`,
      SCRIP_AUTH_ISSUERS_CLUSTER_BEARER_TOKEN_FILE: join(folder, 'token'),
      MICRONAUT_CERTIFICATE_FILE_SERVICE_PATH: join(place, 'tls.key'),
      MICRONAUT_CERTIFICATE_FILE_SERVICE_CERTIFICATE_PATH: join(place, 'tls.crt'),
      MICRONAUT_CERTIFICATE_FILE_SERVICE_REFRESH_INTERVAL: '1s',
    })
  })
  after(async () => {
    await service?.stop()
    issuer.close()
  })

  /** By the name that the gateway calls, over TLS that is verified. */
  async function call(path, body, bearer) {
    const sent = request({
      ...{ host: '127.0.0.1', port: service.api, path, method: 'POST', servername: 'scrip-read.scrip.svc' },
      ca: readFileSync(join(folder, 'tls/first/tls.crt')),
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    })
    sent.end(JSON.stringify(body))
    const [answer] = await once(sent, 'response')
    answer.resume()
    return answer.statusCode
  }

  const checkout = JSON.parse(settings.MICRONAUT_APPLICATION_JSON).scrip.auth['service-accounts'].checkout.subject

  it('takes a service account’s token for what it may', async () => {
    assert.equal(await call('/v1/tokenize', { data: '4242424242424242', template: 'card' }, token(checkout)), 201)
    assert.ok(asked.includes('Bearer its-own-token'))
  })

  it('refuses what it may not, who is not named, and a token for somebody else', async () => {
    assert.equal(await call('/v1/detokenize', { token: 'x' }, token(checkout)), 403)
    assert.ok([401, 403].includes(await call('/v1/tokenize', { data: '1' }, token('system:serviceaccount:shop:other'))))
    assert.equal(await call('/v1/tokenize', { data: '1' }, token(checkout, 'https://kubernetes.default.svc')), 401)
  })

  const shown = () =>
    new Promise((found, failed) => {
      const socket = connect({ host: '127.0.0.1', port: service.api, rejectUnauthorized: false, minVersion: 'TLSv1.2' }, () => {
        found([socket.getPeerCertificate().subject.CN, socket.getProtocol()])
        socket.destroy()
      }).on('error', failed)
    })

  it('speaks TLS 1.3 and nothing older, and no plain HTTP', async () => {
    assert.deepEqual(await shown(), ['first', 'TLSv1.3'])
    const old = connect({ host: '127.0.0.1', port: service.api, rejectUnauthorized: false, maxVersion: 'TLSv1.2' })
    await assert.rejects(once(old, 'secureConnect'))
    await assert.rejects(fetch(`http://127.0.0.1:${service.api}/v1/tokenize`))
  })

  it('shows a renewed certificate without a restart', async () => {
    mounted(folder, 'second')
    await until('the second one is shown', async () => (await shown())[0] === 'second')
  })
})
