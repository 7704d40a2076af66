// Starts the built service as production would be, but for the database and the ports, which are of this machine alone.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repository } from './build.mjs'

const target = join(repository, 'app/target')
export const unbuilt =
  existsSync(target) && readdirSync(target).some((name) => /^scrip-.*\.jar$/.test(name)) ? false : 'SKIPPED: app is not built'

const SCRIP = join(repository, 'app/bin/scrip')
/** Nothing of whoever runs the tests. */
export const surroundings = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(SCRIP|MICRONAUT|DATASOURCES|JAVA_TOOL)/.test(name)))

/** As many ports as asked for; all are held until the last is known, so that they differ. */
export async function ports(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const found = servers.map((server) => server.address().port)
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
  return found
}

/** @returns {string} a folder with roots in seal/ and digest/, as an operator makes them */
export function roots() {
  const folder = mkdtempSync(join(tmpdir(), 'scrip-started-'))
  execFileSync(SCRIP, ['keys', 'generate', '--folder', folder], { env: surroundings() })
  return folder
}

/**
 * @param {string} folder of roots()
 * @param {Record<string, string>} settings what a ConfigMap says
 * @returns {Promise<{api: number, stop: () => Promise<void>}>} once it is ready
 */
export async function start(folder, settings) {
  const [api, management] = await ports(2)
  const running = spawn(SCRIP, ['serve'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...surroundings(),
      ...settings,
      MICRONAUT_SERVER_HOST: '127.0.0.1',
      MICRONAUT_SERVER_PORT: `${api}`,
      MICRONAUT_SERVER_SSL_PORT: `${api}`,
      ENDPOINTS_ALL_PORT: `${management}`,
      DATASOURCES_DEFAULT_URL: `jdbc:h2:file:${folder}/scrip`,
      DATASOURCES_DEFAULT_USERNAME: 'sa',
      DATASOURCES_DEFAULT_PASSWORD: '',
      SCRIP_STORE_ALLOW_H2: 'true',
      SCRIP_KEYS_SEAL_ROOTS: join(folder, 'seal'),
      SCRIP_KEYS_DIGEST_ROOTS: join(folder, 'digest'),
    },
  })
  let said = ''
  for (const stream of [running.stdout, running.stderr]) stream.on('data', (piece) => (said += piece))
  const ended = once(running, 'exit')
  const stop = async () => {
    running.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true })
  }
  const ready = () => fetch(`http://127.0.0.1:${management}/health/readiness`).then(({ ok }) => ok, () => false)
  await until('it is ready', async () => {
    if (running.exitCode !== null) throw new Error(`it ended: ${said}`)
    return ready()
  })
  return { api, stop }
}

/** Asks until it is so, for a minute at most. */
export async function until(what, condition) {
  const patience = AbortSignal.timeout(60_000)
  while (!(await condition())) {
    if (patience.aborted) throw new Error(`never: ${what}`)
    await new Promise((later) => setTimeout(later, 50))
  }
}
