-- A stand-in for the few parts of Kong that the plugin touches, each with the manners of Kong 3.9's own: what a phase may not
-- call fails, exit ends the phase it is called in, header names come in lower case and underscores stay as they are.
local cjson = require "cjson.safe"
local digest = require "openssl.digest"

local gateway = {}

local BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

function gateway.encode_base64url(text)
  local bits = text:gsub(".", function(char)
    local code, out = char:byte(), {}
    for i = 7, 0, -1 do
      out[#out + 1] = math.floor(code / 2 ^ i) % 2
    end
    return table.concat(out)
  end)
  bits = bits .. ("0"):rep(-#bits % 6)
  return (bits:gsub("%d%d%d%d%d%d", function(six)
    local at = tonumber(six, 2) + 1
    return BASE64:sub(at, at)
  end):gsub("+", "-"):gsub("/", "_"))
end

--- Nil for what is no base64, as in ngx_lua.
local function decode_base64(text)
  local body, pad = text:match("^([%w+/]*)(=*)$")
  if not body or #text % 4 ~= 0 or #pad > 2 then
    return nil
  end
  local bits = body:gsub(".", function(char)
    local code, out = BASE64:find(char, 1, true) - 1, {}
    for i = 5, 0, -1 do
      out[#out + 1] = math.floor(code / 2 ^ i) % 2
    end
    return table.concat(out)
  end)
  return (bits:sub(1, #bits - #bits % 8):gsub(("%d"):rep(8), function(eight)
    return string.char(tonumber(eight, 2))
  end))
end

local state

local function only_in(...)
  for _, phase in ipairs({ ... }) do
    if state.phase == phase then
      return
    end
  end
  error("function cannot be called in " .. state.phase .. " phase", 3)
end

local function header_table(headers, max)
  local read, count = {}, 0
  for _, header in ipairs(headers) do
    if count == max then
      return read, "truncated"
    end
    count = count + 1
    local name = header[1]:lower()
    if type(read[name]) == "table" then
      table.insert(read[name], header[2])
    else
      read[name] = read[name] and { read[name], header[2] } or header[2]
    end
  end
  return read
end

local function lowered(headers)
  local out = {}
  for name, value in pairs(headers or {}) do
    out[name:lower()] = value
  end
  return out
end

_G.ngx = {
  decode_base64 = decode_base64,
  time = function()
    return state.now
  end,
}

_G.kong = {
  ctx = {},
  log = {},
  request = {
    get_headers = function(max)
      only_in("access")
      assert(max >= 1 and max <= 1000, "max_headers out of bounds")
      return header_table(state.headers, max)
    end,
    get_header = function(name)
      only_in("access", "header_filter", "body_filter")
      local value = header_table(state.headers, 100)[name:lower()]
      return type(value) == "table" and value[1] or value
    end,
  },
  service = { request = {
    clear_header = function(name)
      only_in("access")
      assert(type(name) == "string", "header must be a string")
      for i = #state.headers, 1, -1 do
        if state.headers[i][1]:lower() == name:lower() then
          table.remove(state.headers, i)
        end
      end
    end,
  } },
  client = {
    get_consumer = function()
      return state.consumer
    end,
    get_credential = function()
      return state.credential
    end,
    authenticate = function(consumer, credential)
      only_in("access")
      assert(consumer == nil or type(consumer) == "table", "consumer must be a table or nil")
      assert(type(credential) == "table", "credential must be a table")
      state.consumer, state.credential = consumer, credential
    end,
  },
  response = {
    exit = function(status, body, headers)
      only_in("access")
      assert(type(status) == "number" and type(body) == "string")
      state.answer = { source = "exit", status = status, body = body, headers = lowered(headers) }
      coroutine.yield("exit")
    end,
    get_source = function()
      only_in("header_filter", "body_filter")
      return state.answer.source
    end,
    get_status = function()
      only_in("header_filter", "body_filter")
      return state.answer.status
    end,
    get_header = function(name)
      only_in("header_filter", "body_filter")
      return state.answer.headers[name:lower()]
    end,
    set_status = function(status)
      only_in("header_filter")
      assert(type(status) == "number")
      state.answer.status = status
    end,
    set_header = function(name, value)
      only_in("header_filter")
      assert(type(value) == "string" or type(value) == "number")
      state.answer.headers[name:lower()] = value
    end,
    clear_header = function(name)
      only_in("header_filter")
      state.answer.headers[name:lower()] = nil
    end,
    get_raw_body = function()
      only_in("body_filter")
      if state.piece < #state.pieces then
        return nil
      end
      return table.concat(state.pieces)
    end,
    set_raw_body = function(body)
      only_in("body_filter")
      state.sent = body
    end,
  },
}
for _, level in ipairs({ "err", "warn", "notice", "info", "debug" }) do
  kong.log[level] = function(...)
    table.insert(state.log, table.concat({ ... }))
  end
end

package.preload["kong.tools.sha256"] = function()
  return {
    sha256_hex = function(text)
      if state.broken_digest then
        return nil, "no digest"
      end
      return (digest.new("sha256"):final(text):gsub(".", function(char)
        return ("%02x"):format(char:byte())
      end))
    end,
  }
end

package.preload["kong.db.schema.typedefs"] = function()
  return { no_consumer = { type = "foreign", eq = "null" }, protocols_http = { type = "set" } }
end

local function run(phase, handler, conf)
  state.phase = phase
  local step = coroutine.create(handler[phase])
  assert(coroutine.resume(step, handler, conf))
  if phase == "access" and coroutine.status(step) == "suspended" then
    return state.answer
  end
end

--- A token in compact form; what is no table goes into it as it is.
function gateway.token(payload, header)
  local function part(value)
    return gateway.encode_base64url(type(value) == "table" and cjson.encode(value) or value)
  end
  return part(header or { alg = "RS256", kid = "k1", typ = "JWT" }) .. "." .. part(payload) .. ".c2ln"
end

--- A request that jwt has let through. Fields given replace these.
function gateway.request(token, given)
  state = {
    now = 1800000000,
    headers = { { "Host", "api.example.com" }, { "Authorization", "Bearer " .. (token or "") } },
    consumer = { id = "consumer" },
    credential = { id = "credential", key = "k1" },
    log = {},
  }
  for name, value in pairs(given or {}) do
    state[name] = value
  end
  kong.ctx.shared = { authenticated_jwt_token = token }
  kong.ctx.plugin = {}
  return state
end

--- @return the refusal, or nothing where the request goes on
function gateway.access(handler, conf)
  local answer = run("access", handler, conf)
  if answer then
    answer.problem = cjson.decode(answer.body)
  end
  return answer
end

--- What the caller gets of an answer that this or another plugin, Kong or the service has given.
function gateway.answer(handler, conf, given, pieces)
  state.answer = { source = given.source, status = given.status, headers = lowered(given.headers) }
  state.pieces = pieces or { given.body or "" }
  state.sent = nil
  run("header_filter", handler, conf)
  for piece = 1, #state.pieces do
    state.piece = piece
    run("body_filter", handler, conf)
  end
  state.answer.body = state.sent or table.concat(state.pieces)
  return state.answer
end

return gateway
