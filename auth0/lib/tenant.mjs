// The tenant as the deploy tool would read it: placeholders put in by its own code, then parsed.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { load } from 'js-yaml'

const { keywordReplace } = createRequire(import.meta.url)('auth0-deploy-cli/lib/tools/utils.js')
const here = (path) => new URL(`../${path}`, import.meta.url)

export const text = (path) => readFileSync(here(path), 'utf8')
export const config = (name) => JSON.parse(text(`config-${name}.json`))
export const placeholders = (source) =>
  new Set([...source.matchAll(/##(\w+?)##|@@(\w+?)@@/g)].map(([, raw, json]) => raw ?? json))
export const tenant = (mappings) => load(keywordReplace(text('tenant.yaml'), mappings))

const PEM = /^-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=\n]+-----END PUBLIC KEY-----\n?$/

/** @returns {string[]} what keeps this configuration from being deployed */
export function complaints(
  { AUTH0_DOMAIN: domain, AUTH0_ALLOW_DELETE: deletes, AUTH0_INCLUDED_ONLY: included, ...rest },
  source = text('tenant.yaml'),
) {
  const { AUTH0_KEYWORD_REPLACE_MAPPINGS: mappings = {}, ...others } = rest
  const used = placeholders(source)
  const found = []
  for (const name of used)
    if (typeof mappings[name] !== 'string' || mappings[name] === '')
      found.push(`${name} has no value: the deploy tool would leave the field out`)
  for (const name of Object.keys(mappings)) if (!used.has(name)) found.push(`${name} is put in nowhere`)
  for (const name of used) {
    const value = mappings[name] ?? ''
    if (name.endsWith('_PUBLIC_KEY') && !PEM.test(value)) found.push(`${name} is no public key as PEM`)
    if (value.includes('PRIVATE')) found.push(`${name} is a private key`)
    if (/##|@@/.test(value)) found.push(`${name} holds a placeholder itself`)
  }
  if (!/^[a-z0-9.-]+\.[a-z]+$/.test(domain ?? '')) found.push('AUTH0_DOMAIN is no host name')
  if (deletes !== false)
    found.push('AUTH0_ALLOW_DELETE has to be false: what is not in the file belongs to somebody else')
  const sections = Object.keys(load(source.replaceAll(/@@\w+@@/g, 'x')))
  if (JSON.stringify(included) !== JSON.stringify(sections))
    found.push(`AUTH0_INCLUDED_ONLY has to be ${JSON.stringify(sections)}`)
  for (const name of Object.keys(others))
    if (/SECRET|TOKEN|KEY/.test(name)) found.push(`${name} belongs in the environment, not in a file`)
  return found
}
