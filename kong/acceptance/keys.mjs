// Signing keys and tokens of a tenant that exists only while the suite runs.
import { createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rsaPair } from '../lib/pairs.mjs'
import { pem } from '../lib/render.mjs'

export const ISSUER = 'https://issuer.acceptance.example/'
export const AUDIENCE = 'https://acceptance.example'

const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const now = () => Math.floor(Date.now() / 1000)
let subjects = 0

export class Key {
  constructor(kid, privateKey, publicKey = createPublicKey(privateKey)) {
    this.kid = kid
    this.privateKey = privateKey
    this.jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }
  }

  static make(kid) {
    const { privateKey, publicKey } = rsaPair()
    return new Key(kid, privateKey, publicKey)
  }

  get pem() {
    return pem(this.jwk)
  }

  /**
   * A token that is as it should be, but for what is given. Each has a subject of its own unless one is given, so that no case uses
   * up another one's rate. A claim or header that is undefined is left out.
   */
  token(claims = {}, header = {}) {
    const body = {
      iss: ISSUER,
      aud: AUDIENCE,
      sub: `subject-${process.pid}-${++subjects}@clients`,
      azp: 'acceptance',
      iat: now(),
      exp: now() + 600,
      gty: 'client-credentials',
      scope: 'tokenize detokenize read:tokens',
      ...claims,
    }
    return this.signed(encode(body), encode({ alg: 'RS256', typ: 'JWT', kid: this.kid, ...header }))
  }

  /** A token whose payload is any text: a number, half an object. */
  raw(payload) {
    return this.signed(encode(payload), encode({ alg: 'RS256', typ: 'JWT', kid: this.kid }))
  }

  signed(payload, header) {
    const text = `${header}.${payload}`
    return `${text}.${sign('sha256', Buffer.from(text), this.privateKey).toString('base64url')}`
  }

  /** The oldest trick: the public key, which everybody has, as the secret of an HMAC. */
  confused(claims = {}) {
    const [, payload] = this.token(claims).split('.')
    const text = `${encode({ alg: 'HS256', typ: 'JWT', kid: this.kid })}.${payload}`
    return `${text}.${createHmac('sha256', this.pem).update(text).digest('base64url')}`
  }

  unsigned() {
    const [, payload] = this.token().split('.')
    return `${encode({ alg: 'none', typ: 'JWT', kid: this.kid })}.${payload}.`
  }
}

/** Two keys that overlap; kept in a folder where the gateway was given its file beforehand. */
export function tenant(folder) {
  if (!folder) return [Key.make('current'), Key.make('next')]
  const file = join(folder, 'keys.json')
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true })
    const made = ['current', 'next'].map((kid) => ({
      kid,
      key: Key.make(kid).privateKey.export({ type: 'pkcs8', format: 'pem' }),
    }))
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 })
  }
  return JSON.parse(readFileSync(file, 'utf8')).map(({ kid, key }) => new Key(kid, createPrivateKey(key)))
}
