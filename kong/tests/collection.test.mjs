// The Postman collection shows every call that the service's own description knows, and how each refuses.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { calls, text, withoutOpenApi } from './files.mjs'

const collection = JSON.parse(text('postman/scrip.postman_collection.json'))
const environments = ['local', 'gateway'].map((name) => JSON.parse(text(`postman/${name}.postman_environment.json`)))
const requests = collection.item.flatMap((folder) => folder.item)
const shown = requests.filter(({ request }) => request.url.raw.startsWith('{{baseUrl}}'))
const script = ({ event }, listen) =>
  event
    .filter((one) => one.listen === listen)
    .flatMap((one) => one.script.exec)
    .join('\n')
const status = (item) => Number(/to\.have\.status\((\d{3})\)/.exec(script(item, 'test'))?.[1])
const path = ({ request }) => request.url.raw.replace('{{baseUrl}}', '').replace(/\?.*/, '')

/** Does the address stand for the described path, `{name}` being anything? */
const isAt = (described, address) =>
  described.split('/').length === address.split('/').length &&
  described.split('/').every((part, index) => /^\{.*\}$/.test(part) || part === address.split('/')[index])
const plays = ({ method, path: described }) =>
  shown.filter((item) => item.request.method === method && isAt(described, path(item)))

describe('the collection', () => {
  it('is of version 2.1', () => assert.match(collection.info.schema, /v2\.1\.0/))

  it(
    'shows every call of the OpenAPI document, once that it answers and once that it refuses',
    { skip: withoutOpenApi },
    () => {
      for (const call of calls()) {
        const statuses = plays(call).map(status)
        assert.ok(
          statuses.some((code) => code < 300),
          `${call.method} ${call.path} is not shown`,
        )
        assert.ok(
          statuses.some((code) => code >= 400),
          `${call.method} ${call.path} is not shown refusing`,
        )
      }
    },
  )

  it('shows no call that there is none of', { skip: withoutOpenApi }, () => {
    const known = new Set(calls().flatMap(plays))
    for (const item of shown) assert.ok(known.has(item) || [404, 405].includes(status(item)), item.name)
  })

  it('tests each answer’s status', () => {
    for (const item of requests) assert.ok(status(item) >= 200, item.name)
  })

  it('refuses more often than one might think', () => {
    assert.ok(shown.filter((item) => status(item) >= 400).length > shown.length / 2)
  })

  it('names what it refuses', () => {
    for (const item of shown.filter(({ name }) => name.startsWith('Refused: ')))
      assert.ok(status(item) >= 400, item.name)
  })

  it('puts no token and no value into an address, but where it shows that this is refused', () => {
    for (const item of shown) {
      if (item.request.url.query) assert.equal(status(item), 401, item.name)
    }
  })
})

describe('the environments', () => {
  const names = ({ values }) => values.map(({ key }) => key)

  it('know the same words, and all that the collection uses', () => {
    const [local, gateway] = environments
    assert.deepEqual(names(local), names(gateway))
    const own = new Set([...names(local), 'run'])
    for (const [, set] of JSON.stringify(collection).matchAll(/collectionVariables\.set\(\\"(\w+)\\"/g)) own.add(set)
    for (const [, used] of JSON.stringify(collection).matchAll(/\{\{(\w+)\}\}/g)) assert.ok(own.has(used), used)
  })

  it('hold no token, and no secret but the stand-in’s, which is its client’s name', () => {
    const [local, gateway] = environments.map(({ values }) =>
      Object.fromEntries(values.map(({ key, value }) => [key, value])),
    )
    for (const who of ['writer', 'reader', 'masked', 'admin']) {
      assert.deepEqual([local[`${who}Token`], gateway[`${who}Token`], gateway[`${who}Secret`]], ['', '', ''])
      assert.equal(local[`${who}Secret`], local[`${who}Client`])
    }
    assert.match(gateway.baseUrl, /^https:\/\//)
  })
})
