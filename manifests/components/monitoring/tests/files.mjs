// Reads the component's files, and every expression in them.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'

export const component = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const repository = resolve(component, '../../..')

export const text = (path) => readFileSync(resolve(component, path), 'utf8')
export const yaml = (path) => load(text(path))

/** The schemas to check against, where they are at hand. */
const schemas = process.env.SCHEMAS ? resolve(process.env.SCHEMAS) : resolve(repository, '../shared/schemas')
export const schemasAt = (path) => JSON.parse(readFileSync(join(schemas, path), 'utf8'))
export const withoutSchemas = existsSync(schemas)
  ? false
  : `SKIPPED: no schemas at ${relative(repository, schemas)}; set SCHEMAS`

export const rule = yaml('prometheus-rule.yaml')
export const alerts = rule.spec.groups.flatMap(({ rules }) => rules)
export const dashboard = JSON.parse(text('dashboard.json'))
export const panels = dashboard.panels.filter(({ type }) => type !== 'row')

/** A query with Grafana's variables replaced, as Prometheus gets it. */
export const filledIn = (query) =>
  query.replaceAll('$__rate_interval', '5m').replace(/\$(namespace|plane)/g, '.*')

/** Every expression by where it stands. */
export const expressions = () =>
  new Map([
    ...alerts.map(({ alert, expr }) => [alert, expr]),
    ...panels.flatMap(({ title, id, targets }) =>
      targets.map(({ refId, expr }) => [`${title} (${id}${refId})`, filledIn(expr)]),
    ),
    ...dashboard.annotations.list.map(({ name, expr }) => [name, filledIn(expr)]),
  ])
