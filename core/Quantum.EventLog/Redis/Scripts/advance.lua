#!lua
-- KEYS stream | ARGV group ms seq: moves the group's position forward only.
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local name, last
  for i = 1, #group, 2 do
    if group[i] == 'name' then name = group[i + 1] end
    if group[i] == 'last-delivered-id' then last = group[i + 1] end
  end
  if name == ARGV[1] then
    local ms, seq = string.match(last, '(%d+)-(%d+)')
    ms, seq = tonumber(ms), tonumber(seq)
    local toMs, toSeq = tonumber(ARGV[2]), tonumber(ARGV[3])
    if toMs < ms or (toMs == ms and toSeq <= seq) then return 0 end
    redis.call('XGROUP', 'SETID', KEYS[1], name, ARGV[2] .. '-' .. ARGV[3])
    return 1
  end
end
return 0
