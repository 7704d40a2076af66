-- Headers that claim to say who calls. What jwt sets is left; everything else of that kind came from the caller.
local find = string.find
local gsub = string.gsub
local lower = string.lower

local kong = kong

local identity = {}

-- Set or cleared by jwt for each request, in just this spelling.
local OURS = {
  ["x-consumer-id"] = true,
  ["x-consumer-custom-id"] = true,
  ["x-consumer-username"] = true,
  ["x-credential-identifier"] = true,
}

-- acl sets x-consumer-groups and x-authenticated-groups, but later than this plugin.
local KINDS = { "^x%-consumer%-", "^x%-authenticated%-", "^x%-anonymous%-", "^x%-credential%-" }

--- Is the header for us to remove? An underscore is a dash to many a server behind the gateway: X_Consumer-Username is a twin
-- of X-Consumer-Username, which jwt does not overwrite.
function identity.is_spoofed(name)
  local written = lower(name)
  if OURS[written] then
    return false
  end
  local meant = gsub(written, "_", "-")
  for i = 1, #KINDS do
    if find(meant, KINDS[i]) then
      return true
    end
  end
  return false
end

--- Removes them from what goes to the service.
-- @param headers all of the request's
function identity.strip(headers)
  for name in pairs(headers) do
    if identity.is_spoofed(name) then
      kong.service.request.clear_header(name)
    end
  end
end

return identity
