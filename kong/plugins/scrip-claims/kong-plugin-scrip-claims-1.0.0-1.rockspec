package = "kong-plugin-scrip-claims"
version = "1.0.0-1"
rockspec_format = "3.0"

source = {
  url = ".",
}

description = {
  summary = "Checks what a token says after Kong's jwt has verified it, and counts each caller apart",
  detailed = [[
    Between jwt and rate-limiting: iss, aud, typ, subject and scopes of the verified token, spoofed identity headers, and a
    credential id per client and subject, so that rate-limiting with limit_by credential gives each caller a bucket.
  ]],
  license = "Apache-2.0",
}

dependencies = {
  "lua == 5.1",
}

build = {
  type = "builtin",
  modules = {
    ["kong.plugins.scrip-claims.bucket"] = "kong/plugins/scrip-claims/bucket.lua",
    ["kong.plugins.scrip-claims.claims"] = "kong/plugins/scrip-claims/claims.lua",
    ["kong.plugins.scrip-claims.handler"] = "kong/plugins/scrip-claims/handler.lua",
    ["kong.plugins.scrip-claims.identity"] = "kong/plugins/scrip-claims/identity.lua",
    ["kong.plugins.scrip-claims.problem"] = "kong/plugins/scrip-claims/problem.lua",
    ["kong.plugins.scrip-claims.schema"] = "kong/plugins/scrip-claims/schema.lua",
  },
}
