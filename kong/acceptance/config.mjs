// The project's own kong.yml, for the suite's tenant, with rates small enough to be used up.
import { readFileSync } from 'node:fs'
import { render } from '../lib/render.mjs'
import { AUDIENCE, ISSUER } from './keys.mjs'

export const WRITES = 8
export const READS = 4

const text = readFileSync(new URL('../kong.yml', import.meta.url), 'utf8')

/** @param {object} given replaces options of render; `edit` changes the text at last */
export function configuration({ upstream, edit = (whole) => whole, ...given }) {
  return edit(
    render(text, {
      issuers: [ISSUER],
      audiences: [AUDIENCE],
      upstream,
      allowHttp: true,
      writesPerMinute: WRITES,
      readsPerMinute: READS,
      ...given,
    }),
  )
}
