// The service itself is asked whether it knows what the overlays set: it reads every setting before it looks for keys or a database, and
// refuses by name. Here it finds no keys and stops; had it stopped for a setting, it would say so.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { combinations, overlays, repository } from './build.mjs'
import { called, labels, ofKind, pods } from './pods.mjs'
import { surroundings, unbuilt } from './started.mjs'

if (unbuilt) console.log(unbuilt)

/** @returns {Record<string, string>} what the container's environment would be */
function environment(objects, { env = [], envFrom = [] }) {
  const maps = envFrom.map(({ configMapRef }) => ofKind(objects, 'ConfigMap').find(({ metadata }) => metadata.name === configMapRef.name))
  return Object.assign({}, ...maps.map(({ data }) => data), Object.fromEntries(env.map(({ name, value }) => [name, value])))
}

/** Starts the service where nothing is that it needs. @returns {string} what it says and that it ended */
function said(settings) {
  const folder = mkdtempSync(join(tmpdir(), 'scrip-settings-'))
  try {
    // The file with the password is what a Secret mounts: here there is none to read.
    const { MICRONAUT_CONFIG_FILES: _, ...rest } = settings
    const { status, stdout, stderr } = spawnSync(join(repository, 'app/bin/scrip'), ['serve'], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
      env: { ...surroundings(), JAVA_TOOL_OPTIONS: '-Xmx128m -XX:TieredStopAtLevel=1', ...rest },
    })
    return `${status}\n${stdout}${stderr}`
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const UNKNOWN = /(\S+): (is no setting of this version|cannot be read as .*)/
/** @returns {{complaint: string | undefined, ended: boolean, answer: string}} */
function asked(settings) {
  const answer = said(settings)
  return { complaint: UNKNOWN.exec(answer)?.[0], ended: answer.startsWith('78\n'), answer }
}

const services = (objects) => pods(objects).filter(({ runs, template }) => runs && labels(template)['app.kubernetes.io/name'] === 'scrip')
const builds = [...overlays(), ...combinations().filter(([name]) => /^(one |secrets-csi|postgres$|both planes)/.test(name))]

describe('the service knows each setting and can read its value', { skip: unbuilt }, () => {
  for (const [name, objects] of builds)
    for (const { owner, spec } of services(objects))
      it(`${name}, ${called(owner)}`, () => {
        const settings = environment(objects, spec.containers[0])
        // In development it would make roots of its own, and start.
        if (settings.MICRONAUT_ENVIRONMENTS) settings.SCRIP_KEYS_DEVELOPMENT_ROOT = 'false'
        const { complaint, ended, answer } = asked(settings)
        assert.equal(complaint, undefined)
        assert.ok(ended, answer)
        // Keys come last of all that it reads before a database: whom to trust, and for whom, was in order.
        assert.match(answer, /does not start\. scrip\.keys\./)
      })

  const [, production] = overlays().find(([name]) => name.endsWith('production'))
  const good = environment(production, services(production)[0].spec.containers[0])
  for (const [what, bad] of Object.entries({
    'a misspelt one': { SCRIP_AUTH_AUDIENCES: 'x' },
    'one of an older version': { SCRIP_KEYS_ROOT: '/x' },
    'a value that is no number': { SCRIP_JOURNAL_WRITERS: 'three' },
    'a value that is no time': { SCRIP_JOURNAL_DRAIN_TIMEOUT: 'soon' },
  }))
    it(`and says so of ${what}`, () => assert.notEqual(asked({ ...good, ...bad }).complaint, undefined))
})

describe('what is not the service’s own is Micronaut’s, Hikari’s or psql’s', () => {
  /** Each seen to work (started.test.mjs); a misspelt one of these would be passed over in silence. */
  const KNOWN = [
    ...['MICRONAUT_ENVIRONMENTS', 'MICRONAUT_SERVER_HOST', 'MICRONAUT_CONFIG_FILES', 'MICRONAUT_APPLICATION_JSON'],
    ...['MICRONAUT_SERVER_SSL_ENABLED', 'MICRONAUT_SERVER_SSL_PORT', 'MICRONAUT_SERVER_SSL_KEY_NAME', 'MICRONAUT_SERVER_SSL_PROTOCOLS'],
    ...['FORMAT', 'PATH', 'CERTIFICATE_PATH', 'REFRESH_MODE', 'REFRESH_INTERVAL'].map((name) => `MICRONAUT_CERTIFICATE_FILE_SERVICE_${name}`),
    ...['URL', 'USERNAME'].map((name) => `DATASOURCES_DEFAULT_${name}`),
    ...['PGHOST', 'PGPORT', 'PGDATABASE', 'PGUSER', 'PGSSLMODE', 'PGSSLROOTCERT'],
  ]
  for (const [name, objects] of [...overlays(), ...combinations()])
    it(name, () => {
      for (const { metadata, data } of ofKind(objects, 'ConfigMap').filter(({ metadata }) => /^scrip(-migrate)?-[a-z0-9]{10}$/.test(metadata.name)))
        for (const key of Object.keys(data)) {
          assert.ok(key.startsWith('SCRIP_') || KNOWN.includes(key), `${metadata.name}: ${key}`)
          // Micronaut finds no list of names behind a hyphen among variables: they would be known, and have no effect.
          assert.ok(!key.startsWith('SCRIP_AUTH_SERVICE_ACCOUNTS_'), `${key} belongs into MICRONAUT_APPLICATION_JSON`)
        }
    })
})
