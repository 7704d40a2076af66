// Every expression by Prometheus's own grammar, the one that its web interface parses with.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parser } from '@prometheus-io/lezer-promql'
import { alerts, expressions } from './files.mjs'

/** Where the grammar stumbles, and the kinds of what it found. */
function parse(expression) {
  const errors = []
  const kinds = new Set()
  parser.parse(expression).iterate({
    enter(node) {
      kinds.add(node.name)
      if (node.type.isError) errors.push(`${expression.slice(0, node.from)}⟨?⟩${expression.slice(node.from)}`)
    },
  })
  return { errors, kinds }
}

describe('every expression is PromQL', () => {
  for (const [where, expression] of expressions()) {
    it(where, () => assert.deepEqual(parse(expression).errors, []))
  }

  for (const broken of [
    'sum by (le (rate(a[5m]))',
    'rate(a[5m]',
    'a{b="c"',
    'a{b=c}',
    'sum(a) > ',
    'histogram_quantile(0.99 sum(a))',
    'rat(a[5m])',
    'a and and b',
  ]) {
    it(`and ${broken} is not`, () => assert.notDeepEqual(parse(broken).errors, []))
  }
})

describe('alerts', () => {
  it('compare with something, or tell what is absent: otherwise they never end', () => {
    for (const { alert, expr } of alerts) {
      const { kinds } = parse(expr)
      assert.ok(['Gtr', 'Lss', 'Eql', 'Absent'].some((kind) => kinds.has(kind)), alert)
    }
  })

  it('look at rates of counters and never at counters', () => {
    for (const { alert, expr } of alerts) {
      for (const { 0: counter, index } of expr.matchAll(/\w+(?:_total|_bucket|_count)\b(?:\{[^}]*\})?/g))
        assert.equal(expr[index + counter.length], '[', `${alert}: ${counter}`)
    }
  })

  it('are of our job, or of the gateway', () => {
    for (const { alert, expr } of alerts) {
      for (const [, name, matchers] of expr.matchAll(/\b((?:scrip|http|jvm|hikaricp|process|up)\w*)\{([^}]*)\}/g))
        assert.match(matchers, /job="scrip"/, `${alert}: ${name}`)
    }
  })
})
