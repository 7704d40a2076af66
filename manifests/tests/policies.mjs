// What we would not sign. Each looks at all objects of a build and says what is wrong, one line for each.
import { called, containers, find, labels, ofKind, pods, portOf, takes } from './pods.mjs'

const SCRIP = 'app.kubernetes.io/name'
const PLANE = 'scrip.io/plane'
const isScrip = ({ template }) => labels(template)[SCRIP] === 'scrip'
const planeOf = ({ template }) => labels(template)[PLANE]
const annotation = ({ metadata }, name) => metadata.annotations?.[name]

/** A list of complaints from a generator that yields them. */
const policy = (check) => (objects, facts) => [...check(objects, facts)]

export const securityContext = policy(function* (objects) {
  for (const { owner, spec } of pods(objects)) {
    const pod = spec.securityContext ?? {}
    if (pod.runAsNonRoot !== true) yield `${called(owner)}: runAsNonRoot is not set`
    if (!(pod.runAsUser > 0) || !(pod.runAsGroup > 0)) yield `${called(owner)}: no numeric user and group`
    if (pod.seccompProfile?.type !== 'RuntimeDefault') yield `${called(owner)}: no seccomp profile`
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace'])
      if (spec[field]) yield `${called(owner)}: ${field}`
    for (const volume of spec.volumes ?? []) if (volume.hostPath) yield `${called(owner)}: the volume ${volume.name} is the node's`
    for (const container of containers(spec)) {
      const own = container.securityContext ?? {}
      const at = `${called(owner)}, ${container.name}`
      if (own.allowPrivilegeEscalation !== false) yield `${at}: may escalate`
      if (own.privileged !== false) yield `${at}: privileged is not ruled out`
      if (own.readOnlyRootFilesystem !== true) yield `${at}: its root file system is writable`
      if (own.capabilities?.drop?.join() !== 'ALL' || own.capabilities?.add) yield `${at}: keeps capabilities`
      if (own.runAsUser === 0 || own.runAsNonRoot === false) yield `${at}: runs as root`
    }
  }
})

export const surroundings = policy(function* (objects) {
  const bound = new Set(ofKind(objects, 'RoleBinding').flatMap(({ subjects }) => subjects.map(({ name }) => name)))
  for (const { owner, spec } of pods(objects)) {
    if (spec.enableServiceLinks !== false) yield `${called(owner)}: service links become SCRIP_… variables`
    if (spec.automountServiceAccountToken !== false && !bound.has(spec.serviceAccountName))
      yield `${called(owner)}: a token of the account is mounted, and no Role makes it of use`
    for (const { name, emptyDir } of spec.volumes ?? [])
      if (emptyDir && !(emptyDir.medium === 'Memory' && emptyDir.sizeLimit)) yield `${called(owner)}: ${name} is on a disk, or has no bound`
  }
})

const MEGA = { Ki: 1 / 1024, Mi: 1, Gi: 1024 }
const megabytes = (quantity) => {
  const [, number, unit] = /^([0-9.]+)(Ki|Mi|Gi)$/.exec(quantity) ?? []
  return Number(number) * MEGA[unit]
}

export const resources = policy(function* (objects) {
  for (const { owner, spec, runs } of pods(objects))
    for (const { name, resources = {} } of containers(spec)) {
      for (const side of ['requests', 'limits'])
        for (const what of ['cpu', 'memory', 'ephemeral-storage'])
          if (resources[side]?.[what] === undefined) yield `${called(owner)}, ${name}: no ${what} in ${side}`
      if (runs && name === 'scrip' && !(megabytes(resources.limits?.memory) >= 384))
        yield `${called(owner)}, ${name}: less memory than the image's own heap and buffers take`
    }
})

export const probes = policy(function* (objects) {
  for (const { owner, spec, runs } of pods(objects).filter(({ runs }) => runs))
    for (const container of spec.containers) {
      for (const kind of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
        const get = container[kind]?.httpGet
        if (!get) yield `${called(owner)}, ${container.name}: no ${kind}`
        else if (portOf(spec, get.port) !== 8081) yield `${called(owner)}, ${container.name}: ${kind} is not on the management port`
        else if ((kind === 'readinessProbe') !== get.path.endsWith('/readiness'))
          yield `${called(owner)}, ${container.name}: ${kind} asks ${get.path}`
      }
    }
})

/** @param facts {{graceSeconds: number, drainSeconds: number}} as the service has them */
export const shutdown = policy(function* (objects, { graceSeconds, drainSeconds }) {
  for (const { owner, spec } of pods(objects).filter((pod) => isScrip(pod) && pod.runs)) {
    const pause = spec.containers[0].lifecycle?.preStop?.sleep?.seconds ?? 0
    if (pause < 5) yield `${called(owner)}: no pause before SIGTERM, calls would meet a closed port`
    const needed = pause + graceSeconds + drainSeconds
    if (!(spec.terminationGracePeriodSeconds > needed))
      yield `${called(owner)}: killed after ${spec.terminationGracePeriodSeconds} s, it may need ${needed} s`
  }
})

export const images = policy(function* (objects) {
  for (const { owner, spec } of pods(objects))
    for (const { name, image } of containers(spec)) {
      if (!/(:[^:/@]+|@sha256:[0-9a-f]{64})$/.test(image)) yield `${called(owner)}, ${name}: ${image} has no version`
      if (/:latest(@|$)/.test(image)) yield `${called(owner)}, ${name}: ${image} is whatever is latest`
    }
  for (const cluster of ofKind(objects, 'Cluster'))
    if (!/:[0-9]/.test(cluster.spec.imageName ?? '')) yield `${called(cluster)}: its image has no version`
})

export const digests = policy(function* (objects) {
  const all = [
    ...pods(objects).flatMap(({ owner, spec }) => containers(spec).map(({ image }) => [owner, image])),
    ...ofKind(objects, 'Cluster').map((owner) => [owner, owner.spec.imageName]),
  ]
  for (const [owner, image] of all) if (!/@sha256:[0-9a-f]{64}$/.test(image)) yield `${called(owner)}: ${image} is no digest`
})

export const noSecrets = policy(function* (objects) {
  for (const secret of ofKind(objects, 'Secret')) yield `${called(secret)}: Secrets are not kept here`
  for (const { owner, spec } of pods(objects))
    for (const { name, env = [], envFrom = [] } of containers(spec)) {
      for (const { name: variable, value, valueFrom } of env) {
        if (valueFrom?.secretKeyRef) yield `${called(owner)}, ${name}: ${variable} is a secret in the environment`
        if (value !== undefined && /PASSWORD|SECRET_|TOKEN$/.test(variable)) yield `${called(owner)}, ${name}: ${variable} stands there`
      }
      for (const { secretRef } of envFrom) if (secretRef) yield `${called(owner)}, ${name}: a whole Secret in the environment`
    }
  for (const map of ofKind(objects, 'ConfigMap'))
    for (const [key, value] of Object.entries(map.data ?? {}))
      if (/PASSWORD|SECRET/.test(key) || /PRIVATE KEY|password=[^&\s]|:\/\/[^/\s:@]+:[^/\s@]+@/.test(value))
        yield `${called(map)}: ${key} looks like a secret`
  for (const provider of ofKind(objects, 'SecretProviderClass'))
    if (provider.spec.secretObjects) yield `${called(provider)}: copies its secrets into etcd`
})

function pluginsOf(route) {
  return route.kind === 'Ingress'
    ? [(annotation(route, 'konghq.com/plugins') ?? '').split(',').map((name) => name.trim())]
    : route.spec.rules.map(({ filters = [] }) => filters.flatMap(({ extensionRef }) => extensionRef?.name ?? []))
}

export const routes = policy(function* (objects) {
  for (const route of ofKind(objects, 'Ingress', 'HTTPRoute')) {
    for (const names of pluginsOf(route)) {
      const plugins = names.map((name) => find(objects, 'KongPlugin', name))
      for (const [index, plugin] of plugins.entries()) if (!plugin) yield `${called(route)}: there is no plugin ${names[index]}`
      for (const needed of ['jwt', 'scrip-claims', 'request-size-limiting', 'rate-limiting'])
        if (!plugins.some((plugin) => plugin?.plugin === needed)) yield `${called(route)}: is served without ${needed}`
    }
    for (const key of Object.keys(route.metadata.annotations ?? {}))
      if (/^(plugins\.konghq|configuration\.konghq|konghq\.com\/plugin$)/.test(key)) yield `${called(route)}: nobody reads ${key}`
    if (annotation(route, 'konghq.com/strip-path') !== 'false') yield `${called(route)}: strip-path is not said`
    if (route.kind === 'Ingress') yield* ingress(route)
    else if (route.spec.parentRefs.some(({ sectionName }) => !sectionName)) yield `${called(route)}: takes whatever listener there is`
  }
  for (const plugin of ofKind(objects, 'KongPlugin')) {
    if (plugin.configFrom || plugin.configPatches) yield `${called(plugin)}: without its Secret it would be dropped, and the route left open`
    if (/function/.test(plugin.plugin)) yield `${called(plugin)}: runs code in the gateway`
    if (plugin.config?.anonymous) yield `${called(plugin)}: lets in whoever fails`
  }
  for (const consumer of ofKind(objects, 'KongConsumer'))
    if (annotation(consumer, 'kubernetes.io/ingress.class') !== 'kong') yield `${called(consumer)}: the controller does not see it`
})

function* ingress(route) {
  if (route.spec.ingressClassName !== 'kong') yield `${called(route)}: is of no class, or another one`
  if (annotation(route, 'konghq.com/protocols') !== 'https') yield `${called(route)}: also speaks plain HTTP`
  if (route.spec.defaultBackend) yield `${called(route)}: takes every path`
  const hosts = route.spec.tls?.flatMap(({ hosts }) => hosts) ?? []
  for (const { host, http } of route.spec.rules) {
    if (!host || !hosts.includes(host)) yield `${called(route)}: ${host} has no certificate`
    for (const { path } of http.paths) if (!path.startsWith('/v1/')) yield `${called(route)}: ${path} leads beyond the API`
  }
}

/** What a route's backend, a Service and a pod call each other. */
export const connections = policy(function* (objects) {
  for (const route of ofKind(objects, 'Ingress'))
    for (const { http } of route.spec.rules)
      for (const { backend } of http.paths) yield* backendOf(objects, route, backend.service.name, backend.service.port.name)
  for (const route of ofKind(objects, 'HTTPRoute'))
    for (const { backendRefs } of route.spec.rules)
      for (const { name, port } of backendRefs) yield* backendOf(objects, route, name, port)
  for (const service of ofKind(objects, 'Service')) {
    const behind = pods(objects).filter(({ template }) => takes({ matchLabels: service.spec.selector }, labels(template)))
    if (behind.length === 0) yield `${called(service)}: selects no pod`
    for (const { owner, spec } of behind)
      for (const { targetPort } of service.spec.ports)
        if (portOf(spec, targetPort) === undefined) yield `${called(service)}: ${called(owner)} has no port ${targetPort}`
    if (!['ClusterIP', undefined].includes(service.spec.type)) yield `${called(service)}: is reached from outside, past the gateway`
  }
  for (const budget of ofKind(objects, 'PodDisruptionBudget'))
    if (!pods(objects).some(({ template }) => takes(budget.spec.selector, labels(template)))) yield `${called(budget)}: selects no pod`
  for (const scaler of ofKind(objects, 'HorizontalPodAutoscaler')) {
    const { kind, name } = scaler.spec.scaleTargetRef
    const target = find(objects, kind, name)
    if (!target) yield `${called(scaler)}: there is no ${kind} ${name}`
    else if (target.spec.replicas !== undefined) yield `${called(scaler)}: ${called(target)} has a count of its own`
  }
})

function* backendOf(objects, route, name, port) {
  const service = find(objects, 'Service', name)
  if (!service) yield `${called(route)}: there is no Service ${name}`
  else if (!service.spec.ports.some((one) => one.name === port || one.port === port)) yield `${called(route)}: ${name} has no port ${port}`
}

export const references = policy(function* (objects) {
  const names = (kind) => new Set(ofKind(objects, kind).map(({ metadata }) => metadata.name))
  const maps = names('ConfigMap')
  const providers = names('SecretProviderClass')
  /** Made by the cluster, or by whoever has the right to: the README says how. */
  const elsewhere = ['kube-root-ca.crt', 'scrip-database-ca']
  for (const { owner, template, spec } of pods(objects)) {
    if (owner.spec.selector && !takes(owner.spec.selector, labels(template))) yield `${called(owner)}: does not select its own pods`
    const volumes = [
      ...(spec.volumes ?? []).map(({ name }) => name),
      ...(owner.spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata.name),
    ]
    for (const { name, envFrom = [], volumeMounts = [] } of containers(spec)) {
      for (const { configMapRef } of envFrom)
        if (configMapRef && !maps.has(configMapRef.name)) yield `${called(owner)}, ${name}: there is no ConfigMap ${configMapRef.name}`
      for (const mount of volumeMounts) {
        if (!volumes.includes(mount.name)) yield `${called(owner)}, ${name}: there is no volume ${mount.name}`
        if (mount.subPath) yield `${called(owner)}, ${name}: ${mount.name} is mounted by subPath and never updated`
      }
    }
    for (const { name, configMap, csi, secret } of spec.volumes ?? []) {
      if (configMap && !maps.has(configMap.name) && !elsewhere.includes(configMap.name))
        yield `${called(owner)}: there is no ConfigMap ${configMap.name}`
      if (csi && !providers.has(csi.volumeAttributes?.secretProviderClass)) yield `${called(owner)}: ${name} has no SecretProviderClass`
      if (secret && !(secret.defaultMode <= 0o440) && !/ca$/.test(name)) yield `${called(owner)}: ${name} is open to everybody in the pod`
    }
    for (const { labelSelector } of spec.topologySpreadConstraints ?? [])
      if (!takes(labelSelector, labels(template))) yield `${called(owner)}: is spread by others' labels`
  }
})

export const accounts = policy(function* (objects) {
  for (const { owner, spec } of pods(objects)) {
    const account = find(objects, 'ServiceAccount', spec.serviceAccountName)
    if (!account) yield `${called(owner)}: there is no account ${spec.serviceAccountName}`
  }
  for (const account of ofKind(objects, 'ServiceAccount'))
    if (account.automountServiceAccountToken !== false) yield `${called(account)}: its token is mounted wherever it is used`
  const users = new Map()
  for (const { owner, template, spec } of pods(objects)) {
    const kind = `${labels(template)[SCRIP]} ${planeOf({ template })}`
    if ((users.get(spec.serviceAccountName) ?? kind) !== kind) yield `${called(owner)}: shares its account with another`
    users.set(spec.serviceAccountName, kind)
  }
  for (const binding of ofKind(objects, 'RoleBinding', 'ClusterRoleBinding'))
    for (const { name } of binding.subjects)
      if (/^scrip(-read|-write|-migrate)?$/.test(name)) yield `${called(binding)}: the service needs nothing of the API server`
  for (const role of ofKind(objects, 'Role', 'ClusterRole'))
    for (const { apiGroups, resources, verbs, resourceNames } of role.rules) {
      if ([...apiGroups, ...resources, ...verbs].includes('*')) yield `${called(role)}: a wildcard`
      if (verbs.some((verb) => ['escalate', 'bind', 'impersonate'].includes(verb))) yield `${called(role)}: may become more than it is`
      if (resources.includes('secrets') && !resourceNames && verbs.join() !== 'create') yield `${called(role)}: reaches every Secret`
      if (resources.some((one) => /exec|attach|portforward|ephemeral/.test(one))) yield `${called(role)}: gets into pods`
    }
  for (const role of ofKind(objects, 'ClusterRole', 'ClusterRoleBinding')) yield `${called(role)}: reaches beyond its namespace`
})

export const planes = policy(function* (objects) {
  const scrip = pods(objects).filter((pod) => isScrip(pod) && pod.runs)
  for (const pod of scrip) {
    const env = Object.fromEntries((pod.spec.containers[0].env ?? []).map(({ name, value }) => [name, value]))
    if (env.SCRIP_PLANE !== planeOf(pod)) yield `${called(pod.owner)}: is labelled ${planeOf(pod)} and runs as ${env.SCRIP_PLANE}`
    const sees = /seal/i.test(JSON.stringify(pod.template))
    if (planeOf(pod) === 'write' && sees) yield `${called(pod.owner)}: can reach a seal root`
    if (planeOf(pod) !== 'write' && env.SCRIP_KEYS_SEAL_ROOTS === undefined) yield `${called(pod.owner)}: has no seal roots`
  }
  for (const map of ofKind(objects, 'ConfigMap'))
    for (const key of Object.keys(map.data ?? {}))
      if (/^SCRIP_(KEYS_SEAL|PLANE)/.test(key)) yield `${called(map)}: ${key} would hold on every plane`
  const kinds = new Set(scrip.map(planeOf))
  if (kinds.has('write') !== kinds.has('read')) yield 'one plane without the other'
  if (kinds.has('write'))
    for (const plane of ['write', 'read']) {
      const selector = find(objects, 'Service', `scrip-${plane}`)?.spec.selector
      if (selector?.[PLANE] !== plane) yield `Service scrip-${plane}: leads to other pods as well`
    }
})

export const oneWriterOnH2 = policy(function* (objects) {
  const h2 = ofKind(objects, 'ConfigMap').some(({ data }) => /^jdbc:h2:/.test(data?.DATASOURCES_DEFAULT_URL ?? ''))
  if (!h2) return
  for (const { owner, spec } of pods(objects).filter(({ runs }) => runs)) {
    if (owner.kind !== 'StatefulSet') yield `${called(owner)}: no StatefulSet, so two pods may hold one file`
    if (owner.spec.replicas !== 1) yield `${called(owner)}: ${owner.spec.replicas} pods on one file`
    for (const { spec: claim } of owner.spec.volumeClaimTemplates ?? [])
      if (claim.accessModes.join() !== 'ReadWriteOncePod') yield `${called(owner)}: another pod may mount the file`
    if ((spec.volumes ?? []).some(({ name }) => name === 'data')) yield `${called(owner)}: the vault goes with the pod`
    if (owner.spec.persistentVolumeClaimRetentionPolicy?.whenDeleted !== 'Retain') yield `${called(owner)}: the vault goes with the StatefulSet`
  }
  for (const other of ofKind(objects, 'HorizontalPodAutoscaler', 'PodDisruptionBudget')) yield `${called(other)}: there is one pod`
})

/** Pods that somebody else's operator makes of objects here. */
const BY_OTHERS = [{ 'cnpg.io/cluster': 'scrip-database' }]
const METADATA = '169.254.169.254'

function within(cidr, address) {
  const number = (text) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const [net, bits] = cidr.split('/')
  if (net.includes(':')) return false
  const size = 2 ** (32 - Number(bits))
  return Math.floor(number(net) / size) === Math.floor(number(address) / size)
}

export const networks = policy(function* (objects) {
  const policies = ofKind(objects, 'NetworkPolicy')
  if (policies.length === 0) return
  const ours = pods(objects)
  const everything = policies.filter(({ spec }) => Object.keys(spec.podSelector).length === 0)
  /** Whoever brings a policy for its own pods alone closes nothing else. */
  const forScrip = policies.some(({ spec }) => takes(spec.podSelector, { [SCRIP]: 'scrip', [PLANE]: 'all' }) || everything.length > 0)
  for (const direction of forScrip ? ['Ingress', 'Egress'] : [])
    if (!everything.some(({ spec }) => spec.policyTypes.includes(direction) && !spec[direction.toLowerCase()]))
      yield `nothing denies ${direction} by default`
  for (const one of policies) {
    const selected = ours.filter(({ template }) => takes(one.spec.podSelector, labels(template)))
    if (selected.length === 0 && !BY_OTHERS.some((candidate) => takes(one.spec.podSelector, candidate)) && !everything.includes(one))
      yield `${called(one)}: selects no pod`
    for (const { from, ports } of one.spec.ingress ?? []) {
      if (!from?.length) yield `${called(one)}: lets in everybody`
      if (!ports?.length) yield `${called(one)}: opens every port`
      for (const { ipBlock, namespaceSelector, podSelector } of from ?? []) {
        if (ipBlock) yield `${called(one)}: lets in addresses, not pods`
        if (namespaceSelector && !podSelector) yield `${called(one)}: lets in a whole namespace`
      }
      for (const { port } of ports ?? [])
        for (const { owner, spec } of selected) if (portOf(spec, port) === undefined) yield `${called(one)}: ${called(owner)} has no port ${port}`
    }
    for (const { to, ports } of one.spec.egress ?? []) {
      if (!to?.length) yield `${called(one)}: lets out to everywhere`
      if (!ports?.length) yield `${called(one)}: lets out to every port`
      for (const { ipBlock } of to ?? [])
        if (ipBlock && within(ipBlock.cidr, METADATA) && !(ipBlock.except ?? []).some((cidr) => within(cidr, METADATA)))
          yield `${called(one)}: reaches the cloud's metadata`
    }
  }
  for (const { owner, template } of ours.filter((pod) => isScrip(pod) && pod.runs)) {
    const management = policies.filter(
      ({ spec }) => takes(spec.podSelector, labels(template)) && spec.ingress?.some(({ ports }) => ports?.some(({ port }) => port === 8081)),
    )
    for (const one of management)
      if (one.spec.ingress.some(({ from }) => from.some(({ namespaceSelector }) => namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'] !== 'monitoring')))
        yield `${called(one)}: opens the management port of ${called(owner)} to others than monitoring`
  }
})

export const restricted = policy(function* (objects) {
  for (const { metadata } of ofKind(objects, 'Namespace').filter(({ metadata }) => metadata.name === 'scrip'))
    for (const mode of ['enforce', 'audit', 'warn']) {
      if (metadata.labels[`pod-security.kubernetes.io/${mode}`] !== 'restricted') yield `Namespace ${metadata.name}: does not ${mode} the restricted profile`
      if (!/^v1\.\d+$/.test(metadata.labels[`pod-security.kubernetes.io/${mode}-version`])) yield `Namespace ${metadata.name}: ${mode} is not pinned`
    }
})

export const namespaces = policy(function* (objects) {
  const clusterWide = /^(Namespace|StorageClass|ValidatingAdmissionPolicy.*|ClusterRole.*)$/
  for (const object of objects)
    if (!clusterWide.test(object.kind) && !object.metadata.namespace) yield `${called(object)}: lands in whatever namespace is current`
})

/** All that hold for every build; `digests` is for what gets signed. */
export const POLICIES = {
  ...{ securityContext, surroundings, resources, probes, shutdown, images, noSecrets, routes, connections, references },
  ...{ accounts, planes, oneWriterOnH2, networks, restricted, namespaces },
}
