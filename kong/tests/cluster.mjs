// What the ingress controller makes of the resources, in the words of kong.yml.
const annotation = (resource, name) => resource.metadata.annotations[`konghq.com/${name}`]

function plugin(resources, name) {
  const { plugin, config } = resources.get(`KongPlugin ${name}`)
  return { name: plugin, config }
}

function service(resources, name, route) {
  const found = resources.get(`Service ${name}`)
  const path = annotation(found, 'path') ?? ''
  return {
    name,
    url: `http://scrip:${found.spec.ports[0].port}${path}`,
    retries: Number(annotation(found, 'retries')),
    connect_timeout: Number(annotation(found, 'connect-timeout')),
    write_timeout: Number(annotation(found, 'write-timeout')),
    read_timeout: Number(annotation(found, 'read-timeout')),
    routes: [route],
  }
}

function ofIngress(resources, ingress) {
  const [{ http }] = ingress.spec.rules
  const [{ path, backend }] = http.paths
  return service(resources, backend.service.name, {
    name: ingress.metadata.name,
    paths: [path],
    strip_path: annotation(ingress, 'strip-path') === 'true',
    preserve_host: annotation(ingress, 'preserve-host') === 'true',
    path_handling: 'v0',
    protocols: annotation(ingress, 'protocols').split(','),
    https_redirect_status_code: Number(annotation(ingress, 'https-redirect-status-code')),
    plugins: annotation(ingress, 'plugins')
      .split(',')
      .map((name) => plugin(resources, name)),
  })
}

function ofHttpRoute(resources, route) {
  const [{ matches, filters, backendRefs }] = route.spec.rules
  return {
    name: backendRefs[0].name,
    port: backendRefs[0].port,
    path: matches[0].path.value,
    plugins: filters
      .filter(({ type }) => type === 'ExtensionRef')
      .map(({ extensionRef }) => plugin(resources, extensionRef.name)),
    rewrite: filters.find(({ type }) => type === 'URLRewrite')?.urlRewrite.path.replacePrefixMatch,
  }
}

const ofKind = (resources, kind) => [...resources.values()].filter((resource) => resource.kind === kind)

export const ingresses = (resources) => ofKind(resources, 'Ingress').map((ingress) => ofIngress(resources, ingress))
export const httpRoutes = (resources) => ofKind(resources, 'HTTPRoute').map((route) => ofHttpRoute(resources, route))
export const byName = (left, right) => left.name.localeCompare(right.name)
