// What was asked of these manifests from the start, one test for each row.
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import { components, manifests, objects, overlays, text, together, yaml } from './build.mjs'
import { containers, find, labels, ofKind, pods, takes } from './pods.mjs'

const production = objects('overlays/production')
const template = (built, kind, name) => find(built, kind, name).spec.template
const mount = ({ spec }, name) => spec.containers[0].volumeMounts.find((one) => one.name === name)
const volume = ({ spec }, name) => spec.volumes.find((one) => one.name === name)
const settings = (built) => Object.assign({}, ...ofKind(built, 'ConfigMap').filter(({ metadata }) => /^scrip-[a-z0-9]{10}$/.test(metadata.name)).map(({ data }) => data))

describe('keys come as files', () => {
  it('by Secret: the whole folder, readable by the group alone, where the settings look', () => {
    const built = together(['secrets-plain'])
    const pod = template(built, 'Deployment', 'scrip')
    for (const [name, place] of Object.entries({
      digest: settings(built).SCRIP_KEYS_DIGEST_ROOTS,
      seal: pod.spec.containers[0].env.find((one) => one.name === 'SCRIP_KEYS_SEAL_ROOTS').value,
    })) {
      assert.deepEqual(mount(pod, name), { name, mountPath: place, readOnly: true })
      assert.deepEqual(volume(pod, name).secret, { secretName: `scrip-${name}-roots`, defaultMode: 0o440 })
    }
    assert.equal(pod.spec.securityContext.fsGroup, 10001)
  })

  it('what opens on the read plane alone, what digests on both', () => {
    const built = together(['kong', 'planes', 'secrets-plain'])
    const [write, read] = ['write', 'read'].map((plane) => template(built, 'Deployment', `scrip-${plane}`))
    assert.ok(volume(write, 'digest') && volume(read, 'digest') && volume(read, 'seal'))
    assert.equal(volume(write, 'seal'), undefined)
  })

  it('by CSI from Key Vault: an identity for each plane, no copy in a Secret, files for this user alone', () => {
    const built = together(['kong', 'planes', 'secrets-csi-azure'])
    const read = template(built, 'Deployment', 'scrip-read')
    for (const name of ['digest', 'seal']) {
      const { parameters, provider, secretObjects } = find(built, 'SecretProviderClass', `scrip-${name}-roots`).spec
      assert.equal(provider, 'azure')
      assert.ok(parameters.clientID && parameters.tenantID && parameters.keyvaultName)
      assert.equal(secretObjects, undefined)
      assert.match(parameters.objects, /objectAlias: \d+\.root/)
      assert.equal(volume(read, `${name}-vault`).csi.volumeAttributes.secretProviderClass, `scrip-${name}-roots`)
      const copies = read.spec.initContainers.find((one) => one.name === `${name}-roots`)
      assert.match(copies.command[2], /^umask 277 && cp -f /)
      assert.equal(volume(read, name).emptyDir.medium, 'Memory')
    }
    for (const plane of ['write', 'read'])
      assert.ok(find(built, 'ServiceAccount', `scrip-${plane}`).metadata.annotations['azure.workload.identity/client-id'])
    assert.deepEqual(template(built, 'Deployment', 'scrip-write').spec.initContainers.map(({ name }) => name), ['digest-roots'])
  })

  it('by the agent of Vault: as this user, with a token for Vault alone, each plane its own role and roots', () => {
    const built = together(['kong', 'planes', 'secrets-vault-agent'])
    const annotations = (plane) => template(built, 'Deployment', `scrip-${plane}`).metadata.annotations
    const vault = (plane, name) => annotations(plane)[`vault.hashicorp.com/${name}`]
    for (const plane of ['write', 'read']) {
      assert.equal(vault(plane, 'agent-inject'), 'true')
      assert.equal(vault(plane, 'role'), `scrip-${plane}`)
      assert.equal(vault(plane, 'agent-run-as-same-user'), 'true')
      assert.equal(vault(plane, 'agent-inject-perms-1.digest.root'), '0400')
      assert.equal(vault(plane, 'secret-volume-path-1.digest.root'), '/etc/scrip/digest')
      const token = volume(template(built, 'Deployment', `scrip-${plane}`), vault(plane, 'agent-service-account-token-volume-name'))
      assert.equal(token.projected.sources[0].serviceAccountToken.audience, 'vault')
    }
    assert.equal(vault('read', 'secret-volume-path-1.seal.root'), '/etc/scrip/seal')
    assert.ok(!Object.keys(annotations('write')).some((name) => /seal/.test(name)))
    // The injector takes the user from the first container.
    assert.equal(template(built, 'Deployment', 'scrip-read').spec.containers[0].securityContext.runAsUser, 10001)
  })
})

describe('the service', () => {
  it('is a Deployment with a Service, and applies alone', () => {
    const base = objects('base')
    assert.deepEqual(base.map(({ kind }) => kind).sort(), ['ConfigMap', 'Deployment', 'Namespace', 'Service', 'Service', 'ServiceAccount'])
    const pod = template(base, 'Deployment', 'scrip')
    assert.ok(takes({ matchLabels: find(base, 'Service', 'scrip').spec.selector }, labels(pod)))
  })

  it('has its settings in a ConfigMap for each environment, and starts anew when they change', () => {
    const audiences = overlays().map(([, built]) => settings(built).SCRIP_AUTH_AUDIENCE)
    assert.equal(new Set(audiences).size, audiences.length)
    for (const [, built] of overlays())
      for (const { template, runs } of pods(built).filter(({ runs }) => runs)) {
        assert.ok(runs)
        assert.match(template.spec.containers[0].envFrom[0].configMapRef.name, /^scrip-[a-z0-9]{10}$/)
      }
  })

  it('keeps H2 on a volume of a class of disks that outlives it', () => {
    const built = together(['h2-single', 'storage-azure'])
    const { volumeClaimTemplates } = find(built, 'StatefulSet', 'scrip').spec
    assert.equal(volumeClaimTemplates[0].spec.storageClassName, 'scrip-disk')
    const storage = find(built, 'StorageClass', 'scrip-disk')
    assert.deepEqual([storage.provisioner, storage.reclaimPolicy, storage.volumeBindingMode], ['disk.csi.azure.com', 'Retain', 'WaitForFirstConsumer'])
    assert.equal(find(built, 'Deployment', 'scrip'), undefined)
  })

  it('is one role in the database for each plane, and the owner only to migrate', () => {
    const user = ({ spec }) => spec.containers[0].env.find(({ name }) => name === 'DATASOURCES_DEFAULT_USERNAME')?.value
    assert.equal(user(template(production, 'Deployment', 'scrip-write')), 'scrip_app')
    assert.equal(user(template(production, 'Deployment', 'scrip-read')), 'scrip_keeper')
    const cluster = find(production, 'Cluster', 'scrip-database').spec
    assert.equal(cluster.bootstrap.initdb.owner, 'scrip_owner')
    assert.deepEqual(cluster.managed.roles.map(({ name }) => name), ['scrip_app', 'scrip_keeper'])
    for (const role of cluster.managed.roles) assert.deepEqual([role.superuser, role.createdb, role.createrole, role.replication], [false, false, false, false])
    const owners = pods(production).filter(({ spec }) => JSON.stringify(spec).includes('scrip-database-owner'))
    assert.deepEqual(owners.map(({ owner }) => owner.kind), ['Job'])
    assert.match(settings(production).DATASOURCES_DEFAULT_URL, /sslmode=verify-full&/)
  })

  it('takes a service account’s token, made for it, by keys that it fetches from the cluster', () => {
    const built = together(['service-accounts'])
    const { SCRIP_AUTH_ISSUERS_CLUSTER_KIND: kind, SCRIP_AUTH_ISSUERS_CLUSTER_CA_FILE: ca, ...rest } = settings(built)
    assert.equal(kind, 'kubernetes')
    const pod = template(built, 'Deployment', 'scrip')
    const { mountPath } = mount(pod, 'cluster-keys')
    assert.equal(dirname(ca), mountPath)
    assert.equal(dirname(rest.SCRIP_AUTH_ISSUERS_CLUSTER_BEARER_TOKEN_FILE), mountPath)
    assert.deepEqual(volume(pod, 'cluster-keys').projected.sources.map((source) => Object.keys(source)[0]), ['serviceAccountToken', 'configMap'])
    const accounts = JSON.parse(rest.MICRONAUT_APPLICATION_JSON).scrip.auth['service-accounts']
    for (const { issuer, subject, permissions } of Object.values(accounts)) {
      assert.equal(issuer, 'cluster')
      assert.match(subject, /^system:serviceaccount:[^:]+:[^:]+$/)
      assert.ok(permissions.every((one) => !/detokenize|decrypt|:keys|erase/.test(one)), 'an example opens nothing')
    }
  })
})

describe('the gateway', () => {
  const ingresses = ofKind(production, 'Ingress')
  const paths = ingresses.flatMap(({ spec }) => spec.rules[0].http.paths.map(({ path, backend }) => ({ path, service: backend.service.name })))
  /** Kong takes the longest prefix. */
  const leads = (call) => paths.filter(({ path }) => call.startsWith(path)).sort((a, b) => b.path.length - a.path.length)[0]?.service

  /** Whatever opens something sealed, and whatever changes keys. */
  const READ = ['detokenize', 'detokenize/batch', 'tokens/lookup', 'tokens/search', 'decrypt', 'decrypt/batch', 'rewrap', 'rewrap/batch', 'keys', 'keys/rotate', 'keys/jobs', 'subjects/erase']
  /** Whatever makes something live. */
  const WRITE = ['tokenize', 'tokenize/batch', 'encrypt', 'encrypt/batch', 'tokens/renew', 'tokens/revoke', 'templates/card', 'audit/events']

  it('routes by path: each call to the plane that has it', () => {
    for (const call of READ) assert.equal(leads(`/v1/${call}`), 'scrip-read', call)
    for (const call of WRITE) assert.equal(leads(`/v1/${call}`), 'scrip-write', call)
    for (const beyond of ['/', '/v1', '/v2/tokenize', '/health/readiness', '/prometheus', '/swagger-ui']) assert.equal(leads(beyond), undefined, beyond)
  })

  it('routes the same by HTTPRoute', () => {
    const routes = ofKind(together(['gateway-api', 'planes']), 'HTTPRoute')
    const read = routes.find(({ metadata }) => metadata.name === 'scrip-read').spec.rules[0].matches.map(({ path }) => path.value)
    assert.deepEqual(read, paths.filter(({ service }) => service === 'scrip-read').map(({ path }) => path))
  })

  it('verifies tokens by kid, counts each caller apart, and knows the tenant as a consumer', () => {
    const plugin = (name) => find(production, 'KongPlugin', name).config
    assert.equal(plugin('scrip-jwt').key_claim_name, 'kid')
    assert.deepEqual(plugin('scrip-jwt').claims_to_verify, ['exp'])
    for (const name of ['scrip-rate-read', 'scrip-rate-write']) assert.equal(plugin(name).limit_by, 'credential')
    assert.deepEqual(find(production, 'KongConsumer', 'auth0-tenant').credentials, ['scrip-auth0-previous', 'scrip-auth0-current', 'scrip-auth0-next'])
  })

  it('asks for the same issuer and audience as the service, in each environment', () => {
    for (const [, built] of overlays())
      for (const name of ['scrip-claims-read', 'scrip-claims-write']) {
        const { issuers, audiences } = find(built, 'KongPlugin', name).config
        assert.deepEqual([issuers, audiences], [[settings(built).SCRIP_AUTH_ISSUERS_AUTH0_ISSUER], [settings(built).SCRIP_AUTH_AUDIENCE]])
      }
  })

  it('and as the tenant is configured', () => {
    for (const name of ['staging', 'production']) {
      const tenant = JSON.parse(text(`../auth0/config-${name}.json`))
      const { SCRIP_AUTH_AUDIENCE: audience, SCRIP_AUTH_ISSUERS_AUTH0_ISSUER: issuer } = settings(objects(`overlays/${name}`))
      assert.deepEqual([issuer, audience], [`https://${tenant.AUTH0_DOMAIN}/`, tenant.AUTH0_KEYWORD_REPLACE_MAPPINGS.SCRIP_AUDIENCE])
    }
  })

  it('has a certificate for each host that it answers to', () => {
    for (const name of ['staging', 'production']) {
      const built = objects(`overlays/${name}`)
      const { secretName, dnsNames } = find(built, 'Certificate', 'scrip-gateway').spec
      for (const { spec } of ofKind(built, 'Ingress')) {
        assert.deepEqual(spec.tls, [{ hosts: dnsNames, secretName }])
        assert.deepEqual([spec.rules[0].host], dnsNames)
      }
    }
  })

  it('speaks TLS to the service, and looks at the name', () => {
    const names = find(production, 'Certificate', 'scrip-service').spec.dnsNames
    for (const service of ['scrip-read', 'scrip-write']) {
      const said = (name) => find(production, 'Service', service).metadata.annotations[`konghq.com/${name}`]
      assert.deepEqual([said('protocol'), said('tls-verify')], ['https', 'true'])
      assert.ok(names.includes(said('host-header')))
    }
    assert.equal(settings(production).MICRONAUT_SERVER_SSL_PORT, '8080')
  })

  it('gets its plugin in its own namespace, file by file', () => {
    const built = objects('components/kong/gateway')
    const map = find(built, 'ConfigMap', yaml('../kong/values.yaml').gateway.plugins.configMaps[0].name)
    assert.equal(map.metadata.namespace, 'kong')
    assert.deepEqual(Object.keys(map.data).sort(), readdirSync(join(manifests, '../kong/plugins/scrip-claims/kong/plugins/scrip-claims')).sort())
  })
})

describe('the network', () => {
  const policy = (name) => find(production, 'NetworkPolicy', name).spec
  it('lets in the gateway’s pods of the gateway’s namespace, and pods that both sides marked', () => {
    for (const name of ['api-from-gateway', 'api-from-trusted-readers', 'api-from-trusted-writers']) {
      const [{ from, ports }] = policy(name).ingress
      assert.equal(from.length, 1)
      assert.ok(from[0].namespaceSelector && from[0].podSelector)
      assert.deepEqual(ports, [{ protocol: 'TCP', port: 8080 }])
    }
  })

  it('lets a trusted reader to the read plane alone', () => {
    const [write, read] = ['write', 'read'].map((plane) => labels(template(production, 'Deployment', `scrip-${plane}`)))
    assert.ok(takes(policy('api-from-trusted-readers').podSelector, read))
    assert.ok(!takes(policy('api-from-trusted-readers').podSelector, write))
  })

  it('lets out to names, keys and the database', () => {
    const out = ofKind(production, 'NetworkPolicy').filter(({ spec }) => spec.egress && takes(spec.podSelector, labels(template(production, 'Deployment', 'scrip-read'))))
    assert.deepEqual(out.map(({ metadata }) => metadata.name).sort(), ['database', 'dns', 'issuer-keys'])
  })
})

describe('the folder', () => {
  it('has a page for each component', () => {
    for (const name of components().filter((name) => !name.includes('/')))
      assert.ok(existsSync(join(manifests, 'components', name, 'README.md')), name)
  })

  it('stages what it runs', () => {
    const list = (name) => yaml(`overlays/${name}/kustomization.yaml`).components
    assert.deepEqual(list('staging'), list('production'))
  })

  it('has one resource in a file, named by its kind', () => {
    const words = (kind) => kind.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()
    for (const place of ['base', 'components', 'overlays/cluster', 'flux'])
      for (const file of readdirSync(join(manifests, place), { recursive: true }).filter((name) => name.endsWith('.yaml'))) {
        const name = file.split('/').at(-1)
        const content = yaml(join(place, file))
        if (name === 'kustomization.yaml' || /^pod-/.test(name) || Array.isArray(content)) continue
        assert.ok(name.startsWith(words(content.kind)), `${file}: ${content.kind}`)
      }
  })

  it('shows no other image than the service’s and PostgreSQL’s', () => {
    const names = new Set(pods(production).flatMap(({ spec }) => containers(spec).map(({ image }) => image.split('@')[0])))
    assert.deepEqual([...names].sort(), ['docker.io/library/postgres', 'registry.example.com/scrip'])
  })
})
