local typedefs = require "kong.db.schema.typedefs"

-- RFC 6749, section 3.3: what a scope may be written with: no quote, no backslash, no space, ASCII.
local SCOPE = { type = "string", len_min = 1, len_max = 128, match = '^[^%c%s"\\\128-\255]+$' }

return {
  name = "scrip-claims",
  fields = {
    -- The token says who calls; a plugin for one consumer would be chosen too late to protect anything.
    { consumer = typedefs.no_consumer },
    { protocols = typedefs.protocols_http },
    { config = {
        type = "record",
        fields = {
          { issuers = {
              description = "Whose tokens are taken: compared with `iss` byte by byte, Auth0's slash at the end included. A tenant with a custom domain has two.",
              type = "array",
              required = true,
              len_min = 1,
              len_max = 16,
              elements = { type = "string", len_min = 8, len_max = 512, match = "^https?://[^%s]+$" },
          }, },
          { audiences = {
              description = "The API's identifiers: `aud` has to be one of them, or an array that holds one.",
              type = "array",
              required = true,
              len_min = 1,
              len_max = 16,
              elements = { type = "string", len_min = 1, len_max = 512 },
          }, },
          { types = {
              description = "What the header's `typ` may be, case apart. A token without it is refused.",
              type = "array",
              required = true,
              len_min = 1,
              len_max = 8,
              elements = { type = "string", len_min = 1, len_max = 64 },
              default = { "JWT", "at+jwt" },
          }, },
          { required_scopes = {
              description = "Each of these has to be in `scope` or `permissions`; else 403. None by default.",
              type = "array",
              required = true,
              len_max = 32,
              elements = SCOPE,
              default = {},
          }, },
          { accepted_scopes = {
              description = "At least one of these has to be in `scope` or `permissions`; else 403. Anything will do by default.",
              type = "array",
              required = true,
              len_max = 32,
              elements = SCOPE,
              default = {},
          }, },
          { client_claims = {
              description = "Which claim names the client: the first that is there. `azp` is Auth0's profile, `client_id` RFC 9068's.",
              type = "array",
              required = true,
              len_min = 1,
              len_max = 4,
              elements = { type = "string", len_min = 1, len_max = 64 },
              default = { "azp", "client_id" },
          }, },
          { clock_skew = {
              description = "For how many seconds a token is still taken after `exp`, and already before `nbf`. The jwt plugin knows none for `exp`, so more than 0 helps `nbf` only.",
              type = "integer",
              required = true,
              between = { 0, 300 },
              default = 0,
          }, },
          { require_exact_bearer = {
              description = "Refuse a request whose Authorization header is more than `Bearer` and the verified token. Turn it off only where jwt reads tokens from another header.",
              type = "boolean",
              required = true,
              default = true,
          }, },
          { strip_identity_headers = {
              description = "Remove `X-Consumer-*`, `X-Authenticated-*`, `X-Anonymous-*` and `X-Credential-*` headers that jwt has not set, and all their spellings with underscores.",
              type = "boolean",
              required = true,
              default = true,
          }, },
          { problem_answers = {
              description = "Put what Kong itself refuses on this route (401, 413, 429, 502 and others) into the same form, RFC 9457.",
              type = "boolean",
              required = true,
              default = true,
          }, },
          { problem_type_prefix = {
              description = "What a problem's `type` begins with; a word like `unauthorized` follows. With `about:blank` none follows.",
              type = "string",
              required = true,
              len_min = 1,
              len_max = 200,
              match = "^[%w][%w+.-]*:[^%s\"\\]*$",
              default = "urn:scrip:problem:",
          }, },
        },
    }, },
  },
}
