// Callers who make tokens and open them, and write down every answer.
import { Agent, request } from 'node:https'
import { sleep } from './containers.mjs'

export class Caller {
  constructor(name, address, ca, token) {
    this.agent = new Agent({ keepAlive: true, maxSockets: 32, ca, servername: name })
    this.options = { host: address, port: 8080, agent: this.agent, method: 'POST', headers: { Authorization: `Bearer ${token}`, Host: name, 'Content-Type': 'application/json' } }
  }

  /** @returns {Promise<{status: number, body: object}|undefined>} nothing where no whole answer came */
  post(path, body) {
    return new Promise((answer) => {
      const call = request({ ...this.options, path, timeout: 30_000 }, (response) => {
        let text = ''
        response.on('data', (part) => (text += part))
        response.on('end', () => answer(response.complete ? { status: response.statusCode, body: JSON.parse(text) } : undefined))
        response.on('error', () => answer(undefined))
      })
      call.on('timeout', () => call.destroy())
      call.on('error', () => answer(undefined))
      call.end(JSON.stringify(body))
    })
  }

  close() {
    this.agent.destroy()
  }
}

/** @returns {Promise<void>} ends when `enough` is true and all that was sent is answered or lost */
export function callers(count, enough, call) {
  const one = async () => {
    while (!enough()) await call()
  }
  return Promise.all(Array.from({ length: count }, one))
}

/** Answers of one kind of call. */
export class Answers {
  kept = new Map()
  lost = 0
  refused = 0
  wrong = []

  count(answer, good, keep) {
    if (answer === undefined) this.lost++
    else if (answer.status === good) this.kept.set(...keep(answer.body))
    else if (answer.status === 503) this.refused++
    else this.wrong.push(`${answer.status} ${JSON.stringify(answer.body)}`)
    return answer === undefined ? sleep(20) : undefined   // nobody is there: no need to ask a thousand times a second
  }
}
