// No build may break a policy; and each policy is seen to complain when one does.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { combinations, objects, overlays } from './build.mjs'
import { facts } from './facts.mjs'
import { containers, find, ofKind, pods } from './pods.mjs'
import { digests, POLICIES } from './policies.mjs'

const builds = [...combinations(), ...overlays(), ['overlays/cluster', objects('overlays/cluster')]]

describe('nothing that we would not sign', () => {
  for (const [name, built] of builds)
    it(name, () => {
      const complaints = Object.entries(POLICIES).flatMap(([policy, check]) => check(built, facts).map((line) => `${policy}: ${line}`))
      assert.deepEqual(complaints, [])
    })

  for (const name of ['staging', 'production'])
    it(`${name} runs digests`, () => assert.deepEqual(digests(objects(`overlays/${name}`)), []))
})

const production = 'overlays/production'
const first = (built) => pods(built).find(({ owner }) => owner.kind === 'Deployment')
const container = (built) => first(built).spec.containers[0]
const ingress = (built) => ofKind(built, 'Ingress')[0]
const network = (built, name) => find(built, 'NetworkPolicy', name).spec
const without = (built, kind) => built.splice(0, built.length, ...built.filter((one) => one.kind !== kind))
const local = 'overlays/local'
const statefulSet = (built) => find(built, 'StatefulSet', 'scrip').spec
const write = (built) => find(built, 'Deployment', 'scrip-write').spec.template.spec

/** What is broken, and in which build; every policy several times. */
const SPOILT = {
  securityContext: [
    ['runs as root', (built) => (first(built).spec.securityContext.runAsUser = 0)],
    ['without seccomp', (built) => delete first(built).spec.securityContext.seccompProfile],
    ['a writable root', (built) => (container(built).securityContext.readOnlyRootFilesystem = false)],
    ['a capability', (built) => (container(built).securityContext.capabilities.add = ['NET_ADMIN'])],
    ['an init container with none', (built) => delete containers(first(built).spec)[0].securityContext],
    ["the node's files", (built) => first(built).spec.volumes.push({ name: 'x', hostPath: { path: '/' } })],
    ['the node’s network', (built) => (first(built).spec.hostNetwork = true)],
  ],
  surroundings: [
    ['service links', (built) => delete first(built).spec.enableServiceLinks],
    ['a mounted token', (built) => (first(built).spec.automountServiceAccountToken = true)],
    ['/tmp on a disk', (built) => delete first(built).spec.volumes.find(({ name }) => name === 'tmp').emptyDir.medium],
  ],
  resources: [
    ['no limit', (built) => delete container(built).resources.limits.memory],
    ['no request', (built) => delete container(built).resources.requests.cpu],
    ['too little', (built) => (container(built).resources.limits.memory = '256Mi')],
  ],
  probes: [
    ['none', (built) => delete container(built).startupProbe],
    ['on the API', (built) => (container(built).livenessProbe.httpGet.port = 'http')],
    ['liveness that asks the store', (built) => (container(built).livenessProbe.httpGet.path = '/health/readiness')],
  ],
  shutdown: [
    ['no pause', (built) => delete container(built).lifecycle],
    ['killed in the drain', (built) => (first(built).spec.terminationGracePeriodSeconds = 30)],
  ],
  images: [
    ['latest', (built) => (container(built).image = 'scrip:latest')],
    ['nothing', (built) => (container(built).image = 'registry.example.com:5000/scrip')],
  ],
  digests: [
    ['a tag', (built) => (container(built).image = 'scrip:1')],
    ['a tag of the database', (built) => (ofKind(built, 'Cluster')[0].spec.imageName = 'postgresql:17.6')],
  ],
  noSecrets: [
    ['a Secret', (built) => built.push({ kind: 'Secret', metadata: { name: 'x' } })],
    ['a password', (built) => (find(built, 'ConfigMap', configOf(built)).data.DATASOURCES_DEFAULT_PASSWORD = 'x')],
    ['a password in an address', (built) => (find(built, 'ConfigMap', configOf(built)).data.X = 'jdbc:postgresql://u:p@h/d')],
    ['a key', (built) => (find(built, 'ConfigMap', configOf(built)).data.X = '-----BEGIN PRIVATE KEY-----')],
    ['a secret variable', (built) => container(built).env.push({ name: 'X', valueFrom: { secretKeyRef: { name: 'x', key: 'x' } } })],
    ['a copy in etcd', (built) => (ofKind(built, 'SecretProviderClass')[0].spec.secretObjects = [{}])],
  ],
  routes: [
    ['no annotation', (built) => delete ingress(built).metadata.annotations['konghq.com/plugins']],
    ['no jwt', (built) => spoilPlugins(built, 'scrip-jwt,', '')],
    ['no rate', (built) => spoilPlugins(built, /scrip-rate-\w+,/, '')],
    ['a plugin that there is not', (built) => spoilPlugins(built, 'scrip-jwt', 'scrip-jwtt')],
    ['the old spelling', (built) => (ingress(built).metadata.annotations['plugins.konghq.com'] = 'scrip-jwt')],
    ['plain HTTP', (built) => (ingress(built).metadata.annotations['konghq.com/protocols'] = 'http,https')],
    ['another class', (built) => delete ingress(built).spec.ingressClassName],
    ['every path', (built) => (ingress(built).spec.rules[0].http.paths[0].path = '/')],
    ['a host without certificate', (built) => (ingress(built).spec.rules[0].host = 'x.example.com')],
    ['jwt from a Secret', (built) => (find(built, 'KongPlugin', 'scrip-jwt').configFrom = {})],
    ['an anonymous consumer', (built) => (find(built, 'KongPlugin', 'scrip-jwt').config.anonymous = 'x')],
    ['a consumer of no class', (built) => delete ofKind(built, 'KongConsumer')[0].metadata.annotations],
  ],
  connections: [
    ['no Service', (built) => (ingress(built).spec.rules[0].http.paths[0].backend.service.name = 'x')],
    ['no such port', (built) => (ingress(built).spec.rules[0].http.paths[0].backend.service.port.name = 'x')],
    ['a selector of none', (built) => (find(built, 'Service', 'scrip-read').spec.selector = { x: 'y' })],
    ['a target of none', (built) => (find(built, 'Service', 'scrip-read').spec.ports[0].targetPort = 9090)],
    ['a load balancer', (built) => (find(built, 'Service', 'scrip-read').spec.type = 'LoadBalancer')],
    ['a budget for none', (built) => (ofKind(built, 'PodDisruptionBudget')[0].spec.selector.matchLabels = { x: 'y' })],
    ['a scaler for none', (built) => (ofKind(built, 'HorizontalPodAutoscaler')[0].spec.scaleTargetRef.name = 'x')],
    ['a scaler and a count', (built) => (first(built).owner.spec.replicas = 3)],
  ],
  references: [
    ['no ConfigMap', (built) => (container(built).envFrom[0].configMapRef.name = 'x')],
    ['no volume', (built) => container(built).volumeMounts.push({ name: 'x', mountPath: '/x' })],
    ['a subPath', (built) => (container(built).volumeMounts[0].subPath = 'x')],
    ['no provider', (built) => without(built, 'SecretProviderClass')],
    ['open files', (built) => (first(built).spec.volumes.find(({ name }) => name === 'tls').secret.defaultMode = 0o444)],
    ['others’ pods', (built) => (first(built).owner.spec.selector.matchLabels = { x: 'y' })],
    ['spread by others', (built) => (first(built).spec.topologySpreadConstraints[0].labelSelector.matchLabels = { x: 'y' })],
  ],
  accounts: [
    ['none', (built) => without(built, 'ServiceAccount')],
    ['one with a token', (built) => delete ofKind(built, 'ServiceAccount')[0].automountServiceAccountToken],
    ['one for both planes', (built) => (write(built).serviceAccountName = 'scrip-read')],
    ['a right for the service', (built) => built.push(binding('scrip-read'))],
    ['a wildcard', (built) => built.push(role({ apiGroups: [''], resources: ['*'], verbs: ['get'] }))],
    ['every Secret', (built) => built.push(role({ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }))],
    ['a shell', (built) => built.push(role({ apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] }))],
    ['the whole cluster', (built) => built.push({ ...role(), kind: 'ClusterRole' })],
  ],
  planes: [
    ['a seal root to write', (built) => write(built).containers[0].volumeMounts.push({ name: 'seal', mountPath: '/etc/scrip/seal' })],
    ['one for all', (built) => (find(built, 'ConfigMap', configOf(built)).data.SCRIP_KEYS_SEAL_ROOTS = '/x')],
    ['the label of the other', (built) => (write(built).containers[0].env.find(({ name }) => name === 'SCRIP_PLANE').value = 'read')],
    ['no root to read', (built) => (find(built, 'Deployment', 'scrip-read').spec.template.spec.containers[0].env = [{ name: 'SCRIP_PLANE', value: 'read' }])],
    ['one Service for both', (built) => delete find(built, 'Service', 'scrip-write').spec.selector['scrip.io/plane']],
    ['one alone', (built) => built.splice(built.indexOf(find(built, 'Deployment', 'scrip-write')), 1)],
  ],
  oneWriterOnH2: [
    ['two pods', (built) => (statefulSet(built).replicas = 2), local],
    ['many nodes', (built) => (statefulSet(built).volumeClaimTemplates[0].spec.accessModes = ['ReadWriteMany']), local],
    ['a scaler', (built) => built.push({ kind: 'HorizontalPodAutoscaler', metadata: { name: 'x' } }), local],
    ['in the pod', (built) => statefulSet(built).template.spec.volumes.push({ name: 'data', emptyDir: {} }), local],
    ['deleted with it', (built) => delete statefulSet(built).persistentVolumeClaimRetentionPolicy, local],
  ],
  networks: [
    ['open by default', (built) => network(built, 'default-deny').policyTypes.pop()],
    ['everybody', (built) => (network(built, 'api-from-gateway').ingress[0].from = [])],
    ['a whole namespace', (built) => delete network(built, 'api-from-gateway').ingress[0].from[0].podSelector],
    ['a namespace or a pod', (built) => splitFrom(network(built, 'api-from-gateway').ingress[0])],
    ['addresses', (built) => (network(built, 'api-from-gateway').ingress[0].from = [{ ipBlock: { cidr: '10.0.0.0/8' } }])],
    ['a port of none', (built) => (network(built, 'api-from-gateway').ingress[0].ports[0].port = 9090)],
    ['every port', (built) => delete network(built, 'api-from-gateway').ingress[0].ports],
    ['pods of none', (built) => (network(built, 'api-from-gateway').podSelector.matchLabels = { x: 'y' })],
    ['metadata of the cloud', (built) => delete network(built, 'issuer-keys').egress[0].to[0].ipBlock.except],
    ['out to everywhere', (built) => delete network(built, 'issuer-keys').egress[0].to],
    ['management to the gateway', (built) => network(built, 'api-from-gateway').ingress[0].ports.push({ port: 8081 })],
  ],
  restricted: [
    ['baseline', (built) => (ofKind(built, 'Namespace')[0].metadata.labels['pod-security.kubernetes.io/enforce'] = 'baseline'), 'overlays/cluster'],
    ['unpinned', (built) => (ofKind(built, 'Namespace')[0].metadata.labels['pod-security.kubernetes.io/enforce-version'] = 'latest'), local],
  ],
  namespaces: [['none', (built) => delete first(built).owner.metadata.namespace]],
}

const configOf = (built) => ofKind(built, 'ConfigMap').find(({ data }) => data.SCRIP_KEYS_DIGEST_ROOTS).metadata.name
const binding = (name) => ({ kind: 'RoleBinding', metadata: { name: 'x' }, subjects: [{ kind: 'ServiceAccount', name }] })
const role = (...rules) => ({ kind: 'Role', metadata: { name: 'x' }, rules })
function spoilPlugins(built, what, by) {
  const { annotations } = ingress(built).metadata
  annotations['konghq.com/plugins'] = annotations['konghq.com/plugins'].replace(what, by)
}
function splitFrom(rule) {
  rule.from = rule.from.flatMap(({ namespaceSelector, podSelector }) => [{ namespaceSelector }, { podSelector }])
}

describe('each policy complains', () => {
  for (const [name, cases] of Object.entries(SPOILT))
    for (const [what, spoil, folder = production] of cases)
      it(`${name}: ${what}`, () => {
        const built = objects(folder)
        spoil(built)
        assert.notDeepEqual((POLICIES[name] ?? digests)(built, facts), [])
      })

  it('and none is left out', () => assert.deepEqual(Object.keys(POLICIES).filter((name) => !SPOILT[name]), []))
})
