// Small words for what is in a list of objects.
export const ofKind = (objects, ...kinds) => objects.filter(({ kind }) => kinds.includes(kind))
export const called = ({ kind, metadata }) => `${kind} ${metadata.name}`
export const find = (objects, kind, name) => ofKind(objects, kind).find(({ metadata }) => metadata.name === name)

const RUNNING = ['Deployment', 'StatefulSet', 'DaemonSet']

/** @returns {{owner: object, template: object, spec: object, runs: boolean}[]} every pod template */
export function pods(objects) {
  return ofKind(objects, ...RUNNING, 'Job', 'CronJob').map((owner) => {
    const template = owner.kind === 'CronJob' ? owner.spec.jobTemplate.spec.template : owner.spec.template
    return { owner, template, spec: template.spec, runs: RUNNING.includes(owner.kind) }
  })
}

export const containers = (spec) => [...(spec.initContainers ?? []), ...spec.containers]
export const labels = ({ metadata }) => metadata?.labels ?? {}

/** Does a selector of labels take these? */
export function takes({ matchLabels = {}, matchExpressions = [] } = {}, candidate) {
  return (
    Object.entries(matchLabels).every(([key, value]) => candidate[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      switch (operator) {
        case 'In':
          return values.includes(candidate[key])
        case 'NotIn':
          return !values.includes(candidate[key])
        case 'Exists':
          return key in candidate
        case 'DoesNotExist':
          return !(key in candidate)
        default:
          throw new Error(`no operator: ${operator}`)
      }
    })
  )
}

/** Does a Service's port lead to this pod, and to which number? */
export function portOf(spec, target) {
  const all = containers(spec).flatMap(({ ports = [] }) => ports)
  return all.find((port) => port.name === target || port.containerPort === target)?.containerPort
}
