#!lua
-- KEYS turn stage... stream... | ARGV stages ends, then per stream: n group...: gives {who has not read all, entries}.
-- When every group has read and acknowledged all, what stands on the stages goes onto its streams, stage by stage, with
-- ids that rise over all streams: every reader sees the same order. With ends the turns are over once nothing is left.
local stages = tonumber(ARGV[1])
local a = 3
for i = 2 + stages, #KEYS do
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
      if not seen[name] and not (seen[name] == nil and last == '0-0') then return {KEYS[i] .. ' ' .. name, 0} end
    end
  end
  a = a + 1 + n
end
local t = redis.call('TIME')
local known = redis.call('HMGET', KEYS[1], 'ms', 'k')
local ms, k = t[1] * 1000 + math.floor(t[2] / 1000), -1
if known[1] and tonumber(known[1]) >= ms then ms, k = tonumber(known[1]), tonumber(known[2]) end
local released = 0
for i = 2, 1 + stages do
  local staged = redis.call('LRANGE', KEYS[i], 0, -1)
  if #staged > 0 then redis.call('DEL', KEYS[i]) end
  for _, packed in ipairs(staged) do
    local entry = cmsgpack.unpack(packed)
    k = k + 1
    local id = string.format('%d-%d', ms, k)
    local done = redis.pcall('XADD', entry[1], id, unpack(entry, 3))
    -- Somebody's word came meanwhile and stands behind that id.
    if type(done) == 'table' and done.err then redis.call('XADD', entry[1], '*', unpack(entry, 3)) end
    released = released + 1
  end
end
if released > 0 then
  redis.call('HSET', KEYS[1], 'ms', string.format('%d', ms), 'k', string.format('%d', k))
elseif ARGV[2] == '1' then
  redis.call('DEL', KEYS[1])
end
return {'', released}
