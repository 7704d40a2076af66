require "gateway"
local schema = require "schema"
local definition = require "kong.plugins.scrip-claims.schema"

local LEAST = { issuers = { "https://a.example/" }, audiences = { "api" } }

local function refused(given)
  local whole = {}
  for name, value in pairs(LEAST) do
    whole[name] = value
  end
  for name, value in pairs(given) do
    whole[name] = value
  end
  local conf, field = schema.complete(definition, whole)
  return conf == nil and field
end

local function many(count, text)
  local list = {}
  for i = 1, count do
    list[i] = text .. i
  end
  return list
end

describe("the schema", function()
  it("describes and bounds every field", function()
    for name, field in pairs(schema.fields(definition)) do
      assert.is_string(field.description, name)
      assert.is_true(field.required, name)
      if field.type == "array" then
        assert.is_number(field.len_max, name)
        assert.is_number(field.elements.len_max, name)
      elseif field.type == "string" then
        assert.is_number(field.len_max, name)
      elseif field.type == "integer" then
        assert.is_table(field.between, name)
      else
        assert.equal("boolean", field.type, name)
      end
    end
  end)

  it("is closed by default", function()
    local conf = schema.complete(definition, LEAST)
    assert.is_true(conf.require_exact_bearer)
    assert.is_true(conf.strip_identity_headers)
    assert.is_true(conf.problem_answers)
    assert.equal(0, conf.clock_skew)
    assert.same({ "JWT", "at+jwt" }, conf.types)
    assert.same({ "azp", "client_id" }, conf.client_claims)
    assert.same({}, conf.required_scopes)
    assert.same({}, conf.accepted_scopes)
    assert.equal("urn:scrip:problem:", conf.problem_type_prefix)
  end)

  it("belongs to no consumer and to no other protocol", function()
    assert.equal("scrip-claims", definition.name)
    assert.is_table(definition.fields[1].consumer)
    assert.is_table(definition.fields[2].protocols)
  end)

  for name, given in pairs({
    ["no issuer"] = { issuers = {} },
    ["an issuer that is no address"] = { issuers = { "tenant.auth0.com" } },
    ["an issuer with a space"] = { issuers = { "https://a.example/ " } },
    ["an issuer that is empty"] = { issuers = { "" } },
    ["17 issuers"] = { issuers = many(17, "https://a.example/") },
    ["no audience"] = { audiences = {} },
    ["an audience that is empty"] = { audiences = { "" } },
    ["17 audiences"] = { audiences = many(17, "a") },
    ["no type"] = { types = {} },
    ["a scope with a quote"] = { required_scopes = { 'a"b' } },
    ["a scope with a backslash"] = { accepted_scopes = { "a\\b" } },
    ["a scope that is not ASCII"] = { required_scopes = { "caf\195\169" } },
    ["a scope with a space"] = { required_scopes = { "a b" } },
    ["33 scopes"] = { accepted_scopes = many(33, "a") },
    ["no client claim"] = { client_claims = {} },
    ["a skew below 0"] = { clock_skew = -1 },
    ["a skew of half a second"] = { clock_skew = 0.5 },
    ["a skew of more than five minutes"] = { clock_skew = 301 },
    ["a text for a switch"] = { require_exact_bearer = "no" },
    ["a prefix with a quote"] = { problem_type_prefix = 'urn:a"b:' },
    ["a prefix that is no URI"] = { problem_type_prefix = "problems" },
    ["a field that is not known"] = { issuer = "https://a.example/" },
  }) do
    it("refuses " .. name, function()
      assert.is_string(refused(given))
    end)
  end

  it("asks for issuers and audiences", function()
    assert.is_nil((schema.complete(definition, { audiences = { "api" } })))
    assert.is_nil((schema.complete(definition, { issuers = { "https://a.example/" } })))
  end)
end)

describe("the rockspec", function()
  it("lists every module that there is", function()
    local listed, there = {}, {}
    for file in io.open("kong-plugin-scrip-claims-1.0.0-1.rockspec"):read("*a"):gmatch('"(kong/plugins/[^"]+%.lua)"') do
      listed[#listed + 1] = file
    end
    local folder = io.popen("ls kong/plugins/scrip-claims/*.lua")
    for file in folder:lines() do
      there[#there + 1] = file
    end
    folder:close()
    table.sort(listed)
    assert.same(there, listed)
  end)
end)
