-- One name for each caller, for rate-limiting to count by.
local sha256_hex = require("kong.tools.sha256").sha256_hex

local format = string.format

local bucket = {}

--- A digest, so that nobody's name reaches logs or Redis and no byte of it a key's syntax; each part with its length in front, so
-- that no two callers share one: a subject of Auth0 has a bar in it, and a client might have one too.
-- @return 64 hexadecimal digits; or nil and an error
function bucket.id(caller)
  return sha256_hex(format("%d:%s%d:%s%d:%s",
    #caller.issuer, caller.issuer, #caller.client, caller.client, #caller.subject, caller.subject))
end

return bucket
