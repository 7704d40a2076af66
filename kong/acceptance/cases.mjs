// Every row that was measured on a gateway, and every pitfall of one. `I.` is a row of the measurements, `P` a pitfall.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { READS, WRITES, configuration } from './config.mjs'
import { AUDIENCE, ISSUER, Key } from './keys.mjs'
import { Skip } from './suite.mjs'
import { wait } from './gateway.mjs'

const WRITE = '/v1/tokenize'
const READ = '/v1/detokenize'
const OF_READ_PLANE =
  /^\/v1\/(detokenize|decrypt|rewrap|keys|tokens\/lookup|tokens\/search|subjects\/erase)(\/(batch|rotate))?\/?([?;]|$)/
const REFUSED_OUTRIGHT = [400, 404]

function assertProblem(answer, status, type) {
  assert.equal(answer.status, status, `answered ${answer.status}: ${answer.text.slice(0, 200)}`)
  assert.equal(answer.headers['content-type'], 'application/problem+json')
  assert.equal(answer.json.type, `urn:scrip:problem:${type}`)
  assert.equal(answer.json.status, status)
  for (const member of ['title', 'detail']) assert.equal(typeof answer.json[member], 'string')
}

const assertUnauthorized = (answer) => {
  assertProblem(answer, 401, 'unauthorized')
  assert.match(answer.headers['www-authenticate'] ?? '', /^Bearer/)
}

/** Refused, and nothing of it arrived behind. */
async function assertTurnedBack({ gateway, upstream }, options, path = WRITE) {
  const mark = randomBytes(8).toString('hex')
  assertUnauthorized(await gateway.call(path, { ...options, headers: [['X-Case', mark], ...(options.headers ?? [])] }))
  assert.equal(upstream.of(mark).length, 0, 'it arrived at the service')
}

async function assertPasses({ gateway }, options, path = WRITE) {
  const answer = await gateway.call(path, options)
  assert.equal(answer.status, 200, `answered ${answer.status}: ${answer.text.slice(0, 200)}`)
  return answer
}

const FOR_SERVICE = [
  ['X-Case-Service', '1'],
  ['Content-Type', 'application/json'],
]

/** A call that goes on to the real service. Its clients are always the same, so their rates may be used up by the last run. */
async function toService({ gateway, serviceToken }, client, path, body) {
  const options = { token: await serviceToken(client), headers: FOR_SERVICE, body }
  const answer = await gateway.call(path, options)
  if (answer.status !== 429) return answer
  await wait(Number(answer.headers['retry-after']) * 1000 + 200)
  return gateway.call(path, options)
}

const names = (answer) => answer.json.headers.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase())

/** Windows are minutes of the clock: a case that counts needs one that does not end on it. */
async function roomInMinute(seconds) {
  const left = 60 - ((Date.now() / 1000) % 60)
  if (left < seconds) await wait(left * 1000 + 200)
}

/** How many of the calls pass until the first 429. */
async function passes(gateway, most, options) {
  for (let count = 0; count < most; count++) {
    const { path = WRITE, ...rest } = options(count)
    const { status } = await gateway.call(path, rest)
    if (status === 429) return count
    assert.equal(status, 200)
  }
  return most
}

export const tokens = [
  [
    'I.1 two signing keys at once: both pass',
    async (context) => {
      for (const key of context.keys) await assertPasses(context, { token: key.token() })
    },
  ],
  [
    'I.2 a key’s name over another key’s signature: 401',
    async (context) => {
      const [current, next] = context.keys
      await assertTurnedBack(context, { token: current.token({}, { kid: next.kid }) })
    },
  ],
  [
    'I.2 an unknown key, no key, an empty one, a number for one: 401',
    async (context) => {
      for (const kid of ['unknown', undefined, '', 7])
        await assertTurnedBack(context, { token: context.keys[0].token({}, { kid }) })
    },
  ],
  [
    'I.3 a key named in the payload does not stand for the one in the header: 401',
    async (context) => {
      const [current, next] = context.keys
      await assertTurnedBack(context, { token: current.token({ kid: next.kid }) })
    },
  ],
  ['I.4 no algorithm: 401', (context) => assertTurnedBack(context, { token: context.keys[0].unsigned() })],
  [
    'I.4 the public key as the secret of an HMAC: 401',
    (context) => assertTurnedBack(context, { token: context.keys[0].confused() }),
  ],
  [
    'I.4 another algorithm than the key’s: 401',
    async (context) => {
      for (const alg of ['RS512', 'PS256', 'ES256', 'none', 'rs256'])
        await assertTurnedBack(context, { token: context.keys[0].token({}, { alg }) })
    },
  ],
  [
    'a stranger’s key, brought along in the header: 401',
    async (context) => {
      const stranger = Key.make(context.keys[0].kid)
      for (const header of [
        { jwk: stranger.jwk },
        { jku: 'https://stranger.example/jwks.json' },
        { x5u: 'https://stranger.example/x' },
      ]) {
        await assertTurnedBack(context, { token: stranger.token({}, header) })
      }
    },
  ],
  [
    'a payload or a signature with another byte in it: 401',
    async (context) => {
      const [header, payload, signature] = context.keys[0].token().split('.')
      const other = context.keys[0].token({ scope: 'everything' }).split('.')[1]
      await assertTurnedBack(context, { token: [header, other, signature].join('.') })
      await assertTurnedBack(context, { token: [header, payload, signature.slice(0, -8) + 'AAAAAAAA'].join('.') })
      await assertTurnedBack(context, { token: [header, payload, ''].join('.') })
      await assertTurnedBack(context, { token: [header, payload].join('.') })
    },
  ],
  [
    'I.5 P10 a foreign audience: 401',
    async (context) => {
      for (const aud of ['https://other.example', undefined, [], ['https://a.example', 'https://b.example'], 7]) {
        await assertTurnedBack(context, { token: context.keys[0].token({ aud }) })
      }
    },
  ],
  [
    'I.5 P10 a foreign issuer, or one without its slash: 401',
    async (context) => {
      for (const iss of ['https://other.example/', 'https://issuer.acceptance.example', undefined, '', 7]) {
        await assertTurnedBack(context, { token: context.keys[0].token({ iss }) })
      }
    },
  ],
  [
    'an audience among several, as after a login: passes',
    async (context) => {
      await assertPasses(context, {
        token: context.keys[0].token({
          aud: ['https://acceptance.example', 'https://issuer.acceptance.example/userinfo'],
        }),
      })
    },
  ],
  [
    'RFC 9068’s profile: passes',
    async (context) => {
      await assertPasses(context, {
        token: context.keys[0].token({ azp: undefined, client_id: 'a', jti: '1' }, { typ: 'at+jwt' }),
      })
    },
  ],
  [
    'P10 another type, or none: 401',
    async (context) => {
      for (const typ of ['id+jwt', 'dpop+jwt', '', undefined])
        await assertTurnedBack(context, { token: context.keys[0].token({}, { typ }) })
    },
  ],
  [
    'an ID token: 401',
    async (context) => {
      for (const mark of [{ nonce: 'n' }, { at_hash: 'h' }, { token_use: 'id' }])
        await assertTurnedBack(context, { token: context.keys[0].token(mark) })
    },
  ],
  [
    'I.6 P10 expired, without an end, with a text for one: 401',
    async (context) => {
      const past = Math.floor(Date.now() / 1000) - 5
      for (const exp of [past, undefined, '9999999999', null])
        await assertTurnedBack(context, { token: context.keys[0].token({ exp }) })
    },
  ],
  [
    'I.6 valid for longer than a day: 401',
    async (context) => {
      await assertTurnedBack(context, { token: context.keys[0].token({ exp: Math.floor(Date.now() / 1000) + 90_000 }) })
    },
  ],
  [
    'not valid yet: 401',
    async (context) => {
      await assertTurnedBack(context, { token: context.keys[0].token({ nbf: Math.floor(Date.now() / 1000) + 300 }) })
    },
  ],
  [
    'P23 without a subject, or with one that names nobody: 401, and no bucket of an address',
    async (context) => {
      for (const sub of [undefined, '', null, 7, ['a'], 'a\nb', 'x'.repeat(2000)])
        await assertTurnedBack(context, { token: context.keys[0].token({ sub }) })
    },
  ],
  [
    'I.8 a payload that is a number, a text, a list, nothing: 401, not 500',
    async (context) => {
      for (const payload of ['7', '"x"', '[]', 'null', 'true', '{', ''])
        await assertTurnedBack(context, { token: context.keys[0].raw(payload) })
    },
  ],
  [
    'each refusal of a token says what is wrong with it',
    async ({ gateway, keys }) => {
      const [key, other] = keys
      const past = Math.floor(Date.now() / 1000) - 5
      for (const [token, words] of [
        [undefined, 'Send one bearer token'],
        [key.token({ exp: past }), 'has expired'],
        [key.token({}, { kid: 'unknown' }), 'no key that the gateway knows'],
        [key.token({}, { kid: other.kid }), 'signature does not verify'],
        [key.confused(), 'algorithm is not the one of its key'],
        [key.token({}, { kid: undefined }), 'names no key'],
        [key.token({ exp: past + 90_000 }), 'longer than is allowed'],
        [key.token({ aud: 'x' }), 'another audience'],
        [key.token({ iss: 'x' }), 'issuer is not trusted'],
        [key.token({ sub: undefined }), 'names no subject'],
        [key.token({ nonce: 'n' }), 'ID token'],
      ]) {
        const { json } = await gateway.call(WRITE, { token })
        assert.ok(json.detail.includes(words), `${json.detail} does not say: ${words}`)
      }
    },
  ],
  [
    'what is no token at all: 401',
    async (context) => {
      for (const token of ['x', '..', 'a.b.c', 'Bearer', `${context.keys[0].token()}.x`])
        await assertTurnedBack(context, { token })
    },
  ],
  [
    'P20 a scope that merely looks like the one asked for: 403',
    async ({ gateway, keys }) => {
      for (const scope of ['detoken', 'detokenize:', 'DETOKENIZE', 'detokenize*', 'a,detokenize', undefined]) {
        const answer = await gateway.call(READ, { token: keys[0].token({ scope }) })
        assertProblem(answer, 403, 'access-denied')
        assert.match(answer.headers['www-authenticate'], /insufficient_scope/)
      }
    },
  ],
  [
    'a scope in permissions: passes',
    (context) =>
      assertPasses(
        context,
        { token: context.keys[0].token({ scope: undefined, permissions: ['detokenize:masked'] }) },
        READ,
      ),
  ],
]

export const requests = [
  [
    'P27 no token: 401 on every route, whatever the method',
    async (context) => {
      for (const path of [
        WRITE,
        READ,
        '/v1/detokenize/batch',
        '/v1/decrypt',
        '/v1/rewrap/batch',
        '/v1/keys/rotate',
        '/v1/tokens/lookup',
        '/v1/tokens/search',
        '/v1/subjects/erase',
        '/v1/encrypt',
        '/v1/audit/events',
        '/v1/templates/x',
        '/v1/',
        '/v1/none',
      ]) {
        for (const method of ['GET', 'POST', 'PUT', 'DELETE']) await assertTurnedBack(context, { method }, path)
      }
    },
  ],
  [
    'I.9 OPTIONS without a token: 401, and no preflight goes through',
    async (context) => {
      const headers = [
        ['Origin', 'https://a.example'],
        ['Access-Control-Request-Method', 'POST'],
      ]
      for (const path of [WRITE, READ]) await assertTurnedBack(context, { method: 'OPTIONS', headers }, path)
    },
  ],
  [
    'I.7 P15 a token in the query, by any name: 401',
    async (context) => {
      for (const name of ['jwt', 'access_token', 'token', 'authorization']) {
        await assertTurnedBack(context, {}, `${WRITE}?${name}=${context.keys[0].token()}`)
      }
    },
  ],
  [
    'I.7 a token in a cookie: 401',
    async (context) => {
      await assertTurnedBack(context, { headers: [['Cookie', `jwt=${context.keys[0].token()}; authorization=x`]] })
    },
  ],
  [
    'P23 a bearer that is not all of the header: 401',
    async (context) => {
      const token = context.keys[0].token()
      for (const value of [
        `Basic x, Bearer ${token}`,
        `xBearer ${token}`,
        `Bearer  ${token}`,
        `Bearer\t${token}`,
        `Bearer ${token}, Basic x`,
        `Bearer ${token} x`,
      ]) {
        await assertTurnedBack(context, { headers: [['Authorization', value]] })
      }
    },
  ],
  [
    'P23 the same with a stranger’s token in front: 401',
    async (context) => {
      const [key] = context.keys
      await assertTurnedBack(context, { headers: [['Authorization', `Bearer ${key.token()}, Bearer ${key.token()}`]] })
    },
  ],
  [
    'bearer in lower case: passes',
    (context) => assertPasses(context, { headers: [['Authorization', `bearer ${context.keys[0].token()}`]] }),
  ],
  [
    'two Authorization headers: refused',
    async ({ gateway, keys, upstream }) => {
      if (gateway.proxy.protocol === 'https:') throw new Skip('needs plain HTTP')
      const line = () => `Authorization: Bearer ${keys[0].token()}\r\n`
      const status = await gateway.bytes(`GET ${WRITE} HTTP/1.1\r\nHost: a\r\nX-Case: twice\r\n${line()}${line()}\r\n`)
      assert.equal(status, 400)
      assert.equal(upstream.of('twice').length, 0)
    },
  ],
  [
    'a length and chunks at once, or two lengths: refused',
    async ({ gateway, keys, upstream }) => {
      if (gateway.proxy.protocol === 'https:') throw new Skip('needs plain HTTP')
      const head = () =>
        `POST ${WRITE} HTTP/1.1\r\nHost: a\r\nX-Case: smuggled\r\nAuthorization: Bearer ${keys[0].token()}\r\n`
      const rest = '0\r\n\r\nGET /health HTTP/1.1\r\nHost: a\r\nX-Case: smuggled\r\n\r\n'
      for (const lengths of [
        'Content-Length: 4\r\nTransfer-Encoding: chunked',
        'Content-Length: 4\r\nContent-Length: 5',
        'Transfer-Encoding: chunked, identity',
        'Transfer-Encoding:\tx',
      ]) {
        const status = await gateway.bytes(`${head()}${lengths}\r\n\r\n${rest}`)
        assert.ok([400, 501].includes(status), `${lengths}: answered ${status}`)
      }
      assert.equal(upstream.of('smuggled').length, 0)
    },
  ],
  [
    'I.11 P24 headers that say who calls, in every spelling: none arrives but Kong’s own',
    async (context) => {
      const spoofed = [
        'X-Consumer-Groups',
        'X-Authenticated-Groups',
        'X-Authenticated-Scope',
        'X-Authenticated-Userid',
        'X-Anonymous-Consumer',
        'X_Consumer_Username',
        'X_Consumer_Id',
        'X-Consumer_Username',
        'x_consumer-id',
        'X_CREDENTIAL_IDENTIFIER',
        'X_Consumer_Custom_Id',
      ]
      const answer = await assertPasses(context, {
        token: context.keys[0].token(),
        headers: spoofed.map((name) => [name, 'admin']),
      })
      assert.ok(!answer.json.headers.includes('admin'), JSON.stringify(answer.json.headers))
      for (const name of spoofed) assert.ok(!names(answer).includes(name.toLowerCase()), name)
    },
  ],
  [
    'I.11 the same names in Kong’s own spelling: its values, not the caller’s',
    async (context) => {
      const spoofed = ['X-Consumer-Username', 'X-Consumer-ID', 'X-Consumer-Custom-ID', 'X-Credential-Identifier']
      const answer = await assertPasses(context, {
        token: context.keys[0].token(),
        headers: spoofed.map((name) => [name, 'admin']),
      })
      assert.ok(!answer.json.headers.includes('admin'), JSON.stringify(answer.json.headers))
    },
  ],
  [
    'I.11 P24 the same behind 120 other headers',
    async (context) => {
      const junk = Array.from({ length: 120 }, (_, index) => [`X-Junk-${index}`, 'x'])
      const token = context.keys[0].token()
      const spoofed = [
        ['X_Consumer_Username', 'admin'],
        ['X-Consumer-Groups', 'admin'],
      ]
      for (const headers of [
        [...junk, ...spoofed],
        [...spoofed, ...junk],
      ]) {
        const all = await context.gateway.call(WRITE, { headers: [['Authorization', `Bearer ${token}`], ...headers] })
        assert.equal(all.status, 200)
        assert.ok(!all.json.headers.includes('admin'))
      }
    },
  ],
  [
    'more than 1,000 headers: refused',
    async ({ gateway, keys }) => {
      const headers = Array.from({ length: 1001 }, (_, index) => [`A${index}`, ''])
      const { status } = await gateway.call(WRITE, { token: keys[0].token(), headers })
      assert.ok([400, 431].includes(status), `answered ${status}`)
    },
  ],
  [
    'the token that was verified is the one that arrives',
    async (context) => {
      const token = context.keys[0].token()
      const answer = await assertPasses(context, { token })
      assert.equal(
        answer.json.headers[answer.json.headers.findIndex((name) => name.toLowerCase() === 'authorization') + 1],
        `Bearer ${token}`,
      )
    },
  ],
  [
    'a request’s id goes through and comes back; the gateway tells nothing of itself',
    async (context) => {
      const answer = await assertPasses(context, {
        token: context.keys[0].token(),
        headers: [['X-Request-Id', 'acceptance-0001']],
      })
      assert.equal(answer.headers['x-request-id'], 'acceptance-0001')
      assert.ok(answer.json.headers.includes('acceptance-0001'))
      for (const name of ['via', 'x-kong-upstream-latency', 'x-kong-proxy-latency'])
        assert.equal(answer.headers[name], undefined, name)
      assert.doesNotMatch(answer.headers.server ?? '', /kong|openresty/i)
    },
  ],
  [
    'a refusal has a request’s id too',
    async ({ gateway }) => {
      const answer = await gateway.call(WRITE, {})
      assertUnauthorized(answer)
      assert.match(answer.headers['x-request-id'], /^[0-9a-f-]{36}$/)
      assert.equal(answer.headers['cache-control'], 'no-store')
    },
  ],
]

export const sizes = [
  [
    'I.13 a GET without a body passes: no length is asked for',
    (context) => assertPasses(context, { method: 'GET', token: context.keys[0].token() }),
  ],
  [
    'I.18 a body of 1 MB arrives as it was',
    async (context) => {
      const body = randomBytes(1 << 20)
      const answer = await assertPasses(context, { token: context.keys[0].token(), body })
      assert.equal(answer.json.sha256, createHash('sha256').update(body).digest('hex'))
    },
  ],
  [
    'I.18 … and never stood in a file',
    async ({ errorLog }) => {
      assert.doesNotMatch(readFileSync(errorLog, 'utf8'), /buffered to a temporary file/)
    },
    'KONG_ERROR_LOG',
  ],
  [
    'a body one byte too large: 413, in one piece and in chunks, and none of it arrives',
    async ({ gateway, keys, upstream }) => {
      const body = Buffer.alloc((2 << 20) + 1)
      for (const chunked of [false, true]) {
        const mark = `large-${chunked}`
        assertProblem(
          await gateway.call(WRITE, { token: keys[0].token(), body, chunked, headers: [['X-Case', mark]] }),
          413,
          'body-too-large',
        )
        assert.equal(upstream.of(mark).length, 0)
      }
    },
  ],
  [
    'the read route takes less: 413 where the write route would not mind',
    async (context) => {
      const body = Buffer.alloc((512 << 10) + 1)
      for (const chunked of [false, true]) {
        assertProblem(
          await context.gateway.call(READ, { token: context.keys[0].token(), body, chunked }),
          413,
          'body-too-large',
        )
      }
      await assertPasses(context, { token: context.keys[0].token(), body: body.subarray(1) }, READ)
      await assertPasses(context, { token: context.keys[0].token(), body })
    },
  ],
  [
    'a body that no route takes: 413 from nginx, before any route',
    async ({ gateway, keys, upstream }) => {
      const { status } = await gateway.call(WRITE, {
        token: keys[0].token(),
        body: Buffer.alloc((3 << 20) + 1),
        headers: [['X-Case', 'huge']],
      })
      assert.equal(status, 413)
      assert.equal(upstream.of('huge').length, 0)
    },
  ],
  [
    'too large a body without a token is not taken either',
    async ({ gateway }) => {
      const { status } = await gateway.call(WRITE, { body: Buffer.alloc((2 << 20) + 1) })
      assert.ok([401, 413].includes(status), `answered ${status}`)
    },
  ],
]

export const paths = [
  [
    'what is not below /v1/ has no route',
    async ({ gateway, keys, upstream }) => {
      for (const path of [
        '/',
        '/v1',
        '/v1beta/tokenize',
        '/V1/tokenize',
        '/health',
        '/health/liveness',
        '/prometheus',
        '/openapi.yaml',
        '/swagger-ui',
        '/audit-key.pem',
        '/config',
        '/status',
        '/services',
        '/v1/../health',
        '/v1/%2e%2e/health',
        '/v1/%2E%2E/health',
        '/v1/./../health',
        '/v1/tokenize/../../health',
        '/%76%31%2fx',
      ]) {
        const answer = await gateway.call(path, {
          method: 'GET',
          token: keys[0].token(),
          headers: [['X-Case', 'outside']],
        })
        assert.ok(REFUSED_OUTRIGHT.includes(answer.status), `${path} answered ${answer.status}`)
      }
      assert.equal(upstream.of('outside').length, 0)
    },
  ],
  [
    '//v1, /v1// and dots are folded before they count',
    async (context) => {
      for (const path of [
        '//v1/tokenize',
        '/v1//tokenize',
        '/v1/./tokenize',
        '/v1/x/../tokenize',
        '/x/../v1/tokenize',
        '/%76%31/tokenize',
      ]) {
        const answer = await context.gateway.call(path, { token: context.keys[0].token() })
        assert.equal(answer.status, 200, `${path} answered ${answer.status}`)
        assert.equal(answer.json.url, '/v1/tokenize', path)
      }
    },
  ],
  [
    '/v1/..%2f arrives as it was written, never as a parent',
    async (context) => {
      const answer = await assertPasses(context, { token: context.keys[0].token() }, '/v1/..%2fhealth')
      assert.match(answer.json.url, /^\/v1\/\.\.%2[fF]health$/)
    },
  ],
  [
    'P11 no way of writing it brings a call of the read plane over the wide route',
    async ({ gateway, keys, upstream }) => {
      const token = () => keys[0].token({ scope: 'tokenize' }) // what the read route refuses and the write route lets through
      const spellings = [
        '/v1/detokenize',
        '/v1/detokenize/',
        '/v1/detokenize/batch',
        '/v1//detokenize',
        '//v1/detokenize',
        '/v1/./detokenize',
        '/v1/x/../detokenize',
        '/v1/%64etokenize',
        '/v1/detokeniz%65',
        '/v1/detokenize;x=1',
        '/v1/detokenize%3bx',
        '/v1/detokenize%20',
        '/v1/detokenize%00',
        '/v1/detokenize?x=1',
        '/v1/detokenize%3fx',
        '/v1/detokenize.json',
        '/v1/tokenize/..;/detokenize',
        '/v1/tokenize/..%2fdetokenize',
        '/v1/x%2f..%2fdetokenize',
        '/v1/%2564etokenize',
        '/v1/Detokenize',
        '/v1/DETOKENIZE',
        '/v1/%2fdetokenize',
        '/v1/%5cdetokenize',
        '/v1\\detokenize',
        '/v1/tokenize/%2e%2e/detokenize',
        '/v1/decrypt',
        '/v1/decrypt/batch',
        '/v1/%64ecrypt',
        '/v1/x/../decrypt',
        '/v1/rewrap',
        '/v1//rewrap',
        '/v1/keys',
        '/v1/keys/rotate',
        '/v1/k%65ys',
        '/v1/tokens/lookup',
        '/v1/tokens//lookup',
        '/v1/tokens/./search',
        '/v1/tokens/%73earch',
        '/v1/tokens/renew/../search',
        '/v1/subjects/erase',
        '/v1/subjects//er%61se',
      ]
      for (const path of spellings) await gateway.call(path, { token: token(), headers: [['X-Case', 'narrow']] })
      for (const { url } of upstream.of('narrow')) assert.ok(!OF_READ_PLANE.test(url), url)
      return `${spellings.length} spellings`
    },
  ],
  [
    '… and what does arrive over it, the service takes for nothing',
    async (context) => {
      for (const path of [
        '/v1/tokenize/..%2fdetokenize',
        '/v1/x%2f..%2fdetokenize',
        '/v1/%2564etokenize',
        '/v1/Detokenize',
        '/v1/tokenize/..;/detokenize',
        '/v1/%2fdetokenize',
      ]) {
        const answer = await toService(context, 'dev-writer', path, '{"token":"x"}')
        assert.ok(REFUSED_OUTRIGHT.includes(answer.status), `${path} answered ${answer.status}`)
        assert.notEqual(answer.json?.type, 'urn:scrip:problem:token-not-found', path)
      }
    },
    ['SCRIP_URL', 'KONG_ADMIN_URL'],
  ],
]

export const limits = [
  [
    'I.10 P11 one caller’s rate is its own: another subject, and the same subject of another client, still pass',
    async ({ gateway, keys }) => {
      await roomInMinute(10)
      const noisy = { sub: `noisy-${randomBytes(4).toString('hex')}` }
      assert.equal(await passes(gateway, WRITES + 2, () => ({ token: keys[0].token(noisy) })), WRITES)
      assert.equal((await gateway.call(WRITE, { token: keys[0].token() })).status, 200)
      assert.equal((await gateway.call(WRITE, { token: keys[0].token({ ...noisy, azp: 'another' }) })).status, 200)
    },
  ],
  [
    'I.10 the same caller under another signing key has one rate, not two',
    async ({ gateway, keys }) => {
      await roomInMinute(10)
      const same = { sub: `same-${randomBytes(4).toString('hex')}` }
      assert.equal(await passes(gateway, WRITES + 2, (count) => ({ token: keys[count % 2].token(same) })), WRITES)
    },
  ],
  [
    'a new token is no new rate',
    async ({ gateway, keys }) => {
      await roomInMinute(10)
      const same = { sub: `renewed-${randomBytes(4).toString('hex')}` }
      assert.equal(
        await passes(gateway, READS + 2, (count) => ({
          path: READ,
          token: keys[0].token({ ...same, exp: Math.floor(Date.now() / 1000) + 100 + count }),
        })),
        READS,
      )
    },
  ],
  [
    'I.11 no header changes the bucket: the names it once had, twins, 120 others',
    async ({ gateway, keys }) => {
      await roomInMinute(10)
      const same = { sub: `spoof-${randomBytes(4).toString('hex')}` }
      const junk = (count) => Array.from({ length: 120 }, (_, index) => [`X-Junk-${count}-${index}`, 'x'])
      const tricks = [
        (count) => [['RateKey', `k${count}`]],
        (count) => [['X-Credential-Identifier', `k${count}`]],
        (count) => [['X_Credential_Identifier', `k${count}`]],
        (count) => [['X-Consumer-ID', `k${count}`]],
        (count) => [['X-Forwarded-For', `10.0.0.${count}`]],
        (count) => [['X-Real-IP', `10.0.1.${count}`]],
        junk,
        junk,
      ]
      assert.equal(
        await passes(gateway, WRITES + 2, (count) => ({
          token: keys[0].token(same),
          headers: tricks[count % tricks.length](count),
        })),
        WRITES,
      )
    },
  ],
  [
    'reading and writing have rates of their own, the smaller one to read',
    async ({ gateway, keys }) => {
      await roomInMinute(10)
      const same = { sub: `both-${randomBytes(4).toString('hex')}` }
      assert.equal(await passes(gateway, READS + 2, () => ({ path: READ, token: keys[0].token(same) })), READS)
      assert.equal((await gateway.call(WRITE, { token: keys[0].token(same) })).status, 200)
      assert.ok(READS < WRITES)
    },
  ],
  [
    'a call past the rate: 429, a problem that says when to come again',
    async ({ gateway, keys }) => {
      await roomInMinute(10)
      const same = { sub: `late-${randomBytes(4).toString('hex')}` }
      await passes(gateway, READS, () => ({ path: READ, token: keys[0].token(same) }))
      const answer = await gateway.call(READ, { token: keys[0].token(same) })
      assertProblem(answer, 429, 'rate-limited')
      const seconds = Number(answer.headers['retry-after'])
      assert.ok(seconds >= 1 && seconds <= 60, answer.headers['retry-after'])
    },
  ],
  [
    'I.14 P25 a burst: counted late, but closed after it',
    async ({ gateway, keys }) => {
      await roomInMinute(10)
      const same = { sub: `burst-${randomBytes(4).toString('hex')}` }
      const answers = await Promise.all(
        Array.from({ length: 60 }, () => gateway.now(READ, { token: keys[0].token(same) })),
      )
      const through = answers.filter(({ status }) => status === 200).length
      for (const { status } of answers) assert.ok([200, 429].includes(status), `answered ${status}`)
      assert.equal((await gateway.call(READ, { token: keys[0].token(same) })).status, 429)
      return `${through} of 60 passed a limit of ${READS}; what must be exact is counted in the service`
    },
  ],
  [
    'I.15 P26 a flood of bad tokens is capped before a signature is looked at, and lets go again',
    async ({ gateway }) => {
      await wait(2500) // 100 calls’ worth of burst at 50 a second refill in two seconds
      const answers = await Promise.all(
        Array.from({ length: 400 }, (_, index) =>
          gateway.now(WRITE, { token: 'a.b.c', headers: [['X-Forwarded-For', `10.1.${index >> 8}.${index & 255}`]] }),
        ),
      )
      const count = (status) => answers.filter((answer) => answer.status === status).length
      assert.equal(count(401) + count(429), answers.length)
      assert.ok(count(429) > 100, `only ${count(429)} of 400 were turned away`)
      await gateway.until(async () => (await gateway.call(WRITE, { token: 'a.b.c' })).status === 401, 'open again')
      return `${count(401)} × 401, ${count(429)} × 429`
    },
  ],
]

export const failures = [
  [
    'I.16 a call that the service drops is sent once, whatever its method: 502',
    async ({ gateway, keys, upstream }) => {
      for (const method of ['POST', 'PATCH', 'PUT', 'DELETE', 'GET']) {
        const mark = `drop-${method}`
        const answer = await gateway.call(WRITE, {
          method,
          token: keys[0].token(),
          headers: [
            ['X-Case', mark],
            ['X-Case-Drop', '1'],
          ],
        })
        assertProblem(answer, 502, 'bad-gateway')
        assert.equal(upstream.of(mark).length, 1, `${method} arrived ${upstream.of(mark).length} times`)
      }
    },
  ],
]

/** A configuration put in and taken over by the workers: each trusts an issuer of its own, by which to tell. */
let loaded = 0
async function load(context, given = {}, key = given.keys?.[0]) {
  const issuer = `https://config-${++loaded}.acceptance.example/`
  const issuers = [ISSUER, ...(context.serviceIssuer ? [context.serviceIssuer] : []), issuer]
  const keys = given.keys ?? context.keys
  const jwks = [...keys.map(({ jwk }) => jwk), ...(context.serviceKeys ?? [])]
  const audiences = [AUDIENCE, ...(context.serviceAudience ? [context.serviceAudience] : [])]
  const { status, text } = await context.gateway.load(
    configuration({ upstream: context.upstreamAddress, ...given, issuers, audiences, keys: jwks }),
  )
  assert.equal(status, 201, text.slice(0, 400))
  const probe = (key ?? keys[0]).token.bind(key ?? keys[0])
  const path = given.prefix ? `${given.prefix}${WRITE}` : WRITE
  await context.gateway.until(
    async () => (await context.gateway.call(path, { token: probe({ iss: issuer }) })).status === 200,
    'the configuration is taken over',
  )
}

export const prepare = (context) => load(context)

export const configurations = [
  [
    'I.17 two credentials under one name: the configuration is refused',
    async ({ gateway, keys, upstreamAddress }) => {
      const { status, text } = await gateway.load(
        configuration({ upstream: upstreamAddress, keys: [keys[0].jwk, { ...keys[1].jwk, kid: keys[0].kid }] }),
      )
      assert.equal(status, 400)
      assert.match(text, /uniqueness violation/)
    },
    'KONG_ADMIN_URL',
  ],
  [
    'I.17 a certificate for a key: the configuration is refused',
    async ({ gateway, keys, upstreamAddress }) => {
      const edit = (text) => text.replaceAll('PUBLIC KEY', 'CERTIFICATE')
      assert.equal(
        (await gateway.load(configuration({ upstream: upstreamAddress, keys: [keys[0].jwk], edit }))).status,
        400,
      )
    },
    'KONG_ADMIN_URL',
  ],
  [
    'I.17 counting in a database that is not there: the configuration is refused',
    async ({ gateway, keys, upstreamAddress }) => {
      const edit = (text) => text.replaceAll('policy: local', 'policy: cluster')
      assert.equal(
        (await gateway.load(configuration({ upstream: upstreamAddress, keys: [keys[0].jwk], edit }))).status,
        400,
      )
    },
    'KONG_ADMIN_URL',
  ],
  [
    'a claims plugin without issuer, with an unknown field, with a scope in quotes: the configuration is refused',
    async ({ gateway, keys, upstreamAddress }) => {
      for (const edit of [
        (text) => text.replace(/issuers: \[.*\]/, 'issuers: []'),
        (text) => text.replace(/audiences: \[.*\]/, 'audiences: []'),
        (text) => text.replace('accepted_scopes: []', 'accepted_scope: []'),
        (text) => text.replace('accepted_scopes: []', "accepted_scopes: ['a\"b']"),
        (text) => text.replace('accepted_scopes: []', 'clock_skew: 301'),
        (text) => text.replace('accepted_scopes: []', 'problem_type_prefix: nonsense'),
      ]) {
        assert.equal(
          (await gateway.load(configuration({ upstream: upstreamAddress, keys: [keys[0].jwk], edit }))).status,
          400,
        )
      }
    },
    'KONG_ADMIN_URL',
  ],
  [
    'a refused configuration changes nothing',
    (context) => assertPasses(context, { token: context.keys[0].token() }),
    'KONG_ADMIN_URL',
  ],
  [
    'B.3 rotation: next installed, made current, the old one revoked; who calls all the while sees nothing',
    async (context) => {
      const [current, next] = context.keys
      const third = Key.make('third')
      let signing = current
      let calls = 0
      const seen = new Map()
      let going = true
      const caller = (async () => {
        while (going) {
          const { status } = await context.gateway.now(WRITE, { token: signing.token() })
          await wait(40) // 25 a second, beside the suite's own calls, stay below what an address may
          seen.set(status, (seen.get(status) ?? 0) + 1)
          calls++
        }
      })()
      try {
        const old = current.token()
        await load(context, { keys: [current, next] }) // before: Auth0 signs with current, publishes both
        signing = next // rotated in Auth0: next signs, current is previous, third is the new next
        assert.equal(
          (await context.gateway.call(WRITE, { token: old })).status,
          200,
          'a token from before the rotation',
        )
        await load(context, { keys: [current, next, third] })
        assert.equal((await context.gateway.call(WRITE, { token: old })).status, 200, 'the same, with three keys')
        await load(context, { keys: [next, third] }) // a token lifetime later: previous revoked, its Secret gone
        await assertTurnedBack(context, { token: current.token() })
        signing = third // and once more
        await load(context, { keys: [next, third] }, third)
      } finally {
        going = false
        await caller
      }
      assert.deepEqual([...seen.keys()], [200], JSON.stringify([...seen]))
      await load(context)
      return `${calls} calls, all 200`
    },
    'KONG_ADMIN_URL',
  ],
  [
    'without a jwt plugin, as when a controller drops it, the claims plugin refuses',
    async (context) => {
      const edit = (text) => text.replaceAll(/ {4}- name: jwt\n(?: {6}.*\n)+/g, '')
      const { status } = await context.gateway.load(
        configuration({ upstream: context.upstreamAddress, keys: context.keys.map(({ jwk }) => jwk), edit }),
      )
      assert.equal(status, 201)
      await context.gateway.until(
        async () => (await context.gateway.call(WRITE, { token: context.keys[0].token() })).status === 401,
        'taken over',
      )
      await assertTurnedBack(context, {})
      await load(context)
    },
    'KONG_ADMIN_URL',
  ],
  [
    'with an anonymous consumer, or preflights let through, it refuses as well',
    async (context) => {
      const edit = (text) =>
        text.replaceAll('run_on_preflight: true', 'run_on_preflight: false\n        anonymous: auth0-tenant')
      const { status, text } = await context.gateway.load(
        configuration({ upstream: context.upstreamAddress, keys: context.keys.map(({ jwk }) => jwk), edit }),
      )
      assert.equal(status, 201, text)
      await context.gateway.until(
        async () => (await context.gateway.call(WRITE, {})).json?.detail?.startsWith('The gateway has verified'),
        'taken over',
      )
      await assertTurnedBack(context, { method: 'OPTIONS' })
      await assertTurnedBack(context, { token: 'a.b.c' })
      await load(context)
    },
    'KONG_ADMIN_URL',
  ],
  [
    'as it is shipped, without keys, nobody gets through',
    async (context) => {
      const { status } = await context.gateway.load(
        configuration({ upstream: context.upstreamAddress, keys: undefined }),
      )
      assert.equal(status, 201)
      await context.gateway.until(
        async () => (await context.gateway.call(WRITE, { token: context.keys[0].token() })).status === 401,
        'taken over',
      )
      await load(context)
    },
    'KONG_ADMIN_URL',
  ],
  [
    'production’s protocols: plain HTTP is told to come by HTTPS, and not redirected',
    async (context) => {
      if (context.gateway.proxy.protocol === 'https:') throw new Skip('needs plain HTTP')
      const { status } = await context.gateway.load(
        configuration({
          upstream: context.upstreamAddress,
          keys: context.keys.map(({ jwk }) => jwk),
          allowHttp: false,
        }),
      )
      assert.equal(status, 201)
      await context.gateway.until(
        async () => (await context.gateway.call(WRITE, { token: context.keys[0].token() })).status === 426,
        'taken over',
      )
      const answer = await context.gateway.call(READ, { token: context.keys[0].token() })
      assert.equal(answer.status, 426)
      assert.equal(answer.headers.location, undefined)
      await load(context)
    },
    'KONG_ADMIN_URL',
  ],
  [
    'another public prefix arrives as /v1, and only that prefix does',
    async (context) => {
      await load(context, { prefix: '/tokens-api' })
      const { gateway, keys, upstream } = context
      for (const [path, arrives] of [
        ['/tokens-api/v1/tokenize', '/v1/tokenize'],
        ['/tokens-api/v1/tokens/search', '/v1/tokens/search'],
        ['/tokens-api/v1/detokenize', '/v1/detokenize'],
        ['/tokens-api/v1/detokenize/batch', '/v1/detokenize/batch'],
        ['/tokens-api/v1/decrypt/batch', '/v1/decrypt/batch'],
        ['/tokens-api/v1/rewrap', '/v1/rewrap'],
        ['/tokens-api/v1/keys/rotate', '/v1/keys/rotate'],
        ['/tokens-api/v1/tokens/lookup', '/v1/tokens/lookup'],
        ['/tokens-api/v1/subjects/erase', '/v1/subjects/erase'],
        ['/tokens-api/v1/tokens/renew', '/v1/tokens/renew'],
        ['/tokens-api/v1/encrypt', '/v1/encrypt'],
        ['/tokens-api//v1/tokenize?a=b', '/v1/tokenize?a=b'],
      ]) {
        const answer = await gateway.call(path, { token: keys[0].token() })
        assert.equal(answer.json?.url, arrives, `${path} answered ${answer.status}`)
      }
      for (const path of [
        '/v1/tokenize',
        '/tokens-api/tokenize',
        '/tokens-api/v1',
        '/tokens-api/v1detokenize',
        '/tokens-api/v1beta',
        '/tokens-api/v1/../../health',
        '/tokens-api/health',
        '/',
      ]) {
        const answer = await gateway.call(path, { token: keys[0].token(), headers: [['X-Case', 'prefix']] })
        assert.equal(answer.status, 404, `${path} answered ${answer.status}`)
      }
      assert.equal(upstream.of('prefix').length, 0)
      for (const path of [
        '/tokens-api/v1/detokenize',
        '/tokens-api/v1/x/../detokenize',
        '/tokens-api/v1//detokenize',
        '/tokens-api/v1/%64etokenize',
        '/tokens-api/v1/detokenizebatch',
        '/tokens-api/v1/decrypt',
        '/tokens-api/v1/tokens/../rewrap',
        '/tokens-api/v1/keys',
        '/tokens-api/v1/tokens/lookup',
        '/tokens-api/v1/tokens//search',
        '/tokens-api/v1/subjects/erase',
      ]) {
        assert.equal((await gateway.call(path, { token: keys[0].token({ scope: 'tokenize' }) })).status, 403, path)
      }
      await load(context)
    },
    'KONG_ADMIN_URL',
  ],
]

export const service = [
  [
    'a value goes in and comes out through gateway and service',
    async (context) => {
      const made = await toService(context, 'dev-writer', WRITE, '{"data":"4242424242424242","template":"card"}')
      assert.equal(made.status, 201, made.text)
      const seen = await toService(context, 'dev-reader', READ, JSON.stringify({ token: made.json.token }))
      assert.equal(seen.json.data, '4242424242424242')
      assertProblem(await toService(context, 'dev-writer', '/v1/tokens/search', '{"subject":"a"}'), 403, 'access-denied')
    },
    ['SCRIP_URL', 'KONG_ADMIN_URL'],
  ],
  [
    'the service refuses by itself what the gateway would let through',
    async ({ gateway, keys }) => {
      assertUnauthorized(
        await gateway.call(WRITE, { token: keys[0].token(), headers: FOR_SERVICE, body: '{"data":"x"}' }),
      )
    },
    ['SCRIP_URL', 'KONG_ADMIN_URL'],
  ],
]
