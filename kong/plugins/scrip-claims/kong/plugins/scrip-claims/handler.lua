-- The phases, and nothing else: what is refused and why is in claims.lua, how it is said in problem.lua.
local bucket = require "kong.plugins.scrip-claims.bucket"
local claims = require "kong.plugins.scrip-claims.claims"
local identity = require "kong.plugins.scrip-claims.identity"
local problem = require "kong.plugins.scrip-claims.problem"

local kong = kong
local ngx = ngx

-- What the PDK reads at most; nginx refuses more lines than that before any plugin runs (max_headers 1000).
local MAX_HEADERS = 1000

local ScripClaims = {
  -- After jwt (1450), whose verified token is read; before request-size-limiting (951), acl (950) and rate-limiting (910),
  -- which counts by the credential that is set here.
  PRIORITY = 1040,
  VERSION = "1.0.0",
}

local function refuse(conf, reason, challenge)
  kong.log.info("refused: ", reason)
  local status, body, headers = problem.refusal(conf, reason, challenge)
  return kong.response.exit(status, body, headers)
end

--- The token that jwt has verified, and the credential that it was verified with. No token, no credential: somebody else's
-- word (an anonymous consumer, a preflight that was let through, no jwt plugin at all), so none.
local function verified_token()
  local token = kong.ctx.shared.authenticated_jwt_token
  if type(token) ~= "string" or not kong.client.get_credential() then
    return nil
  end
  return token
end

function ScripClaims:access(conf)
  local headers, cut = kong.request.get_headers(MAX_HEADERS)
  if cut then
    return refuse(conf, "headers")
  end
  if conf.strip_identity_headers then
    identity.strip(headers)
  end

  local token = verified_token()
  if not token then
    return refuse(conf, "unverified")
  end
  if conf.require_exact_bearer and not claims.is_exact_bearer(headers["authorization"], token) then
    return refuse(conf, "bearer")
  end

  local caller, reason, challenge = claims.check(conf, token, ngx.time())
  if not caller then
    return refuse(conf, reason, challenge)
  end

  local id, err = bucket.id(caller)
  if not id then
    -- Without an id, rate-limiting would count by address: refused instead.
    kong.log.err("no bucket for a caller: ", err)
    return refuse(conf, "internal")
  end
  kong.client.authenticate(kong.client.get_consumer(), { id = id })
end

--- Did jwt itself fail, over a token that cannot be read? Then it is the caller's fault, not the gateway's.
local function is_unreadable_token()
  return kong.response.get_status() == 500
    and kong.response.get_source() == "error"
    and kong.ctx.shared.authenticated_jwt_token == nil
    and claims.is_unreadable(kong.request.get_header("Authorization"))
end

--- Puts what the gateway itself refuses on this route (jwt's 401, 413, 429, 502 …) into the form of all other refusals.
function ScripClaims:header_filter(conf)
  if not conf.problem_answers or kong.response.get_source() == "service" then
    return
  end
  if is_unreadable_token() then
    kong.response.set_status(401)
    kong.response.set_header("WWW-Authenticate", 'Bearer error="invalid_token"')
  end
  local status = kong.response.get_status()
  if not problem.is_needed(status, kong.response.get_header("Content-Type")) then
    return
  end
  kong.ctx.plugin.status = status
  for name, value in pairs(problem.headers()) do
    kong.response.set_header(name, value)
  end
  -- What it will be depends on the body, which comes later.
  kong.response.clear_header("Content-Length")
end

function ScripClaims:body_filter(conf)
  local status = kong.ctx.plugin.status
  -- Nil until the last piece is there.
  local said = status and kong.response.get_raw_body()
  if said then
    kong.response.set_raw_body(problem.instead(conf, status, said))
  end
end

return ScripClaims
