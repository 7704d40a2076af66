// What keeps the signing keys may do just that, and fits what it is for.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { resources, text, yaml } from './files.mjs'

const found = resources('../auth0/reconciler')
const named = (kind) => found.get(`${kind} scrip-reconciler`)
const job = named('CronJob').spec
const pod = job.jobTemplate.spec.template
const [container] = pod.spec.containers
const argument = (name) =>
  container.args.find((one) => one.startsWith(`--${name}=`)).slice(name.length + 3)
const sorted = (names) => names.toSorted()

describe('the reconciler’s rights', () => {
  const [rule, ...others] = named('Role').rules

  it('are the Secrets that the consumer names, to read and to replace', () => {
    assert.deepEqual(others, [])
    assert.deepEqual(rule.apiGroups, [''])
    assert.deepEqual(rule.resources, ['secrets'])
    assert.deepEqual(sorted(rule.resourceNames), sorted(yaml('resources/common/kong-consumer.yaml').credentials))
    assert.deepEqual(rule.verbs, ['get', 'update'])
  })

  it('are its own account’s and nobody else’s', () => {
    assert.equal(named('RoleBinding').roleRef.kind, 'Role')
    assert.equal(named('RoleBinding').roleRef.name, named('Role').metadata.name)
    assert.deepEqual(named('RoleBinding').subjects, [{ kind: 'ServiceAccount', name: 'scrip-reconciler' }])
    assert.equal(pod.spec.serviceAccountName, 'scrip-reconciler')
    assert.equal(named('ServiceAccount').automountServiceAccountToken, false)
  })

  it('come with no Secret that an apply would put back', () => {
    assert.equal(
      [...found.values()].some(({ kind }) => kind === 'Secret'),
      false,
    )
  })
})

describe('the reconciler’s pod', () => {
  it('is nobody, can become nobody, and writes nothing but its own memory', () => {
    assert.equal(pod.spec.securityContext.runAsNonRoot, true)
    assert.ok(pod.spec.securityContext.runAsUser > 0)
    assert.equal(pod.spec.securityContext.seccompProfile.type, 'RuntimeDefault')
    assert.equal(container.securityContext.allowPrivilegeEscalation, false)
    assert.equal(container.securityContext.readOnlyRootFilesystem, true)
    assert.deepEqual(container.securityContext.capabilities, { drop: ['ALL'] })
    for (const { emptyDir } of pod.spec.volumes) assert.equal(emptyDir.medium, 'Memory')
    assert.equal(container.resources.limits.memory, container.resources.requests.memory)
  })

  it('is no pod of the service’s', () => {
    for (const name of ['service-read', 'service-write']) {
      const { selector } = yaml(`resources/common/${name}.yaml`).spec
      assert.notEqual(pod.metadata.labels['app.kubernetes.io/name'], selector['app.kubernetes.io/name'])
    }
  })

  it('is one at a time and ends', () => {
    assert.equal(job.concurrencyPolicy, 'Forbid')
    assert.equal(pod.spec.restartPolicy, 'Never')
    assert.ok(job.jobTemplate.spec.activeDeadlineSeconds < 600, 'before the next one')
  })

  it('is reached by nobody', () => {
    const policy = named('NetworkPolicy').spec
    assert.deepEqual(policy.podSelector.matchLabels, { 'app.kubernetes.io/name': 'scrip-reconciler' })
    assert.deepEqual(policy.policyTypes, ['Ingress', 'Egress'])
    assert.equal(policy.ingress, undefined)
  })
})

describe('the reconciler’s command', () => {
  it('is the one that there is', () => assert.deepEqual(container.args.slice(0, 2), ['auth0', 'sync-keys']))

  it('asks the tenant whose tokens the gateway takes', () => {
    const { issuers } = yaml('resources/common/kong-plugin-claims-read.yaml').config
    assert.deepEqual(issuers, [argument('issuer')])
  })

  it('keeps a key for as long as the gateway takes a token', () => {
    const hours = Number(/^PT(\d+)H$/.exec(argument('retain'))[1])
    assert.ok(hours * 3600 >= yaml('resources/common/kong-plugin-jwt.yaml').config.maximum_expiration)
  })

  it('is described where it is used', () => {
    for (const page of ['../auth0/README.md', 'README.md', '../app/README.md']) {
      assert.ok(text(page).includes('auth0 sync-keys'), page)
    }
  })
})
