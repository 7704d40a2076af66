-- What wrk sends: wrk … URL -- CALL [TOKENS], with a bearer token in BEARER.
--   tokenize, tokenize-batch      values nobody sent before, one or a hundred a call
--   detokenize, detokenize-batch  tokens out of the file TOKENS, each line as long as the other
--   encrypt PATH, echo PATH       like tokenize, to another path
-- Ends with one line for the harness. A batch is answered 200 whatever its items are, so their problems are counted here.
local BATCH = 100
local threads = {}

function setup(thread)
  table.insert(threads, thread)
  thread:set("thread", #threads)
end

local function value()
  return string.format("%08d%08d", math.random(0, 99999999), math.random(0, 99999999))
end

local function tokens_of(path)
  local file = assert(io.open(path, "rb"))
  local all = file:read("*a")
  file:close()
  local width = assert(all:find("\n", 1, true), "no token in " .. path)
  local count = math.floor(#all / width)
  return function()
    local at = math.random(0, count - 1) * width
    return all:sub(at + 1, at + width - 1)
  end
end

local function sender(path, body)
  local head = "POST " .. path .. " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    .. "Authorization: Bearer " .. os.getenv("BEARER") .. "\r\nContent-Length: "
  return function()
    local text = body()
    return head .. #text .. "\r\n\r\n" .. text
  end
end

local function one(field, draw)
  return function() return '{"' .. field .. '":"' .. draw() .. '"}' end
end

local function many(field, draw)
  local item = one(field, draw)
  return function()
    local items = {}
    for i = 1, BATCH do items[i] = item() end
    return '{"items":[' .. table.concat(items, ",") .. "]}"
  end
end

function init(args)
  local call, argument = args[1], args[2]
  math.randomseed(os.time() * 1000 + thread * 7919 + math.floor(os.clock() * 1e6))
  problems = 0
  if call == "tokenize" then request = sender("/v1/tokenize", one("data", value))
  elseif call == "tokenize-batch" then request = sender("/v1/tokenize/batch", many("data", value))
  elseif call == "detokenize" then request = sender("/v1/detokenize", one("token", tokens_of(argument)))
  elseif call == "detokenize-batch" then request = sender("/v1/detokenize/batch", many("token", tokens_of(argument)))
  else request = sender(argument, one("data", value)) end
  if call:find("batch", 1, true) then
    response = function(_, _, body)
      if body:find('"problem"', 1, true) then problems = problems + 1 end
    end
  end
end

function done(summary, latency)
  local all = 0
  for _, each in ipairs(threads) do all = all + each:get("problems") end
  local errors = summary.errors
  print(string.format(
    "BENCH requests=%d micros=%d connect=%d read=%d write=%d status=%d timeout=%d problems=%d p50=%d p99=%d p999=%d",
    summary.requests, summary.duration, errors.connect, errors.read, errors.write, errors.status, errors.timeout, all,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
