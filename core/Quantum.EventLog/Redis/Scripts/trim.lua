#!lua
-- KEYS stream | ARGV keepFromMs keepFromSeq: removes what lies below, but nothing that any group has not read and
-- acknowledged.
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local ms, seq = tonumber(ARGV[1]), tonumber(ARGV[2])
local function atMost(id)
  local idMs, idSeq = string.match(id, '(%d+)-(%d+)')
  idMs, idSeq = tonumber(idMs), tonumber(idSeq)
  if idMs < ms or (idMs == ms and idSeq < seq) then ms, seq = idMs, idSeq end
end
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local name, pending
  for i = 1, #group, 2 do
    if group[i] == 'name' then name = group[i + 1] end
    if group[i] == 'pending' then pending = group[i + 1] end
    if group[i] == 'last-delivered-id' then atMost(group[i + 1]) end
  end
  if pending > 0 then atMost(redis.call('XPENDING', KEYS[1], name)[2]) end
end
return redis.call('XTRIM', KEYS[1], 'MINID', string.format('%d-%d', ms, seq))
