import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, it } from 'node:test'
import { kong, text, yaml } from './files.mjs'

const { services } = yaml('compose.yaml')
const settings = text('kong.conf')

describe('the laptop', () => {
  it('lets nobody in from outside, and to the API through the gateway only', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? [])
    for (const port of ports) assert.match(port, /^127\.0\.0\.1:\d+:\d+$/)
    assert.ok(!ports.some((port) => port.endsWith(':8080')))
    assert.deepEqual(services.kong.ports, ['127.0.0.1:8000:8000'])
  })

  it('mounts what is there, to where Kong looks', () => {
    for (const mount of services.kong.volumes.filter((one) => one.startsWith('.')))
      assert.ok(existsSync(resolve(kong, mount.split(':')[0])), mount)
    const folder = services.kong.volumes.find((one) => one.includes('/opt/')).split(':')[1]
    assert.ok(settings.includes('lua_package_path = /opt/?.lua;;'))
    assert.equal(folder, '/opt/kong/plugins')
    assert.ok(existsSync(resolve(kong, 'plugins/scrip-claims/kong/plugins/scrip-claims/handler.lua')))
    assert.ok(settings.includes('declarative_config = /kong/kong.yml'))
  })

  it('runs the same gateway as the cluster', () => {
    const { repository, tag } = yaml('values.yaml').gateway.image
    assert.equal(services.kong.image, `${repository}:${tag}`)
  })

  it('trusts the stand-in under the name that stands in its tokens', () => {
    const { issuer } = Object.fromEntries(
      JSON.parse(text('postman/local.postman_environment.json')).values.map(({ key, value }) => [key, value]),
    )
    assert.ok(services.config.command.includes(`--issuer ${issuer} `))
    assert.ok(services.scrip.ports.includes(`127.0.0.1:${new URL(issuer).port}:${new URL(issuer).port}`))
  })

  it('waits for what it needs', () => {
    assert.equal(services.kong.depends_on.config.condition, 'service_completed_successfully')
    assert.equal(services.scrip.depends_on.database.condition, 'service_healthy')
  })
})
