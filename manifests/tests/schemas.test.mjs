// Every object of every build against the schema of its kind, where the schemas are at hand.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { validators } from '../../kong/lib/validators.mjs'
import { combinations, objects, others, overlays, schemas, withoutSchemas } from './build.mjs'
import { find } from './pods.mjs'

if (withoutSchemas) console.log(withoutSchemas)

const CRDS = {
  KongPlugin: 'kong-kic/configuration.konghq.com_kongplugins.json',
  KongConsumer: 'kong-kic/configuration.konghq.com_kongconsumers.json',
  HTTPRoute: 'gateway-api-v1.3.0/gateway.networking.k8s.io_httproutes.json',
  SecretProviderClass: 'secrets-store-csi/secrets-store.csi.x-k8s.io_secretproviderclasses.json',
  Certificate: 'cert-manager/cert-manager.io_certificates.json',
  Issuer: 'cert-manager/cert-manager.io_issuers.json',
  GitRepository: 'flux/source.toolkit.fluxcd.io_gitrepositories.json',
  Kustomization: 'flux/kustomize.toolkit.fluxcd.io_kustomizations.json',
  ServiceMonitor: 'prometheus-operator/monitoring.coreos.com_servicemonitors.json',
  PodMonitor: 'prometheus-operator/monitoring.coreos.com_podmonitors.json',
  PrometheusRule: 'prometheus-operator/monitoring.coreos.com_prometheusrules.json',
  Cluster: 'cloudnative-pg/postgresql.cnpg.io_clusters.json',
  ScheduledBackup: 'cloudnative-pg/postgresql.cnpg.io_scheduledbackups.json',
  ObjectStore: 'cloudnative-pg/barmancloud.cnpg.io_objectstores.json',
}
const validator = validators(schemas, CRDS)
const absent = (kind) => CRDS[kind] && !existsSync(join(schemas, CRDS[kind]))

function assertValid(object) {
  const validate = validator(object)
  assert.ok(validate(object), `${object.kind} ${object.metadata.name}: ${JSON.stringify(validate.errors, null, 1)}`)
}

describe('every object is valid', { skip: withoutSchemas }, () => {
  const passedOver = new Set()
  for (const [name, built] of [...combinations(), ...overlays(), ...others()])
    it(name, () => {
      assert.ok(built.length > 0)
      for (const object of built) {
        if (absent(object.kind)) passedOver.add(object.kind)
        else assertValid(object)
      }
    })

  it('but for those kinds that there is no schema of', (context) => {
    if (passedOver.size) context.diagnostic(`SKIPPED: no schema of ${[...passedOver].join(', ')} in this folder`)
    for (const kind of passedOver) assert.match(kind, /^(Cluster|ScheduledBackup|ObjectStore)$/)
  })
})

describe('and a misspelt one is not', { skip: withoutSchemas }, () => {
  const production = () => objects('overlays/production')
  const misspelt = {
    Deployment: (one) => (one.spec.template.spec.containers[0].readynessProbe = {}),
    NetworkPolicy: (one) => (one.spec.egres = []),
    KongPlugin: (one) => (one.configs = {}),
    HorizontalPodAutoscaler: (one) => (one.spec.minreplicas = 1),
    Certificate: (one) => (one.spec.dnsName = []),
    SecretProviderClass: (one) => (one.spec.parameter = {}),
    Ingress: (one) => (one.spec.rules[0].http.paths[0].pathtype = 'Prefix'),
  }
  for (const [kind, spoil] of Object.entries(misspelt))
    it(kind, () => {
      const one = production().find((object) => object.kind === kind)
      assertValid(one)
      spoil(one)
      assert.throws(() => assertValid(one))
    })

  it('nor one of a wrong type', () => {
    const one = find(production(), 'Deployment', 'scrip-read')
    one.spec.template.spec.terminationGracePeriodSeconds = '60'
    assert.throws(() => assertValid(one))
  })

  it('nor a Kustomization of Flux', () => {
    const one = find(objects('flux'), 'Kustomization', 'scrip')
    one.spec.dependOn = []
    assert.throws(() => assertValid(one))
  })
})
