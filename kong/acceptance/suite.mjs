// A case has a name, says which row or pitfall it holds, may need something, and throws where it does not hold.

export class Skip extends Error {}

export class Suite {
  constructor(context) {
    this.context = context
    this.counts = { passed: 0, failed: 0, skipped: 0 }
  }

  async play(cases) {
    for (const [name, run, needs] of cases) {
      const missing = [needs ?? []].flat().find((need) => !this.context.has[need])
      if (missing) this.#tell('skipped', 'SKIP', name, `needs ${missing}`)
      else await this.#play(name, run)
    }
  }

  async #play(name, run) {
    try {
      this.#tell('passed', 'PASS', name, await run(this.context))
    } catch (failure) {
      if (failure instanceof Skip) this.#tell('skipped', 'SKIP', name, failure.message)
      else this.#tell('failed', 'FAIL', name, failure.message.replace(/\s+/g, ' '))
    }
  }

  #tell(count, word, name, remark) {
    this.counts[count]++
    console.log(`${word}  ${name}${typeof remark === 'string' ? `  (${remark})` : ''}`)
  }
}
