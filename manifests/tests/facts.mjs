// What the service says of itself, read where it says it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { documents } from '../../kong/lib/validators.mjs'
import { repository } from './build.mjs'

const read = (path) => readFileSync(join(repository, 'app/src/main', path), 'utf8')
const [application] = documents(read('resources/application.yml'))
const grace = application.micronaut.lifecycle['graceful-shutdown']['grace-period']
const drain = /defaultValue = "PT(\d+)S"\) Duration drainTimeout/.exec(read('java/io/scrip/journal/JournalConfig.java'))

/** For how long the service goes on after SIGTERM, in seconds. */
export const facts = { graceSeconds: Number(/^(\d+)s$/.exec(grace)[1]), drainSeconds: Number(drain[1]) }
