// Production's pods on this machine, from the migration to SIGTERM under load; see README.md.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { repository } from '../tests/build.mjs'
import { ADDRESSES, Authority, Database, Issuer } from './cluster.mjs'
import { Container, Memory, ask, awaitProbe, sleep } from './containers.mjs'
import { Answers, Caller, callers } from './load.mjs'
import { environment, image, object, podOf, providedFiles } from './production.mjs'
import { makeVolumes } from './volumes.mjs'

const CALLERS = 16
const MANY = 1500   // answers on each plane before it is stopped
const LONGEST = 240_000   // milliseconds; usual is a minute. What hangs is killed then, and fails
/** Micronaut 4.10 closes at its end a watcher of certificate files that it has not opened where they are read by the clock. */
const KNOWN = /NullPointerException: Cannot invoke "java\.nio\.file\.WatchService\.close\(\)"/
const say = (text) => console.log(`   ${text}`)

const work = mkdtempSync('/var/tmp/scrip-pods-')
chmodSync(work, 0o755)
const running = []

/** The JDK of this machine, version 25, below /usr; what Maven found to build with. */
const java = realpathSync(
  process.env.JAVA_HOME_25 ??
    readdirSync('/usr/lib/jvm').filter((name) => /25/.test(name)).map((name) => join('/usr/lib/jvm', name))[0],
)
const { options, entry } = image()

/** Copies the program to where nobody else's build changes it. */
function program() {
  const folder = join(work, 'program')
  mkdirSync(folder)
  const target = resolve(repository, 'app/target')
  const jar = readdirSync(target).find((name) => /^scrip-.*\.jar$/.test(name))
  cpSync(join(target, jar), join(folder, 'scrip.jar'))
  cpSync(join(target, 'lib'), join(folder, 'lib'), { recursive: true })
  return folder
}

/** Names that a cluster's DNS would know. */
function names() {
  const file = join(work, 'hosts')
  const lines = [
    '127.0.0.1 localhost',
    `${ADDRESSES.database} scrip-database-rw.scrip.svc`,
    `${ADDRESSES.issuer} ${new URL(environmentOf('scrip-read').SCRIP_AUTH_ISSUERS_AUTH0_ISSUER).hostname}`,
    ...['scrip-write', 'scrip-read'].map((name) => `${ADDRESSES[name]} ${name}.scrip.svc`),
  ]
  writeFileSync(file, lines.join('\n') + '\n')
  return file
}

const environmentOf = (deployment) => environment(podOf('Deployment', deployment).containers[0])

/** What is another here than in production, and why; everything else is as it is there. */
const replaced = (name) => ({
  MICRONAUT_SERVER_HOST: ADDRESSES[name],                                 // all pods share this machine's loopback device
  SCRIP_AUTH_ISSUERS_AUTH0_CA_FILE: '/etc/scrip/issuer-ca/ca.crt',        // the issuer's certificate is the test's own
})

class Pod {
  constructor(name, spec, files, secrets) {
    this.name = name
    this.spec = spec
    this.files = files
    this.folder = join(work, name)
    this.volumes = makeVolumes(join(this.folder, 'volumes'), spec, secrets)
  }

  start(container, variables) {
    const isPostgres = container.image.includes('/postgres@')
    const memory = new Memory(`scrip-${process.pid}-${this.name}-${container.name}`, container.resources.limits.memory)
    const mounts = (container.volumeMounts ?? []).map(({ name, mountPath, readOnly }) => `${readOnly ? 'ro' : 'rw'}:${this.volumes.get(name)}:${mountPath}`)
    const started = new Container(`${this.name}/${container.name}`, {
      root: join(this.folder, `root-${container.name}`),
      memory,
      security: { ...this.spec.securityContext, ...container.securityContext },
      mounts: [...mounts, `ro:${this.files.hosts}:/etc/hosts`, ...(isPostgres ? [] : [`ro:${this.files.program}:/scrip`, `ro:${this.files.issuerCa}:/etc/scrip/issuer-ca/ca.crt`])],
      variables: {
        PATH: isPostgres ? `${this.files.postgres}:/usr/bin:/bin` : `${java}/bin:/usr/bin:/bin`,
        HOSTNAME: `${this.name}-7d4b9c`,
        KUBERNETES_SERVICE_HOST: '10.0.0.1',
        KUBERNETES_SERVICE_PORT: '443',
        ...(isPostgres ? {} : { JAVA_TOOL_OPTIONS: options }),
        ...environment(container),
        ...variables,
      },
      command: container.command ?? [...entry, ...(container.args ?? [])],
    })
    started.memory = memory
    running.push(started)
    return started
  }

  /** Runs a container that is to end. */
  async complete(container) {
    const started = this.start(container, {})
    const code = await started.end()
    assert.equal(code, 0, `${started.name} ended with ${code}:\n${started.log}`)
    say(`${started.name}: done`)
  }

  async serve() {
    for (const container of this.spec.initContainers ?? []) await this.complete(container)
    const [container] = this.spec.containers
    const port = container.ports.find(({ name }) => name === 'management').containerPort
    const begun = Date.now()
    this.container = this.start(container, replaced(this.name))
    await awaitProbe(container.startupProbe, ADDRESSES[this.name], port, this.container)
    await awaitProbe({ ...container.readinessProbe, failureThreshold: 12 }, ADDRESSES[this.name], port, this.container)   // a minute
    say(`${this.name}: ready after ${((Date.now() - begun) / 1000).toFixed(1)} s`)
    this.watch(container, port)
  }

  /** Liveness, as often as the kubelet asks. */
  watch({ livenessProbe }, port) {
    this.unwell = 0
    this.timer = setInterval(async () => {
      if (!(await ask(livenessProbe, ADDRESSES[this.name], port)) && !this.stopping) this.unwell++
    }, livenessProbe.periodSeconds * 1000)
  }

  assertConfined() {
    const { container, spec } = this
    const security = { ...spec.securityContext, ...spec.containers[0].securityContext }
    assert.deepEqual(container.status('Uid').split('\t'), Array(4).fill(`${security.runAsUser}`))
    assert.equal(container.status('Groups').trim(), `${security.fsGroup}`)
    assert.equal(Number(`0x${container.status('CapEff')}`), 0)
    assert.equal(Number(`0x${container.status('CapBnd')}`), 0)
    assert.equal(container.status('NoNewPrivs'), '1')
    assert.ok(container.mountOptions('/').includes('ro'))
    for (const { mountPath, readOnly } of spec.containers[0].volumeMounts)
      assert.equal(container.mountOptions(mountPath).includes('ro'), readOnly === true, mountPath)
    say(`${this.name}: uid ${security.runAsUser}, no capability, root and keys read-only`)
  }

  /** As the kubelet does: preStop, then SIGTERM, and no longer than the grace period. */
  async stop() {
    const [container] = this.spec.containers
    await sleep(container.lifecycle.preStop.sleep.seconds * 1000)
    this.stopping = true
    clearInterval(this.timer)
    const grace = this.spec.terminationGracePeriodSeconds - container.lifecycle.preStop.sleep.seconds
    const begun = Date.now()
    this.container.terminate()
    const patience = setTimeout(() => this.container.kill(), grace * 1000)
    const code = await this.container.end()
    clearTimeout(patience)
    const took = (Date.now() - begun) / 1000
    assert.equal(code, 143, `${this.name} ended with ${code}:\n${this.container.log.slice(-4000)}`)   // 128 + SIGTERM: a JVM that stopped in order
    assert.equal(this.unwell, 0, 'liveness failed')
    this.assertMemory(`${this.name}: stopped in order after ${took.toFixed(1)} s of ${grace}`)
  }

  assertMemory(text) {
    const { memory } = this.container
    const peak = memory.peak()
    if (peak === undefined) say(`${text}; SKIPPED its limit of memory: no control groups here`)
    else say(`${text}; memory at most ${(peak / 2 ** 20).toFixed(0)} of ${memory.bytes / 2 ** 20} MiB`)
  }

  assertLog(secrets) {
    const bad = this.container.log.split('\n').filter((line) => / ERROR |Exception/.test(line) && !KNOWN.test(line))
    assert.deepEqual(bad, [], this.name)
    for (const secret of secrets) assert.ok(!this.container.log.includes(secret), `${this.name} logs a secret`)
  }
}

function generateRoots() {
  const folder = join(work, 'roots')
  execFileSync(join(java, 'bin/java'), ['-jar', join(work, 'program/scrip.jar'), 'keys', 'generate', '--folder', folder], { stdio: 'pipe' })
  const only = (kind, name) => {
    const files = readdirSync(join(folder, kind))
    const text = readFileSync(join(folder, kind, files[0]), 'utf8')
    return Object.fromEntries(providedFiles(name).map((file) => [file, text]))
  }
  return new Map([['scrip-seal-roots', only('seal', 'scrip-seal-roots')], ['scrip-digest-roots', only('digest', 'scrip-digest-roots')]])
}

async function main() {
  execFileSync('ip', ['link', 'set', 'lo', 'up'])
  const authority = new Authority(join(work, 'authority'))
  const tls = authority.issue(...object('Certificate', 'scrip-service').spec.dnsNames)
  const said = environmentOf('scrip-read')
  const files = { program: program(), hosts: names(), issuerCa: join(work, 'authority/ca.crt') }
  execFileSync('mount', ['--bind', files.hosts, '/etc/hosts'])   // in this namespace alone

  const issuer = new Issuer(said.SCRIP_AUTH_ISSUERS_AUTH0_ISSUER, said.SCRIP_AUTH_AUDIENCE, authority.issue(new URL(said.SCRIP_AUTH_ISSUERS_AUTH0_ISSUER).hostname))
  await issuer.start()
  const database = new Database(join(work, 'postgresql'), authority.issue('scrip-database-rw.scrip.svc'))
  await database.start()
  files.postgres = database.bin
  const secrets = new Map([
    ...generateRoots(),
    [object('Certificate', 'scrip-service').spec.secretName, tls],
    ['scrip-database-ca', { 'ca.crt': tls['ca.crt'] }],
    ...database.secrets(),
  ])
  say(`PostgreSQL ${database.version}, its roles and who may come in as in the Cluster`)

  const deadline = setTimeout(() => running.forEach((container) => container.kill()), LONGEST)
  try {
    const migration = new Pod('scrip-migrate', podOf('Job', 'scrip-migrate'), files, secrets)
    for (const container of [...migration.spec.initContainers, ...migration.spec.containers]) await migration.complete(container)

    // The seal root is not the write plane's: nothing that it mounts may hold it.
    const write = new Pod('scrip-write', podOf('Deployment', 'scrip-write'), files, secrets)
    const read = new Pod('scrip-read', podOf('Deployment', 'scrip-read'), files, secrets)
    await read.serve()
    await write.serve()
    for (const pod of [read, write]) pod.assertConfined()

    const made = new Answers()
    const opened = new Answers()
    const writer = new Caller('scrip-write.scrip.svc', ADDRESSES['scrip-write'], tls['ca.crt'], issuer.token('writer', 'tokenize'))
    const reader = new Caller('scrip-read.scrip.svc', ADDRESSES['scrip-read'], tls['ca.crt'], issuer.token('reader', 'detokenize'))
    let gone = false
    let number = 0
    const making = callers(CALLERS, () => gone || made.wrong.length > 0, async () => {
      const value = `value-${++number}`
      await made.count(await writer.post('/v1/tokenize', { data: value }), 201, ({ token }) => [token, value])
    })
    const until = async (pod, condition) => {
      while (!condition()) {
        assert.deepEqual([...made.wrong, ...opened.wrong], [])
        const ended = await Promise.race([pod.container.ended, sleep(50)])
        if (ended) throw new Error(`${pod.name} ended under load, code ${ended.code}, signal ${ended.signal}:\n${pod.container.log.slice(-4000)}`)
      }
    }
    await until(write, () => made.kept.size >= MANY)
    const stopped = write.stop()
    await stopped.finally(() => (gone = true))
    await making
    say(`tokenize under SIGTERM: ${made.kept.size} answered with a token, ${made.refused} with 503, ${made.lost} with nothing`)
    assert.deepEqual(made.wrong, [])

    const tokens = [...made.kept.keys()]
    const missing = []
    for (let from = 0; from < tokens.length; from += 500) {
      const part = tokens.slice(from, from + 500)
      const { status, body } = await reader.post('/v1/detokenize/batch', { items: part.map((token) => ({ token })) })
      assert.equal(status, 200)
      part.forEach((token, index) => body.items[index].data === made.kept.get(token) || missing.push(token))
    }
    assert.deepEqual(missing, [], 'answered, and lost')
    const rows = Number(database.sql('select count(*) from scrip.tokens', 'scrip'))
    const events = (action) => Number(database.sql(`select count(*) from scrip_audit.audit_events where action = '${action}' and outcome = 'allowed'`, 'scrip'))
    assert.ok(rows >= tokens.length && rows <= tokens.length + made.lost, `${rows} rows`)
    assert.equal(events('token.tokenize'), rows)
    say(`no answered token lost: ${tokens.length} open, ${rows} rows, ${rows} events`)

    gone = false
    const before = events('token.detokenize')
    const opening = callers(CALLERS, () => gone || opened.wrong.length > 0, async () => {
      const token = tokens[number++ % tokens.length]
      await opened.count(await reader.post('/v1/detokenize', { token }), 200, ({ data }) => {
        assert.equal(data, made.kept.get(token))
        return [number + Math.random(), token]
      })
    })
    await until(read, () => opened.kept.size >= MANY)
    await read.stop().finally(() => (gone = true))
    await opening
    assert.deepEqual(opened.wrong, [])
    const recorded = events('token.detokenize') - before
    assert.ok(recorded >= opened.kept.size && recorded <= opened.kept.size + opened.lost, `${recorded} events`)
    say(`detokenize under SIGTERM: ${opened.kept.size} answered with a value, ${opened.refused} with 503, ${opened.lost} with nothing; ${recorded} events`)
    const open = Number(database.sql("select count(*) from scrip_audit.audit_chains c where not exists (select 1 from scrip_audit.audit_events e where e.chain = c.ordinal and e.action = 'chain.close')", 'scrip'))
    assert.equal(open, 0, 'audit chains left open')
    say('every audit chain closed')

    const confidential = [...secrets.get('scrip-seal-roots')['1.root'].split('\n').filter((line) => line.length > 20 && !line.startsWith('#')), ...database.roles.map(({ password }) => password)]
    for (const pod of [write, read]) pod.assertLog(confidential)
    writer.close()
    reader.close()
  } finally {
    clearTimeout(deadline)
    for (const container of running) container.kill()
    await Promise.all(running.map((container) => container.ended))
    for (const { memory } of running) memory.close()
    database.stop()
    issuer.stop()
  }
}

try {
  await main()
  console.log('   production’s pods ran as they are written')
} finally {
  try {
    execFileSync('sh', ['-c', `grep ' ${work}/' /proc/self/mounts | cut -d ' ' -f 2 | sort -r | xargs -r -n 1 umount`])
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
process.exit()   // whatever still waits for something that has gone
