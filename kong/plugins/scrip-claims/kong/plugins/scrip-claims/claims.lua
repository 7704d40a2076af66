-- What a verified access token must say. Pure but for the decoding of base64: a token and a time in, a caller or a reason out.
--
-- The signature is jwt's business and is not looked at. Claims are data: compared byte by byte, never a pattern.
local cjson = require "cjson.safe"

local decode_base64 = ngx.decode_base64
local find = string.find
local gsub = string.gsub
local lower = string.lower
local match = string.match
local rep = string.rep
local sub = string.sub

local claims = {}

-- Four bytes for each of the 256 characters that the service allows a subject.
local MAX_IDENTIFIER_BYTES = 1024

-- OpenID Connect Core 1.0, sections 2, 3.1.3.6 and 3.3.2.11: these stand in ID tokens only.
local ID_TOKEN_CLAIMS = { "nonce", "at_hash", "c_hash" }

-- By which jwt may be told to look up the key.
local KEY_NAMES = { "kid", "iss" }

local function contains(list, value)
  for i = 1, #list do
    if list[i] == value then
      return true
    end
  end
  return false
end

local function contains_case_apart(list, value)
  local lowered = lower(value)
  for i = 1, #list do
    if lower(list[i]) == lowered then
      return true
    end
  end
  return false
end

--- A JSON object from its base64url form; nil for anything else: a number, a string, an array, no JSON.
local function object(encoded)
  local base64 = gsub(gsub(encoded, "-", "+"), "_", "/")
  local text = decode_base64(base64 .. rep("=", -#base64 % 4))
  if not text or not find(text, "^%s*{") then
    return nil
  end
  local value = cjson.decode(text)
  return type(value) == "table" and value or nil
end

--- The texts of an array; nil if it is no array of texts.
local function texts(value)
  if type(value) ~= "table" then
    return nil
  end
  local count = 0
  for _, item in pairs(value) do
    if type(item) ~= "string" then
      return nil
    end
    count = count + 1
  end
  return count == #value and value or nil
end

--- 1 to MAX_IDENTIFIER_BYTES bytes without control characters: something that can be shown and stored anywhere.
local function is_identifier(value)
  return type(value) == "string" and #value > 0 and #value <= MAX_IDENTIFIER_BYTES and not find(value, "%c")
end

local function is_id_token(payload)
  for i = 1, #ID_TOKEN_CLAIMS do
    if payload[ID_TOKEN_CLAIMS[i]] ~= nil then
      return true
    end
  end
  -- Cognito's and Keycloak's ways to say it.
  return payload.token_use == "id" or payload.typ == "ID"
end

local function is_for(audiences, aud)
  local listed = type(aud) == "string" and { aud } or texts(aud) or {}
  for i = 1, #listed do
    if contains(audiences, listed[i]) then
      return true
    end
  end
  return false
end

--- Auth0's own profile says azp, RFC 9068 says client_id; a token without either stands for its subject.
local function client_of(conf, payload)
  for i = 1, #conf.client_claims do
    local value = payload[conf.client_claims[i]]
    if value ~= nil then
      return is_identifier(value) and value or nil
    end
  end
  return payload.sub
end

--- What the token grants: scope (RFC 6749, section 3.3, parted by single spaces) and Auth0's permissions, together.
local function grants(payload)
  local granted = {}
  if type(payload.scope) == "string" then
    for word in string.gmatch(payload.scope, "[^ ]+") do
      granted[word] = true
    end
  end
  local permissions = texts(payload.permissions) or {}
  for i = 1, #permissions do
    granted[permissions[i]] = true
  end
  return granted
end

local function lacks_required(conf, granted)
  for i = 1, #conf.required_scopes do
    if not granted[conf.required_scopes[i]] then
      return true
    end
  end
  return false
end

local function lacks_accepted(conf, granted)
  for i = 1, #conf.accepted_scopes do
    if granted[conf.accepted_scopes[i]] then
      return false
    end
  end
  return #conf.accepted_scopes > 0
end

--- The scopes of which one is missing, as RFC 6750, section 3, has them in a challenge.
local function challenge_of(scopes)
  return table.concat(scopes, " ")
end

local function header_reason(conf, header)
  if type(header.typ) ~= "string" or not contains_case_apart(conf.types, header.typ) then
    return "type"
  end
  if header.crit ~= nil then
    return "critical" -- RFC 7515, section 4.1.11: we understand no extension, so we must refuse
  end
  return nil
end

--- A number that is no number is in no past: it compares as false with everything.
local function is_past(time, skew, now)
  return type(time) == "number" and time - skew <= now
end

local function time_reason(conf, payload, now)
  -- jwt checks this only where claims_to_verify says so.
  if type(payload.exp) ~= "number" or payload.exp ~= payload.exp or is_past(payload.exp, -conf.clock_skew, now) then
    return "expired"
  end
  if payload.nbf ~= nil and not is_past(payload.nbf, conf.clock_skew, now) then
    return "early"
  end
  return nil
end

local function payload_reason(conf, payload)
  if type(payload.iss) ~= "string" or not contains(conf.issuers, payload.iss) then
    return "issuer"
  end
  if is_id_token(payload) then
    return "id_token"
  end
  if not is_for(conf.audiences, payload.aud) then
    return "audience"
  end
  if not is_identifier(payload.sub) then
    return "subject"
  end
  return nil
end

--- Is the header nothing but `Bearer` (case apart), one space and this token?
--
-- jwt's own pattern is not anchored: it takes `Basic x, Bearer T` and `xBearer T`. What stands behind the gateway may read such
-- a header otherwise than jwt did, so there must be nothing to read otherwise. A table is a header that stood twice.
function claims.is_exact_bearer(header, token)
  return type(header) == "string"
    and lower(sub(header, 1, 7)) == "bearer "
    and sub(header, 8) == token
    and match(token, "^[%w_-]+%.[%w_-]+%.[%w_-]+$") ~= nil
end

--- Does the header bring something that jwt would take for a token, and then fail over: parts that are no JSON objects, or a key
-- named by something else than a text?
--
-- Kong's jwt looks into the payload before it looks what it is, and looks up a number as if it were a name: 500 to whoever cares
-- to send one, with no signature asked for.
function claims.is_unreadable(header)
  local token = type(header) == "string" and match(header, "[Bb]earer%s+(.+)$")
  if not token then
    return false
  end
  local first, second = match(token, "^([^.]*)%.([^.]*)")
  local header_object, payload = first and object(first), first and object(second)
  if not header_object or not payload then
    return true
  end
  for i = 1, #KEY_NAMES do
    local named = payload[KEY_NAMES[i]] or header_object[KEY_NAMES[i]]
    if named ~= nil and type(named) ~= "string" then
      return true
    end
  end
  return false
end

--- Checks a verified token.
-- @param conf the plugin's configuration
-- @param token in compact form, its signature verified
-- @param now seconds since 1970
-- @return the caller (issuer, client, subject), or nil, the reason's name and, for a missing scope, what is asked for
function claims.check(conf, token, now)
  local first, second = match(token, "^([%w_-]+)%.([%w_-]+)%.")
  local header = first and object(first)
  local payload = second and object(second)
  if not header or not payload then
    return nil, "malformed"
  end
  local reason = header_reason(conf, header) or payload_reason(conf, payload) or time_reason(conf, payload, now)
  if reason then
    return nil, reason
  end
  local client = client_of(conf, payload)
  if not client then
    return nil, "client"
  end
  local granted = grants(payload)
  if lacks_required(conf, granted) then
    return nil, "scope", challenge_of(conf.required_scopes)
  end
  if lacks_accepted(conf, granted) then
    return nil, "scope", challenge_of(conf.accepted_scopes)
  end
  return { issuer = payload.iss, client = client, subject = payload.sub }
end

return claims
