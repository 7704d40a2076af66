std = "ngx_lua"
max_line_length = 130
-- Phases are methods, and need not look at themselves.
self = false
globals = { "kong" }
-- A field's description stands on one line, however long: it is shown as it is.
files["kong/plugins/scrip-claims/schema.lua"] = { max_line_length = false }
files["spec"] = { std = "+busted", globals = { "kong", "ngx" } }
