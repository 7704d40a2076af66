import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { objects, repository } from './build.mjs'
import { find, ofKind } from './pods.mjs'

const flux = objects('flux')
const kustomizations = ofKind(flux, 'Kustomization')
const named = (name) => find(flux, 'Kustomization', name).spec

/** What the API calls each kind that production is made of. */
const plural = (kind) => `${kind.toLowerCase()}${/s$/.test(kind) ? 'es' : /y$/.test(kind) ? '' : 's'}`.replace(/y$/, 'ies')

describe('Flux', () => {
  it('takes what somebody signed whom it knows', () => {
    const source = find(flux, 'GitRepository', 'scrip').spec
    assert.equal(source.verify.mode, 'HEAD')
    assert.ok(source.verify.secretRef.name)
    assert.match(source.url, /^(ssh|https):/)
  })

  it('applies folders that there are, from the one source', () => {
    for (const { spec } of kustomizations) {
      assert.deepEqual(spec.sourceRef, { kind: 'GitRepository', name: 'scrip' })
      assert.ok(existsSync(join(repository, spec.path, 'kustomization.yaml')), spec.path)
    }
  })

  it('does not leave out of the source what these are made of', () => {
    const ignored = find(flux, 'GitRepository', 'scrip').spec.ignore.trim().split('\n')
    for (const needed of ['/manifests', '/kong/resources', '/kong/plugins', '/app/src/main/resources/db', '/auth0'])
      for (const path of ignored) assert.ok(!needed.startsWith(path), `${path} hides ${needed}`)
    for (const path of ignored.filter((path) => path !== '/app/src/bench')) assert.ok(existsSync(join(repository, path)), path)
  })

  it('brings what is the cluster’s and the gateway’s first', () => {
    assert.deepEqual(named('scrip').dependsOn.map(({ name }) => name).sort(), ['scrip-cluster', 'scrip-gateway'])
    for (const { name } of named('scrip').dependsOn) assert.ok(find(flux, 'Kustomization', name))
  })

  it('says that it is done when everything is well, and not before', () => {
    for (const { spec } of kustomizations) assert.equal(spec.wait, true)
    assert.deepEqual(named('scrip').healthCheckExprs.map(({ kind }) => kind).sort(), ['Cluster', 'KongConsumer', 'KongPlugin'])
  })

  it('substitutes nothing: ${…} in Lua, shell and SQL stays what it is', () => {
    for (const { spec } of kustomizations) assert.equal(spec.postBuild, undefined)
  })

  it('never deletes the namespace, nor the database', () => {
    assert.equal(named('scrip-cluster').prune, false)
    const prune = 'kustomize.toolkit.fluxcd.io/prune'
    assert.equal(find(objects('overlays/production'), 'Cluster', 'scrip-database').metadata.annotations[prune], 'disabled')
  })

  it('replaces the migration, which cannot be changed', () => {
    const job = find(objects('overlays/production'), 'Job', 'scrip-migrate')
    assert.equal(job.metadata.annotations['kustomize.toolkit.fluxcd.io/force'], 'enabled')
  })
})

describe('the account that rolls out', () => {
  const cluster = objects('overlays/cluster')
  const { rules } = find(cluster, 'Role', 'scrip-rollout')
  const may = (group, resource) =>
    rules.some(({ apiGroups, resources, verbs }) => apiGroups.includes(group) && resources.includes(resource) && verbs.includes('patch'))
  const production = objects('overlays/production')
  const wanted = new Set(production.map(({ apiVersion, kind }) => `${apiVersion.includes('/') ? apiVersion.split('/')[0] : ''} ${plural(kind)}`))

  it('is the one that Flux uses', () => {
    const { serviceAccountName } = named('scrip')
    const account = find(cluster, 'ServiceAccount', serviceAccountName)
    const [subject] = find(cluster, 'RoleBinding', 'scrip-rollout').subjects
    assert.deepEqual([account.metadata.namespace, subject.name, subject.namespace], ['flux-system', serviceAccountName, 'flux-system'])
    const admission = find(cluster, 'ValidatingAdmissionPolicy', 'scrip-gateway')
    assert.ok(JSON.stringify(admission).includes(`system:serviceaccount:flux-system:${serviceAccountName}`))
  })

  it('may make all that production is made of', () => {
    for (const one of wanted) assert.ok(may(...one.split(' ')), one)
  })

  it('and no more', () => {
    /** Of components that an overlay may leave out. */
    const besides = ['servicemonitors', 'podmonitors', 'prometheusrules'].map((name) => `monitoring.coreos.com ${name}`)
    for (const { apiGroups, resources, verbs } of rules.filter(({ verbs }) => verbs.includes('create')))
      for (const resource of resources) assert.ok(wanted.has(`${apiGroups[0]} ${resource}`) || besides.includes(`${apiGroups[0]} ${resource}`), `${resource}: ${verbs}`)
  })
})
