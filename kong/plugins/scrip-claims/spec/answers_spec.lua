local cjson = require "cjson.safe"
local gateway = require "gateway"
local schema = require "schema"
local definition = require "kong.plugins.scrip-claims.schema"
local handler = require "kong.plugins.scrip-claims.handler"

local function conf(given)
  local whole = { issuers = { "https://tenant.example.auth0.com/" }, audiences = { "https://vault.example.com" } }
  for name, value in pairs(given or {}) do
    whole[name] = value
  end
  return assert(schema.complete(definition, whole))
end

local function answer(given, pieces, configured)
  gateway.request("t")
  return gateway.answer(handler, conf(configured), given, pieces)
end

describe("what the gateway says by itself", function()
  for status, kind in pairs({
    [400] = "invalid-request", [401] = "unauthorized", [403] = "access-denied", [408] = "request-timeout",
    [411] = "invalid-request", [413] = "body-too-large", [414] = "headers-too-large", [426] = "https-required",
    [429] = "rate-limited", [431] = "headers-too-large", [500] = "internal", [502] = "bad-gateway",
    [503] = "service-unavailable", [504] = "gateway-timeout", [418] = "refused",
  }) do
    it("becomes a problem: " .. status, function()
      local told = answer({ source = "exit", status = status, body = '{"message":"no"}',
        headers = { ["Content-Type"] = "application/json; charset=utf-8", ["Content-Length"] = 16 } })
      local problem = assert(cjson.decode(told.body))
      assert.equal("urn:scrip:problem:" .. kind, problem.type)
      assert.equal(status, problem.status)
      assert.is_string(problem.title)
      assert.is_string(problem.detail)
      assert.equal("application/problem+json", told.headers["content-type"])
      assert.is_nil(told.headers["content-length"])
      assert.equal("no-store", told.headers["cache-control"])
    end)
  end

  it("keeps the headers that say when to come again and what is asked for", function()
    local told = answer({ source = "exit", status = 429, body = "{}", headers = { ["Retry-After"] = 7 } })
    assert.equal(7, told.headers["retry-after"])
    told = answer({ source = "exit", status = 401, body = "{}", headers = { ["WWW-Authenticate"] = "Bearer" } })
    assert.equal("Bearer", told.headers["www-authenticate"])
  end)

  it("becomes a problem where the upstream broke off", function()
    assert.truthy(answer({ source = "error", status = 502, body = "x" }).body:find("bad-gateway", 1, true))
  end)

  for said, detail in pairs({
    ['{"message":"Unauthorized"}'] = "Send one bearer token",
    ['{"message":"Invalid signature"}'] = "signature does not verify",
    ['{"message":"No credentials found for given \'kid\'"}'] = "no key that the gateway knows",
    ['{"exp":"token expired"}'] = "has expired",
    ['{"exp":"exceeds maximum allowed expiration"}'] = "longer than is allowed",
    ['{"nbf":"token not valid yet"}'] = "not valid yet",
  }) do
    it("says in the service's words what jwt said: " .. said, function()
      local told = answer({ source = "exit", status = 401, body = said })
      assert.truthy(cjson.decode(told.body).detail:find(detail, 1, true), told.body)
    end)
  end

  for _, said in ipairs({
    "", "{", "7", '{"message":7}', '{"message":"canary"}', '{"message":"Bad token; canary"}', '"canary"',
  }) do
    it("repeats nothing that it does not know: " .. said, function()
      local told = answer({ source = "exit", status = 401, body = said })
      assert.is_nil(told.body:find("canary", 1, true))
      assert.truthy(told.body:find("did not accept the access token", 1, true))
    end)
  end

  it("becomes one problem where it comes in pieces", function()
    local told = answer({ source = "exit", status = 413 }, { "a", "b", "" })
    assert.equal("urn:scrip:problem:body-too-large", cjson.decode(told.body).type)
  end)
end)

describe("a failure of jwt over a token that it cannot read", function()
  local function failed(authorization, given)
    gateway.request(given and given.token, { headers = { { "Authorization", authorization } } })
    return gateway.answer(handler, conf(), { source = given and given.source or "error", status = 500, body = "{}" })
  end

  for name, payload in pairs({
    ["a number"] = "7", ["true"] = "true", ["null"] = "null", ["an array"] = "[]", ["a text"] = '"x"',
  }) do
    it("is the caller's: its payload is " .. name, function()
      local told = failed("Bearer " .. gateway.token(payload))
      assert.equal(401, told.status)
      assert.equal('Bearer error="invalid_token"', told.headers["www-authenticate"])
      assert.equal("urn:scrip:problem:unauthorized", cjson.decode(told.body).type)
    end)
  end

  it("is the caller's: its key is named by no text", function()
    for _, kid in ipairs({ 7, true, { "k1" } }) do
      assert.equal(401, failed("Bearer " .. gateway.token({ sub = "a" }, { alg = "RS256", kid = kid })).status)
      assert.equal(401, failed("Bearer " .. gateway.token({ sub = "a", kid = kid })).status)
      assert.equal(401, failed("Bearer " .. gateway.token({ iss = kid })).status)
    end
  end)

  it("is the caller's, whatever stands before bearer", function()
    assert.equal(401, failed("Basic x, Bearer " .. gateway.token("7")).status)
    assert.equal(401, failed("Bearer x").status)
  end)

  it("is the gateway's where the token can be read, was verified, or is none", function()
    assert.equal(500, failed("Bearer " .. gateway.token({ sub = "a" })).status)
    assert.equal(500, failed("Bearer " .. gateway.token("7"), { token = "t" }).status)
    assert.equal(500, failed("Basic x").status)
  end)

  it("is the service's where the service answers so", function()
    assert.equal(500, failed("Bearer " .. gateway.token("7"), { source = "service" }).status)
  end)
end)

describe("what stays as it is", function()
  it("an answer of the service, a failure too", function()
    for _, status in ipairs({ 200, 404, 500 }) do
      assert.equal("theirs", answer({ source = "service", status = status, body = "theirs" }).body)
    end
  end)

  it("a problem that is one already", function()
    local told = answer({ source = "exit", status = 401, body = "{}",
      headers = { ["Content-Type"] = "application/problem+json" } })
    assert.equal("{}", told.body)
  end)

  it("an answer that is no refusal: a preflight", function()
    assert.equal("", answer({ source = "exit", status = 200, body = "" }).body)
  end)

  it("everything, where that is configured", function()
    assert.equal("{}", answer({ source = "exit", status = 401, body = "{}" }, nil, { problem_answers = false }).body)
  end)
end)

describe("a problem's type", function()
  it("begins as configured", function()
    local told = answer({ source = "exit", status = 401 }, nil, { problem_type_prefix = "https://example.com/problems/" })
    assert.equal("https://example.com/problems/unauthorized", cjson.decode(told.body).type)
  end)

  it("may be about:blank", function()
    local told = answer({ source = "exit", status = 401 }, nil, { problem_type_prefix = "about:blank" })
    assert.equal("about:blank", cjson.decode(told.body).type)
  end)
end)
