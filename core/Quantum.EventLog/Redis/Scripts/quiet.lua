#!lua flags=no-writes
-- KEYS stream... | ARGV per stream: n group...: gives '' when every group has read and acknowledged all, else who has
-- not.
local a = 1
for i = 1, #KEYS do
  local n = tonumber(ARGV[a])
  if redis.call('EXISTS', KEYS[i]) == 1 then
    local info = redis.call('XINFO', 'STREAM', KEYS[i])
    local last
    for f = 1, #info, 2 do
      if info[f] == 'last-generated-id' then last = info[f + 1] end
    end
    local seen = {}
    for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[i])) do
      local name, pending, read
      for f = 1, #group, 2 do
        if group[f] == 'name' then name = group[f + 1] end
        if group[f] == 'pending' then pending = group[f + 1] end
        if group[f] == 'last-delivered-id' then read = group[f + 1] end
      end
      seen[name] = pending == 0 and read == last
    end
    for g = 1, n do
      local name = ARGV[a + g]
      if not seen[name] and not (seen[name] == nil and last == '0-0') then return KEYS[i] .. ' ' .. name end
    end
  end
  a = a + 1 + n
end
return ''
