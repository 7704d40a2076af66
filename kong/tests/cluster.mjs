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

/** The controller makes one route of all paths that lead to one Service. */
function ofIngress(resources, ingress) {
  const [{ http }] = ingress.spec.rules
  const names = new Set(http.paths.map(({ backend }) => backend.service.name))
  return [...names].map((name) =>
    ofPaths(
      resources,
      ingress,
      name,
      http.paths.filter(({ backend }) => backend.service.name === name),
    ),
  )
}

function ofPaths(resources, ingress, name, paths) {
  return service(resources, name, {
    name,
    paths: paths.map(({ path }) => path),
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

const ofHttpRoute = (resources, route) => route.spec.rules.map((rule) => ofRule(resources, rule))

function ofRule(resources, { matches, filters, backendRefs }) {
  return {
    name: backendRefs[0].name,
    port: backendRefs[0].port,
    paths: matches.map(({ path }) => path.value),
    plugins: filters
      .filter(({ type }) => type === 'ExtensionRef')
      .map(({ extensionRef }) => plugin(resources, extensionRef.name)),
    rewrite: filters.find(({ type }) => type === 'URLRewrite')?.urlRewrite.path.replacePrefixMatch,
  }
}

const ofKind = (resources, kind) => [...resources.values()].filter((resource) => resource.kind === kind)

export const ingresses = (resources) => ofKind(resources, 'Ingress').flatMap((ingress) => ofIngress(resources, ingress))
export const httpRoutes = (resources) => ofKind(resources, 'HTTPRoute').flatMap((route) => ofHttpRoute(resources, route))
export const byName = (left, right) => left.name.localeCompare(right.name)
