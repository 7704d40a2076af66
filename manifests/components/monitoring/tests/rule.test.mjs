// What an alert has to bring along, and that its runbook is there.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { alerts, rule, text } from './files.mjs'

const runbooks = new Map(
  text('README.md')
    .split(/^### /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section]),
)

describe('the rule', () => {
  it('has a runbook for each alert: what it means, where to look, what to do', () => {
    for (const { alert } of alerts) {
      const section = runbooks.get(alert)
      assert.ok(section, `${alert} has no section in README.md`)
      for (const part of [/\*\*Means\*\*/, /\*\*Look\*\*/, /\*\*[Dd]o\*\*/]) assert.match(section, part, alert)
    }
  })

  it('has no runbook for an alert that there is none of', () => {
    const names = alerts.map(({ alert }) => alert)
    for (const title of runbooks.keys()) assert.ok(names.includes(title), title)
  })

  it('leads to it by a link whose end is the section', () => {
    for (const { alert, annotations } of alerts) {
      assert.match(annotations.runbook_url, /^https:\/\/\S+\/manifests\/components\/monitoring\/README\.md#\w+$/)
      assert.equal(annotations.runbook_url.split('#')[1], alert.toLowerCase())
    }
  })

  it('says of each alert how grave it is and what has happened', () => {
    for (const { alert, labels, annotations } of alerts) {
      assert.deepEqual(Object.keys(labels), ['severity'], alert)
      assert.ok(['critical', 'warning'].includes(labels.severity), alert)
      assert.ok(annotations.summary.length > 10 && annotations.summary.length < 80, alert)
      assert.match(annotations.description, /\.$/, alert)
    }
  })

  it('speaks only of labels that the expression leaves', () => {
    for (const { alert, expr, annotations } of alerts) {
      const kept = expr.match(/\bby \(([^)]*)\)/)?.[1].split(/, ?/)
      for (const [, label] of JSON.stringify(annotations).matchAll(/\$labels\.(\w+)/g))
        assert.ok(!kept || kept.includes(label), `${alert}: ${label}`)
    }
  })

  it('names each alert once, and no group twice', () => {
    const names = [...alerts.map(({ alert }) => alert), ...rule.spec.groups.map(({ name }) => name)]
    assert.equal(new Set(names).size, names.length)
  })
})

describe('the README', () => {
  it('leads nowhere that is not there', () => {
    const anchors = [...runbooks.keys()].map((title) => title.toLowerCase())
    for (const [, anchor] of text('README.md').matchAll(/\]\(#(\w+)\)/g)) assert.ok(anchors.includes(anchor), anchor)
  })
})
