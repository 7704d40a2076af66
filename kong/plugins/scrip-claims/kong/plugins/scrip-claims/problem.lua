-- Refusals as RFC 9457 problem documents, in the form that the service has.
local cjson = require "cjson.safe"

local encode = cjson.encode
local find = string.find
local format = string.format

local problem = {}

local CONTENT_TYPE = "application/problem+json"

local UNAUTHORIZED = { 401, "unauthorized", "No valid access token" }
local DENIED = { 403, "access-denied", "The access token does not permit this" }

-- Why this plugin refuses. None of the details repeats what the token says.
local REASONS = {
  unverified = { UNAUTHORIZED, "The gateway has verified no access token with this request." },
  bearer = { UNAUTHORIZED, "Send the access token, and nothing else, as the one Authorization: Bearer header." },
  malformed = { UNAUTHORIZED, "The token is not a signed JWT in compact form." },
  type = { UNAUTHORIZED, "The token's type is not that of an access token." },
  critical = { UNAUTHORIZED, "The token asks for an extension that is not understood here." },
  issuer = { UNAUTHORIZED, "The token's issuer is not trusted here." },
  id_token = { UNAUTHORIZED, "The token is an ID token, not an access token." },
  audience = { UNAUTHORIZED, "The token is meant for another audience." },
  subject = { UNAUTHORIZED, "The token names no subject." },
  client = { UNAUTHORIZED, "The token names its client in a form that is not understood here." },
  expired = { UNAUTHORIZED, "The token has expired." },
  early = { UNAUTHORIZED, "The token is not valid yet." },
  scope = { DENIED, "The access token lacks a scope that this route asks for." },
  headers = { { 431, "headers-too-large", "The request's headers are too large" }, "Send fewer headers." },
  internal = { { 500, "internal", "Something failed that should not" }, "The gateway could not tell callers apart." },
}

-- What else the gateway answers with on a route that has this plugin.
local ANSWERS = {
  [400] = { "invalid-request", "The request is not what was asked for", "The gateway could not read the request." },
  [401] = { UNAUTHORIZED[2], UNAUTHORIZED[3], "The gateway did not accept the access token, or there was none." },
  [403] = { DENIED[2], DENIED[3], "The gateway does not let this caller through." },
  [408] = { "request-timeout", "The request took too long", "Send the whole request at once." },
  [411] = { "invalid-request", "The request is not what was asked for", "Send a Content-Length header." },
  [413] = { "body-too-large", "The body is too large", "Send fewer or smaller values in one call." },
  [414] = { "headers-too-large", "The request's headers are too large", "Send a shorter address." },
  [417] = { "invalid-request", "The request is not what was asked for", "The Expect header cannot be met." },
  [426] = { "https-required", "The API speaks HTTPS only", "Call the https address." },
  [429] = { "rate-limited", "The caller's rate is used up", "Wait as long as Retry-After says." },
  [431] = { "headers-too-large", "The request's headers are too large", "Send fewer or shorter headers." },
  [500] = { "internal", "Something failed that should not", "The gateway failed. Tell the operator the request's id." },
  [502] = { "bad-gateway", "The service gave no answer", "It is unknown whether the call had an effect." },
  [503] = { "service-unavailable", "The service cannot be reached", "Nothing has happened. Try again in a moment." },
  [504] = { "gateway-timeout", "The service took too long", "It is unknown whether the call had an effect." },
}

-- What jwt says by itself, in the service's words. Anything else becomes the 401 above: nothing is repeated that is not known.
local JWT = {
  ["Unauthorized"] = "Send one bearer token in one Authorization header.",
  ["Multiple tokens provided"] = "Send one bearer token in one Authorization header.",
  ["No mandatory 'kid' in claims"] = "The token names no key.",
  ["Invalid 'kid' in claims"] = "The token names no key.",
  ["No credentials found for given 'kid'"] = "The token names no key that the gateway knows.",
  ["No credentials found for given 'iss'"] = "The token names no issuer that the gateway knows.",
  ["Invalid algorithm"] = "The token's algorithm is not the one of its key.",
  ["Invalid signature"] = "The token's signature does not verify.",
  ["token expired"] = "The token has expired.",
  ["token not valid yet"] = "The token is not valid yet.",
  ["must be a number"] = "The token has no end, or one that is no time.",
  ["exceeds maximum allowed expiration"] = "The token is valid for longer than is allowed here.",
}

local function document(conf, status, slug, title, detail)
  local prefix = conf.problem_type_prefix
  local kind = prefix == "about:blank" and prefix or prefix .. slug
  -- In the service's order, which a table would not keep.
  return format('{"type":%s,"title":%s,"status":%d,"detail":%s}',
    encode(kind), encode(title), status, encode(detail))
end

--- What each refusal carries, whoever made it.
function problem.headers()
  return {
    ["Content-Type"] = CONTENT_TYPE,
    ["Cache-Control"] = "no-store",
    ["X-Content-Type-Options"] = "nosniff",
  }
end

--- A refusal of this plugin.
-- @param reason one of the names above
-- @param challenge the scopes that are asked for, where one is missing
-- @return status, body, headers
function problem.refusal(conf, reason, challenge)
  local kind, detail = REASONS[reason][1], REASONS[reason][2]
  local body = document(conf, kind[1], kind[2], kind[3], detail)
  local headers = problem.headers()
  if kind == UNAUTHORIZED then
    headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
  elseif kind == DENIED then
    -- Scopes have no quote and no backslash in them: the schema sees to it.
    headers["WWW-Authenticate"] = format('Bearer error="insufficient_scope", scope="%s"', challenge)
  end
  return kind[1], body, headers
end

--- Is an answer that the gateway made up itself to be said in this form? Not one that is no refusal, or says it so already.
function problem.is_needed(status, content_type)
  return status >= 400 and not (content_type and find(content_type, CONTENT_TYPE, 1, true) == 1)
end

--- What jwt has to say of a token: its message, or the first of its words on exp and nbf.
local function jwt_detail(body)
  local said = cjson.decode(body)
  if type(said) ~= "table" then
    return nil
  end
  local words = said.message or said.exp or said.nbf
  return type(words) == "string" and JWT[words] or nil
end

--- What to say instead of an answer that the gateway made up itself.
-- @param body what it said
-- @return the document
function problem.instead(conf, status, body)
  local answer = ANSWERS[status] or { "refused", "The gateway refused the request", "See the status." }
  return document(conf, status, answer[1], answer[2], status == 401 and jwt_detail(body) or answer[3])
end

return problem
