// What stands behind the gateway while the suite runs: it answers with what it got, so that one can see what the gateway lets
// through and as what; or passes a call on to the real service; or breaks off.
import { createHash } from 'node:crypto'
import { createServer, request } from 'node:http'

export class Upstream {
  /** @param {string} address where to listen: http://127.0.0.1:19080 */
  constructor(address, service) {
    this.address = new URL(address)
    this.service = service
    this.hits = []
  }

  async start() {
    this.server = createServer((call, answer) => this.#take(call, answer))
    this.server.keepAliveTimeout = 75_000 // longer than the gateway keeps a connection, as the service does
    await new Promise((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(Number(this.address.port), this.address.hostname, resolve)
    })
  }

  stop() {
    this.server?.close()
    this.server?.closeAllConnections()
  }

  /** The calls that arrived bearing this mark, in X-Case. */
  of(mark) {
    return this.hits.filter(({ headers }) => headers['x-case'] === mark)
  }

  async #take(call, answer) {
    const pieces = []
    for await (const piece of call) pieces.push(piece)
    const body = Buffer.concat(pieces)
    this.hits.push({ method: call.method, url: call.url, headers: call.headers })
    if (call.headers['x-case-drop']) {
      call.socket.destroy()
    } else if (call.headers['x-case-service'] && this.service) {
      this.#pass(call, body, answer)
    } else {
      answer.writeHead(200, { 'content-type': 'application/json' })
      answer.end(
        JSON.stringify({
          method: call.method,
          url: call.url,
          headers: call.rawHeaders,
          bytes: body.length,
          sha256: createHash('sha256').update(body).digest('hex'),
        }),
      )
    }
  }

  #pass(call, body, answer) {
    const { host: _, ...headers } = call.headers
    const to = new URL(this.service)
    const onward = request({ host: to.hostname, port: to.port, path: call.url, method: call.method, headers })
    onward.on('response', (given) => {
      answer.writeHead(given.statusCode, given.rawHeaders)
      given.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    onward.end(body)
  }
}
