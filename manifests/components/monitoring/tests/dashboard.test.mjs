import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dashboard, panels, text, yaml } from './files.mjs'

describe('the dashboard', () => {
  it('shows all that is worth watching', () => {
    const rows = dashboard.panels.filter(({ type }) => type === 'row').map(({ title }) => title)
    for (const title of [
      'Rates',
      'Latencies',
      'Refusals',
      'Reveals',
      'Journal',
      'Keys',
      'Token space',
      'Audit trail',
      'Gateway',
    ])
      assert.ok(rows.includes(title), title)
  })

  it('gives every panel a title, a unit, a query with a legend, and an id of its own', () => {
    assert.equal(new Set(dashboard.panels.map(({ id }) => id)).size, dashboard.panels.length)
    for (const { id, title, fieldConfig, targets } of panels) {
      assert.ok(title && fieldConfig.defaults.unit && targets.length > 0, `${id}`)
      for (const { expr, legendFormat } of targets) assert.ok(expr && legendFormat, title)
    }
  })

  it('speaks in legends only of labels that the query leaves', () => {
    for (const { title, targets } of panels) {
      for (const { expr, legendFormat } of targets) {
        const kept = expr.match(/\bby \(([^)]*)\)/)?.[1].split(/, ?/) ?? []
        for (const [, label] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) assert.ok(kept.includes(label), `${title}: ${label}`)
      }
    }
  })

  it('lets no two panels overlap', () => {
    const taken = new Map()
    for (const { id, gridPos: { x, y, w, h } } of dashboard.panels) {
      assert.ok(x + w <= 24, `${id}`)
      for (let column = x; column < x + w; column++)
        for (let line = y; line < y + h; line++) {
          const place = `${column},${line}`
          assert.ok(!taken.has(place), `${id} lies on ${taken.get(place)}`)
          taken.set(place, id)
        }
    }
  })

  it('asks the chosen Prometheus for the chosen namespace and plane', () => {
    for (const { title, datasource, targets } of panels) {
      assert.equal(datasource.uid, '${datasource}', title)
      for (const { expr } of targets) {
        for (const [, name, matchers] of expr.matchAll(/\b((?:scrip|http|jvm|hikaricp|process|up)\w*)\{([^}]*)\}/g))
          assert.match(matchers, /namespace=~"\$namespace",scrip_io_plane=~"\$plane"/, `${title}: ${name}`)
      }
    }
  })

  it('fits into a ConfigMap that Grafana’s sidecar takes and Flux leaves alone', () => {
    assert.ok(text('dashboard.json').length < 1_048_576)
    const { options } = yaml('kustomization.yaml').configMapGenerator[0]
    assert.equal(options.labels.grafana_dashboard, '1')
    assert.equal(options.annotations['kustomize.toolkit.fluxcd.io/substitute'], 'disabled')
  })
})
