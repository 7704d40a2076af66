// Talks to the gateway: HTTP as it is written, nothing put right on the way.
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'
import { connect } from 'node:net'

// The gateway lets one address make 50 calls a second: the suite keeps below, but where it means to be above.
const PACE_MS = 30
const PATIENCE_MS = 20_000

export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

export class Gateway {
  constructor(proxy, admin) {
    this.proxy = new URL(proxy)
    this.admin = admin && new URL(admin)
    const secure = this.proxy.protocol === 'https:'
    this.request = secure ? tlsRequest : request
    this.agent = new (secure ? TlsAgent : Agent)({
      keepAlive: true,
      maxSockets: 64,
      rejectUnauthorized: !process.env.KONG_INSECURE,
    })
    this.turn = Promise.resolve()
  }

  /** One call, in its turn. */
  async call(path, options = {}) {
    const mine = this.turn.then(() => wait(PACE_MS))
    this.turn = mine
    await mine
    return this.now(path, options)
  }

  /**
   * One call at once.
   * @param {object} options method, token (for Authorization), headers as pairs, body, chunked
   * @returns {Promise<{status: number, headers: object, text: string, json: any}>}
   */
  now(path, { method = 'POST', token, headers = [], body, chunked } = {}) {
    const all = [['Host', this.proxy.host], ...headers]
    if (token) all.push(['Authorization', `Bearer ${token}`])
    if (chunked) all.push(['Transfer-Encoding', 'chunked'])
    else if (body !== undefined) all.push(['Content-Length', Buffer.byteLength(body)])
    return new Promise((resolve, reject) => {
      const call = this.request({
        host: this.proxy.hostname,
        port: this.proxy.port,
        path,
        method,
        agent: this.agent,
        setHost: false,
        headers: all.flat().map(String),
        timeout: PATIENCE_MS,
      })
      call.on('timeout', () => call.destroy(new Error('no answer in time')))
      call.on('error', reject)
      call.on('response', async (answer) => {
        const pieces = []
        try {
          for await (const piece of answer) pieces.push(piece)
        } catch (failure) {
          return reject(failure)
        }
        const text = Buffer.concat(pieces).toString()
        resolve({ status: answer.statusCode, headers: answer.headers, text, json: parsed(text) })
      })
      call.end(body)
    })
  }

  /** Bytes as they are, for what no client would write; plain HTTP only. @returns {Promise<number>} the status */
  async bytes(text) {
    const socket = connect(Number(this.proxy.port || 80), this.proxy.hostname)
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('no answer in time')))
    socket.write(text)
    const [first] = await once(socket, 'data')
    socket.destroy()
    return Number(/^HTTP\/1\.\d (\d{3})/.exec(first.toString())?.[1])
  }

  /** Puts a configuration in. @returns {Promise<{status: number, text: string}>} 201 where it was taken */
  async load(config) {
    const answer = await fetch(new URL('/config', this.admin), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ config }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    return { status: answer.status, text: await answer.text() }
  }

  /** Asks until it is so: workers take a new configuration over in their own time. */
  async until(question, what) {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await wait(100)) {
      if (await question()) return
    }
    throw new Error(`${what}: not within ${PATIENCE_MS / 1000} s`)
  }
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
