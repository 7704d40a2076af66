// Puts into kong.yml what differs from place to place: whose tokens, for which audience, the service's address, the signing keys.
//
// Works on the text, so that the comments stay, and needs nothing but Node. Each replacement counts its places: should kong.yml
// change its shape, this fails instead of leaving something as it was.
import { createPublicKey } from 'node:crypto'

const MIN_RSA_BITS = 2048 // what Auth0 signs with; NIST SP 800-131A, revision 2, allows nothing shorter

/**
 * @param {string} text kong.yml
 * @param {object} options
 * @param {string[]} [options.issuers]
 * @param {string[]} [options.audiences]
 * @param {string} [options.upstream] http://host:port, for both services
 * @param {string} [options.upstreamRead] another one for the read plane
 * @param {object[]} [options.keys] JWKs of the tenant
 * @param {boolean} [options.allowHttp] for a laptop: routes that also speak plain HTTP
 * @param {string} [options.prefix] serves /v1 under another public path, such as /tokens-api
 * @param {number} [options.writesPerMinute]
 * @param {number} [options.readsPerMinute]
 * @returns {string} the file for Kong
 */
export function render(text, options) {
  const {
    issuers,
    audiences,
    upstream,
    upstreamRead = upstream,
    keys,
    allowHttp,
    prefix,
    writesPerMinute,
    readsPerMinute,
  } = options
  if (issuers) text = replaced(text, /issuers: \[.*\]/g, () => `issuers: ${JSON.stringify(issuers)}`, 2)
  if (audiences) text = replaced(text, /audiences: \[.*\]/g, () => `audiences: ${JSON.stringify(audiences)}`, 2)
  if (upstream)
    text = replaced(text, /url: http:\/\/scrip:8080/g, (at) => `url: ${at === 0 ? upstream : upstreamRead}`, 2)
  if (allowHttp) text = replaced(text, /protocols: \[https\]/g, () => 'protocols: [http, https]', 2)
  if (writesPerMinute) text = replaced(text, /minute: 600/g, () => `minute: ${writesPerMinute}`, 1)
  if (readsPerMinute) text = replaced(text, /minute: 120/g, () => `minute: ${readsPerMinute}`, 1)
  if (prefix) text = prefixed(text, prefix)
  if (keys) text = replaced(text, /^ {2}jwt_secrets: \[\]$/gm, () => credentials(keys), 1)
  return text
}

function replaced(text, pattern, replacement, places) {
  let found = 0
  const result = text.replace(pattern, () => replacement(found++))
  if (found !== places) throw new Error(`kong.yml has ${found} places like ${pattern}, not ${places}`)
  return result
}

/** Kong takes away the path that matched and puts the service's own in front: the slashes keep the routes apart. */
function prefixed(text, prefix) {
  if (!/^(\/[A-Za-z0-9._~-]+)+$/.test(prefix)) throw new Error(`not a path to serve the API under: ${prefix}`)
  text = replaced(text, /strip_path: false/g, () => 'strip_path: true', 2)
  const services = text.split(/^(?=- name: )/m)
  if (services.length !== 3) throw new Error(`kong.yml has ${services.length - 1} services, not 2`)
  const [head, write, rest] = services
  const end = rest.indexOf('\n\n')
  return head + at(prefix)(write) + reads(rest.slice(0, end), prefix) + rest.slice(end)
}

/** A service of Kong's has one path, so under a prefix each path of a route needs one of its own. */
function reads(service, prefix) {
  return pathsOf(service)
    .map((path, index) => {
      const one = service.replace(/paths: \[.*\]/, `paths: ["${path}"]`)
      const name = `scrip-read-${path.slice('/v1/'.length).replaceAll('/', '-')}`
      return at(prefix)(index === 0 ? one : one.replace(/ *#.*$/gm, '').replaceAll('name: scrip-read', `name: ${name}`))
    })
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n')
}

const pathsOf = (service) => JSON.parse(/paths: (\[.*\])/.exec(service)[1])

function at(prefix) {
  return (service) => {
    const [path, ...others] = pathsOf(service)
    if (others.length > 0) throw new Error('more than one path')
    return service
      .replace(/paths: \[.*\]/, `paths: ["${prefix}${path}"]`)
      .replace(/^ {2}url: (\S+)$/m, (_, url) => `  url: ${url}${path}`)
  }
}

function credentials(keys) {
  return ['  jwt_secrets:', ...keys.map(credential)].join('\n')
}

function credential(jwk) {
  return [
    `  - key: ${JSON.stringify(jwk.kid)}`,
    '    algorithm: RS256',
    '    secret: unused',
    '    rsa_public_key: |',
    ...pem(jwk)
      .trim()
      .split('\n')
      .map((line) => `      ${line}`),
  ].join('\n')
}

/** @returns {string} the public half as PEM; refuses what must not verify anything */
export function pem(jwk) {
  if (typeof jwk.kid !== 'string' || jwk.kid === '') throw new Error('a key without a kid cannot be found by it')
  if (jwk.kty !== 'RSA' || (jwk.alg ?? 'RS256') !== 'RS256' || (jwk.use ?? 'sig') !== 'sig') {
    throw new Error(`key ${jwk.kid} is not one that RS256 signs with`)
  }
  const key = createPublicKey({ key: { kty: jwk.kty, n: jwk.n, e: jwk.e }, format: 'jwk' })
  if (key.asymmetricKeyDetails.modulusLength < MIN_RSA_BITS)
    throw new Error(`key ${jwk.kid} is shorter than ${MIN_RSA_BITS} bits`)
  return key.export({ type: 'spki', format: 'pem' })
}
