import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { describe, it } from 'node:test'
import { load } from 'js-yaml'
import { rsaPair } from '../lib/pairs.mjs'
import { pem, render } from '../lib/render.mjs'
import { text } from './files.mjs'

function jwk(kid, bits = 2048) {
  return { ...rsaPair(bits).publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }
}

const key = jwk('k1')
const whole = text('kong.yml')

describe('render', () => {
  it('puts in whose tokens, for whom and where to', () => {
    const rendered = load(
      render(whole, {
        issuers: ['https://a.example/', 'https://b.example/'],
        audiences: ['api'],
        upstream: 'http://w:1',
        upstreamRead: 'http://r:2',
      }),
    )
    assert.deepEqual(
      rendered.services.map(({ url }) => url),
      ['http://w:1', 'http://r:2'],
    )
    for (const { routes } of rendered.services) {
      const { config } = routes[0].plugins.find(({ name }) => name === 'scrip-claims')
      assert.deepEqual(config.issuers, ['https://a.example/', 'https://b.example/'])
      assert.deepEqual(config.audiences, ['api'])
    }
  })

  it('writes one credential for each key, its PEM the key that the JWK is', () => {
    const keys = [key, jwk('k"2')]
    const { jwt_secrets: credentials } = load(render(whole, { keys })).consumers[0]
    assert.deepEqual(
      credentials.map(({ key }) => key),
      ['k1', 'k"2'],
    )
    for (const [index, credential] of credentials.entries()) {
      assert.equal(createPublicKey(credential.rsa_public_key).export({ format: 'jwk' }).n, keys[index].n)
      assert.equal(credential.algorithm, 'RS256')
    }
  })

  it('changes nothing that it is not asked to', () => {
    assert.equal(render(whole, {}), whole)
  })

  it('fails where kong.yml has another shape than it knows', () => {
    assert.throws(() => render(whole.replace('issuers:', 'issuer:'), { issuers: ['x'] }), /has 1 places/)
    assert.throws(() => render(whole.replace('jwt_secrets: []', 'jwt_secrets: [{}]'), { keys: [key] }), /has 0 places/)
  })

  for (const [name, bad] of Object.entries({
    'a key without kid': { ...key, kid: undefined },
    'a key with an empty kid': { ...key, kid: '' },
    'a key for encryption': { ...key, use: 'enc' },
    'a key of another algorithm': { ...key, alg: 'PS256' },
    'a key of an elliptic curve': {
      kty: 'EC',
      crv: 'P-256',
      // RFC 7515, appendix A.3.1
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
      kid: 'e',
    },
    'a secret key': { kty: 'oct', k: 'c2VjcmV0', kid: 's' },
    'a key of 1,024 bits': jwk('short', 1024),
    'a key without a modulus': { ...key, n: undefined },
  })) {
    it(`refuses ${name}`, () => assert.throws(() => pem(bad)))
  }

  it('gives out the public half only', () => {
    const written = pem({ ...rsaPair().privateKey.export({ format: 'jwk' }), kid: 'p' })
    assert.match(written, /^-----BEGIN PUBLIC KEY-----/)
    assert.doesNotMatch(written, /PRIVATE/)
  })
})
