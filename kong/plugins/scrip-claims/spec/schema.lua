-- Reads the plugin's schema as Kong does: the few rules that it uses. A rule that is not known here fails.
local schema = {}

local RULES = {
  description = function() return true end,
  default = function() return true end,
  required = function() return true end,
  elements = function(value, elements)
    for _, item in ipairs(value) do
      if not schema.fits(elements, item) then
        return false
      end
    end
    return true
  end,
  type = function(value, kind)
    if kind == "array" then
      return type(value) == "table" and #value == select("#", unpack(value))
    elseif kind == "integer" then
      return type(value) == "number" and value % 1 == 0
    end
    return type(value) == kind
  end,
  len_min = function(value, least) return #value >= least end,
  len_max = function(value, most) return #value <= most end,
  match = function(value, pattern) return value:match(pattern) ~= nil end,
  between = function(value, limits) return value >= limits[1] and value <= limits[2] end,
}

--- Does the value keep to the field's rules?
function schema.fits(field, value)
  if not RULES.type(value, field.type) then
    return false
  end
  for rule, argument in pairs(field) do
    local keeps = assert(RULES[rule], "rule not known: " .. rule)
    if not keeps(value, argument) then
      return false
    end
  end
  return true
end

--- The fields of config, by name.
function schema.fields(definition)
  local fields = {}
  for _, top in ipairs(definition.fields) do
    for _, entry in ipairs(top.config and top.config.fields or {}) do
      local name, field = next(entry)
      fields[name] = field
    end
  end
  return fields
end

--- A configuration with the defaults filled in; nil and the field's name where a value does not fit.
function schema.complete(definition, given)
  local fields, conf = schema.fields(definition), {}
  for name in pairs(given) do
    if not fields[name] then
      return nil, name
    end
  end
  for name, field in pairs(fields) do
    local value = given[name]
    if value == nil then
      value = field.default
    end
    if value == nil and field.required or value ~= nil and not schema.fits(field, value) then
      return nil, name
    end
    conf[name] = value
  end
  return conf
end

return schema
