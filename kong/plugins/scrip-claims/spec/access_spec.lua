local gateway = require "gateway"
local schema = require "schema"
local definition = require "kong.plugins.scrip-claims.schema"
local handler = require "kong.plugins.scrip-claims.handler"

local NOW = 1800000000
local UNAUTHORIZED, DENIED = "urn:scrip:problem:unauthorized", "urn:scrip:problem:access-denied"

local function conf(given)
  local whole = { issuers = { "https://tenant.example.auth0.com/" }, audiences = { "https://vault.example.com" } }
  for name, value in pairs(given or {}) do
    whole[name] = value
  end
  return assert(schema.complete(definition, whole))
end

local ABSENT = {}

local function payload(given)
  local whole = {
    iss = "https://tenant.example.auth0.com/", aud = "https://vault.example.com", sub = "shop@clients", azp = "shop",
    iat = NOW - 10, exp = NOW + 3600, scope = "tokenize read:tokens",
  }
  for name, value in pairs(given or {}) do
    whole[name] = value
    if value == ABSENT then
      whole[name] = nil
    end
  end
  return whole
end

--- Plays a call whose token was verified, and gives back the refusal, if any, and the request as it goes on.
local function call(given, header, configured, request)
  local token = type(given) == "string" and given or gateway.token(payload(given), header)
  local state = gateway.request(token, request)
  return gateway.access(handler, conf(configured)), state
end

local function assert_refused(answer, status, kind, detail)
  assert.is_table(answer, "was let through")
  assert.equal(status, answer.status)
  assert.same({ type = kind, title = answer.problem.title, status = status, detail = answer.problem.detail }, answer.problem)
  assert.equal("application/problem+json", answer.headers["content-type"])
  assert.equal("no-store", answer.headers["cache-control"])
  assert.equal("nosniff", answer.headers["x-content-type-options"])
  assert.truthy(answer.problem.detail:find(detail, 1, true), answer.problem.detail)
end

local function assert_unauthorized(answer, detail)
  assert_refused(answer, 401, UNAUTHORIZED, detail)
  assert.equal("No valid access token", answer.problem.title)
  assert.equal('Bearer error="invalid_token"', answer.headers["www-authenticate"])
end

local function assert_denied(answer, scopes)
  assert_refused(answer, 403, DENIED, "lacks a scope")
  assert.equal('Bearer error="insufficient_scope", scope="' .. scopes .. '"', answer.headers["www-authenticate"])
end

describe("a token that jwt has verified", function()
  it("goes on where it says what it has to", function()
    assert.is_nil((call()))
  end)

  it("stands between jwt and rate-limiting", function()
    assert.is_true(handler.PRIORITY < 1450 and handler.PRIORITY > 951)
  end)

  describe("is refused", function()
    for name, iss in pairs({
      ["of another tenant"] = "https://other.example.auth0.com/",
      ["without the slash at the end"] = "https://tenant.example.auth0.com",
      ["with more after it"] = "https://tenant.example.auth0.com/x",
      ["in other case"] = "https://Tenant.example.auth0.com/",
      ["that is empty"] = "",
      ["that is a number"] = 1,
      ["that is an array of the right one"] = { "https://tenant.example.auth0.com/" },
      ["that is not there"] = ABSENT,
    }) do
      it("with an issuer " .. name, function()
        assert_unauthorized(call({ iss = iss }), "issuer is not trusted")
      end)
    end

    for name, aud in pairs({
      ["of another API"] = "https://other.example.com",
      ["with more after it"] = "https://vault.example.com/",
      ["that lists others only"] = { "https://a.example", "https://b.example" },
      ["that is an empty list"] = {},
      ["that lists something but texts"] = { "https://vault.example.com", 7 },
      ["that is an object"] = { a = "https://vault.example.com" },
      ["that is true"] = true,
      ["that is not there"] = ABSENT,
    }) do
      it("with an audience " .. name, function()
        assert_unauthorized(call({ aud = aud }), "another audience")
      end)
    end

    for name, sub in pairs({
      ["that is empty"] = "",
      ["that is a number"] = 12,
      ["that is a table"] = { "shop" },
      ["with a line break"] = "a\nb",
      ["with a NUL"] = "a\0b",
      ["of more than 1,024 bytes"] = ("x"):rep(1025),
      ["that is not there"] = ABSENT,
    }) do
      it("with a subject " .. name, function()
        assert_unauthorized(call({ sub = sub }), "no subject")
      end)
    end

    it("with a subject that is null", function()
      local text = '{"iss":"https://tenant.example.auth0.com/","aud":"https://vault.example.com","sub":null,"exp":1800003600}'
      assert_unauthorized(call(gateway.token(text)), "no subject")
    end)

    for name, typ in pairs({ ["an ID token's"] = "id+jwt", ["empty"] = "", ["a logout token's"] = "logout+jwt" }) do
      it("with a type that is " .. name, function()
        assert_unauthorized(call(nil, { alg = "RS256", typ = typ }), "type is not that of an access token")
      end)
    end

    it("without a type", function()
      assert_unauthorized(call(nil, { alg = "RS256" }), "type is not that of an access token")
    end)

    it("with a type that is no text", function()
      assert_unauthorized(call(nil, { alg = "RS256", typ = 1 }), "type is not that of an access token")
    end)

    it("with an extension that has to be understood", function()
      assert_unauthorized(call(nil, { alg = "RS256", typ = "JWT", crit = { "b64" } }), "extension")
    end)

    for name, mark in pairs({
      nonce = { nonce = "n" }, at_hash = { at_hash = "h" }, c_hash = { c_hash = "h" },
      token_use = { token_use = "id" }, typ = { typ = "ID" },
    }) do
      it("where " .. name .. " says that it is an ID token", function()
        assert_unauthorized(call(mark), "ID token")
      end)
    end

    for name, exp in pairs({ past = NOW - 1, ["this second"] = NOW, text = "1900000000", absent = ABSENT }) do
      it("with an expiry: " .. name, function()
        assert_unauthorized(call({ exp = exp }), "has expired")
      end)
    end

    it("with an expiry that is no number, which cjson reads", function()
      local text = '{"iss":"https://tenant.example.auth0.com/","aud":"https://vault.example.com","sub":"a","exp":nan}'
      assert_unauthorized(call(gateway.token(text)), "has expired")
    end)

    for name, nbf in pairs({ future = NOW + 1, text = "1" }) do
      it("with a beginning: " .. name, function()
        assert_unauthorized(call({ nbf = nbf }), "not valid yet")
      end)
    end

    for name, client in pairs({ number = 5, empty = "", control = "a\tb" }) do
      it("with a client that is " .. name, function()
        assert_unauthorized(call({ azp = client }), "names its client")
      end)
    end

    for name, text in pairs({
      ["a number"] = "7", ["a text"] = '"x"', ["an array"] = "[]", ["null"] = "null", ["no JSON"] = "{",
      ["an object with more after it"] = "{}{}",
    }) do
      it("with a payload that is " .. name, function()
        assert_unauthorized(call(gateway.token(text)), "not a signed JWT")
      end)
    end

    for name, token in pairs({
      ["one part"] = "abc", ["two parts"] = "e30.e30", ["no payload"] = "e30..c2ln", ["odd characters"] = "e30.e3 0.c2ln",
    }) do
      it("that has " .. name, function()
        assert.equal(401, call(token).status)
      end)
    end
  end)

  it("is taken for a second issuer, a custom domain", function()
    local both = { issuers = { "https://tenant.example.auth0.com/", "https://login.example.com/" } }
    assert.is_nil((call({ iss = "https://login.example.com/" }, nil, both)))
  end)

  it("is taken where its audience is one of several, as after a login", function()
    assert.is_nil((call({ aud = { "https://vault.example.com", "https://tenant.example.auth0.com/userinfo" } })))
  end)

  it("is taken in RFC 9068's profile, whatever the case of its type", function()
    assert.is_nil((call({ azp = ABSENT, client_id = "shop" }, { alg = "RS256", typ = "AT+JWT" })))
  end)

  it("is taken for a few seconds more where a skew is configured", function()
    assert.is_nil((call({ exp = NOW - 5 }, nil, { clock_skew = 10 })))
    assert_unauthorized(call({ exp = NOW - 10 }, nil, { clock_skew = 10 }), "has expired")
    assert.is_nil((call({ nbf = NOW + 10 }, nil, { clock_skew = 10 })))
  end)
end)

describe("a scope that the route asks for", function()
  local each = { required_scopes = { "tokenize", "read:tokens" } }
  local either = { accepted_scopes = { "detokenize", "detokenize:masked" } }

  it("may stand in scope", function()
    assert.is_nil((call(nil, nil, each)))
  end)

  it("may stand in permissions", function()
    assert.is_nil((call({ scope = ABSENT, permissions = { "tokenize", "read:tokens" } }, nil, each)))
  end)

  it("may stand half in each", function()
    assert.is_nil((call({ scope = "tokenize", permissions = { "read:tokens" } }, nil, each)))
  end)

  it("is missed where one of all is missing", function()
    assert_denied(call({ scope = "tokenize" }, nil, each), "tokenize read:tokens")
  end)

  it("is missed where none of several is there", function()
    assert_denied(call(nil, nil, either), "detokenize detokenize:masked")
  end)

  it("is there with one of several", function()
    assert.is_nil((call({ scope = "detokenize:masked" }, nil, either)))
  end)

  for name, claims in pairs({
    ["a longer word"] = { scope = "detokenize:maskedx" },
    ["a part of a word"] = { scope = "detoken" },
    ["other case"] = { scope = "DETOKENIZE" },
    ["another separator"] = { scope = "a,detokenize,b" },
    ["a tab for a space"] = { scope = "a\tdetokenize" },
    ["scope as an array"] = { scope = { "detokenize" } },
    ["permissions as a text"] = { scope = ABSENT, permissions = "detokenize" },
    ["permissions with a number in them"] = { scope = ABSENT, permissions = { "detokenize", 1 } },
    ["a pattern"] = { scope = "deto.*" },
    ["nothing"] = { scope = ABSENT },
  }) do
    it("is not " .. name, function()
      assert_denied(call(claims, nil, either), "detokenize detokenize:masked")
    end)
  end
end)

describe("a request", function()
  local function refused(headers, configured)
    local token = gateway.token(payload())
    gateway.request(token, { headers = headers(token) })
    return gateway.access(handler, conf(configured))
  end

  it("without a verified token is refused", function()
    gateway.request(nil)
    assert_unauthorized(gateway.access(handler, conf()), "verified no access token")
  end)

  it("of an anonymous consumer is refused", function()
    gateway.request(nil, { consumer = { id = "anonymous" } })
    assert_unauthorized(gateway.access(handler, conf()), "verified no access token")
  end)

  it("with a token that nobody authenticated is refused", function()
    local state = gateway.request(gateway.token(payload()))
    state.credential = nil
    assert_unauthorized(gateway.access(handler, conf()), "verified no access token")
  end)

  for name, write in pairs({
    ["two schemes"] = function(token) return { { "Authorization", "Basic x, Bearer " .. token } } end,
    ["a scheme that ends in bearer"] = function(token) return { { "Authorization", "xBearer " .. token } } end,
    ["two spaces"] = function(token) return { { "Authorization", "Bearer  " .. token } } end,
    ["a tab"] = function(token) return { { "Authorization", "Bearer\t" .. token } } end,
    ["a space in front"] = function(token) return { { "Authorization", " Bearer " .. token } } end,
    ["something behind"] = function(token) return { { "Authorization", "Bearer " .. token .. ", Basic x" } } end,
    ["another token"] = function(token) return { { "Authorization", "Bearer " .. token:sub(1, -2) .. "x" } } end,
    ["two headers"] = function(token)
      return { { "Authorization", "Bearer " .. token }, { "Authorization", "Bearer " .. token } }
    end,
    ["no such header, the token being from elsewhere"] = function() return {} end,
  }) do
    it("whose Authorization has " .. name .. " is refused", function()
      assert_unauthorized(refused(write), "Send the access token, and nothing else")
    end)
  end

  it("may write bearer in lower case", function()
    assert.is_nil(refused(function(token) return { { "authorization", "bearer " .. token } } end))
  end)

  it("may bring the token elsewhere where that is configured", function()
    assert.is_nil(refused(function() return {} end, { require_exact_bearer = false }))
  end)

  it("with more headers than can be read is refused", function()
    assert_refused(refused(function(token)
      local headers = {}
      for i = 1, 1000 do
        headers[i] = { "X-Junk-" .. i, "1" }
      end
      headers[1001] = { "Authorization", "Bearer " .. token }
      return headers
    end), 431, "urn:scrip:problem:headers-too-large", "fewer headers")
  end)

  it("with 120 headers is read to the end", function()
    assert.is_nil(refused(function(token)
      local headers = {}
      for i = 1, 120 do
        headers[i] = { "X-Junk-" .. i, "1" }
      end
      headers[121] = { "Authorization", "Bearer " .. token }
      return headers
    end))
  end)

  it("is refused, and says nothing of the token in answer or log", function()
    local answer, state = call({ sub = "canary\n", scope = "canary", azp = "canary" })
    assert.is_nil((answer.body .. table.concat(state.log)):find("canary", 1, true))
    assert.is_nil((answer.body .. table.concat(state.log)):find("eyJ", 1, true))
  end)
end)

describe("a header that says who calls", function()
  local function left(headers, configured)
    local token = gateway.token(payload())
    table.insert(headers, { "Authorization", "Bearer " .. token })
    local state = gateway.request(token, { headers = headers })
    assert.is_nil(gateway.access(handler, conf(configured)))
    local names = {}
    for _, header in ipairs(state.headers) do
      names[header[1]] = header[2]
    end
    return names
  end

  for _, name in ipairs({
    "X_Consumer_Username", "X-Consumer_Username", "x_consumer-id", "X_Credential_Identifier", "X_Consumer_Custom_Id",
    "X-Consumer-Groups", "X_Consumer_Groups", "X-Authenticated-Groups", "X-Authenticated-Scope", "X_Authenticated_Userid",
    "X-Anonymous-Consumer", "X_ANONYMOUS_CONSUMER", "X-Consumer-Whatever",
  }) do
    it("is removed: " .. name, function()
      assert.is_nil(left({ { name, "admin" } })[name])
    end)
  end

  it("is removed as often as it stands there", function()
    assert.is_nil(left({ { "X-Consumer-Groups", "a" }, { "x-consumer-groups", "b" } })["x-consumer-groups"])
  end)

  it("is left where jwt has set it", function()
    for _, name in ipairs({ "X-Consumer-ID", "X-Consumer-Username", "X-Consumer-Custom-ID", "X-Credential-Identifier" }) do
      assert.equal("set", left({ { name, "set" } })[name])
    end
  end)

  it("is left alone with all others that merely look alike", function()
    for _, name in ipairs({ "X-Consumerism", "My-X-Consumer-Id", "X-Request-Id", "Idempotency-Key" }) do
      assert.equal("kept", left({ { name, "kept" } })[name])
    end
  end)

  it("is left where that is configured", function()
    assert.equal("a", left({ { "X-Consumer-Groups", "a" } }, { strip_identity_headers = false })["X-Consumer-Groups"])
  end)

  it("is removed even where the request is refused then", function()
    local state = gateway.request(nil, { headers = { { "X_Consumer_Id", "a" } } })
    gateway.access(handler, conf())
    assert.same({}, state.headers)
  end)
end)

describe("the bucket", function()
  local function id(given, configured)
    local answer, state = call(given, nil, configured)
    assert.is_nil(answer)
    return state.credential.id
  end

  it("is a digest that names nobody", function()
    assert.truthy(id():match("^%x+$"))
    assert.equal(64, #id())
  end)

  it("stays the same for the same caller, whatever else the token says and whichever key signed it", function()
    assert.equal(id(), id({ scope = "detokenize", exp = NOW + 60, iat = NOW, jti = "1" }))
    local _, other_key = call(nil, { alg = "RS256", typ = "at+jwt", kid = "k2" })
    assert.equal(id(), other_key.credential.id)
  end)

  it("is another one for another subject, client or issuer", function()
    local issuers = { issuers = { "https://tenant.example.auth0.com/", "https://login.example.com/" } }
    local ids = {
      id(nil, issuers), id({ sub = "other" }, issuers), id({ azp = "other" }, issuers),
      id({ iss = "https://login.example.com/" }, issuers),
    }
    for i = 1, #ids do
      for j = i + 1, #ids do
        assert.not_equal(ids[i], ids[j])
      end
    end
  end)

  it("is not shared by moving a part of the subject into the client", function()
    assert.not_equal(id({ azp = "a|b", sub = "c" }), id({ azp = "a", sub = "b|c" }))
    assert.not_equal(id({ azp = "a1", sub = "b" }), id({ azp = "a", sub = "1b" }))
  end)

  it("takes the subject for the client where the token names none", function()
    assert.truthy(id({ azp = ABSENT }))
    assert.equal(id({ azp = ABSENT, sub = "s" }), id({ azp = "s", sub = "s" }))
  end)

  it("leaves the consumer as it is", function()
    local _, state = call()
    assert.same({ id = "consumer" }, state.consumer)
    assert.same({ "id" }, { next(state.credential) and (next(state.credential)) })
  end)

  it("is never the address: a caller without one is refused", function()
    local answer = call(nil, nil, nil, { broken_digest = true })
    assert_refused(answer, 500, "urn:scrip:problem:internal", "tell callers apart")
  end)
end)
