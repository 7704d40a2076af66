// Starts containers of a pod, asks their probes, stops them as the kubelet does.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { request } from 'node:http'

const here = resolve(import.meta.dirname)
export const sleep = (millis) => new Promise((done) => setTimeout(done, millis))
const MEBI = 1 << 20

/** A group of processes with a limit of memory, where the machine has groups that may be made; else none. */
export class Memory {
  constructor(name, limit) {
    this.bytes = Number(limit.replace('Mi', '')) * MEBI
    const [folder, file] = existsSync('/sys/fs/cgroup/cgroup.controllers')
      ? ['/sys/fs/cgroup', 'memory.max']
      : ['/sys/fs/cgroup/memory', 'memory.limit_in_bytes']
    try {
      this.group = join(folder, name)
      mkdirSync(this.group)
      writeFileSync(join(this.group, file), `${this.bytes}`)
    } catch {
      this.group = undefined
    }
  }

  read(...files) {
    const file = files.map((name) => join(this.group ?? '', name)).find((path) => existsSync(path))
    return this.group && file ? readFileSync(file, 'utf8') : undefined
  }

  /** At most, ever; empty where it is not told. */
  peak() {
    const text = this.read('memory.peak', 'memory.max_usage_in_bytes')
    return text === undefined ? undefined : Number(text)
  }

  close() {
    if (this.group) rmdirSync(this.group)
    this.group = undefined
  }
}

export class Container {
  constructor(name, { root, memory, security, mounts, variables, command }) {
    this.name = name
    this.log = ''
    this.process = spawn(
      'unshare',
      [
        '--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private',
        join(here, 'container'), root, memory?.group ?? '-',
        `${security.runAsUser}`, `${security.runAsGroup}`, `${security.fsGroup}`,
        ...mounts, '--', ...Object.entries(variables).map(([key, value]) => `${key}=${value}`), '--', ...command,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH } },
    )
    for (const stream of [this.process.stdout, this.process.stderr])
      stream.on('data', (text) => {
        this.log += text
        if (process.env.SHOW_LOGS) process.stderr.write(text)
      })
    this.ended = new Promise((done) => this.process.on('close', (code, signal) => done({ code, signal })))
  }

  /** Process 1 of the container, as this machine numbers it. */
  get pid() {
    const children = readFileSync(`/proc/${this.process.pid}/task/${this.process.pid}/children`, 'utf8')
    return Number(children.trim().split(' ')[0])
  }

  status(field) {
    return new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))[1]
  }

  /** Options of the mount at this path, as the container sees it. */
  mountOptions(path) {
    const line = readFileSync(`/proc/${this.pid}/mounts`, 'utf8').split('\n').map((each) => each.split(' '))
    return line.filter(([, at]) => at === path).at(-1)?.[3]?.split(',') ?? []
  }

  terminate() {
    process.kill(this.pid, 'SIGTERM')
  }

  /** For a test that has failed. */
  kill() {
    if (this.process.exitCode === null) this.process.kill('SIGKILL')
  }

  async end() {
    const { code, signal } = await this.ended
    return signal ? 128 : code
  }
}

/** A probe as the kubelet asks it: good is 200 to 399 within its timeout. */
export function ask({ httpGet: { path, scheme = 'HTTP' }, timeoutSeconds = 1 }, host, port) {
  if (scheme !== 'HTTP') throw new Error(`a probe by ${scheme}`)
  return new Promise((answer) => {
    const asked = request({ host, port, path, timeout: timeoutSeconds * 1000 }, (response) => {
      response.resume()
      answer(response.statusCode >= 200 && response.statusCode < 400)
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => answer(false))
    asked.end()
  })
}

/** Until it is well, or as often failed as it may. */
export async function awaitProbe(probe, host, port, container) {
  for (let failures = 0; failures < probe.failureThreshold; ) {
    if (await ask(probe, host, port)) return failures
    failures++
    const gone = await Promise.race([container.ended, sleep(probe.periodSeconds * 1000)])
    if (gone) throw new Error(`${container.name} ended with ${gone.code}:\n${container.log}`)
  }
  throw new Error(`${container.name}: ${probe.httpGet.path} failed ${probe.failureThreshold} times\n${container.log}`)
}
