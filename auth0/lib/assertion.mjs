// What a client signs instead of showing a secret: RFC 7523, section 2.2.
import { randomUUID, sign } from 'node:crypto'

const LIFETIME_SECONDS = 60 // used at once; Auth0 takes five minutes at most

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** @param {import('node:crypto').KeyObject} key the client's private key, RSA */
export function assertion(clientId, issuer, key, now = Math.floor(Date.now() / 1000)) {
  const claims = { iss: clientId, sub: clientId, aud: issuer, iat: now, exp: now + LIFETIME_SECONDS, jti: randomUUID() }
  const text = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
}

/** @returns {Promise<string>} an access token */
export async function accessToken({ issuer, clientId, key, audience, scope }) {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    audience,
    ...(scope ? { scope } : {}),
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion(clientId, issuer, key),
  })
  const answer = await fetch(new URL('oauth/token', issuer), {
    method: 'POST',
    body,
    signal: AbortSignal.timeout(10_000),
  })
  const told = await answer.json().catch(() => ({}))
  if (!answer.ok) throw new Error(`${answer.status}: ${told.error ?? 'no JSON'}: ${told.error_description ?? ''}`)
  return told.access_token
}
