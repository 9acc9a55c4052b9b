#!lua
-- KEYS stream | ARGV keepFromMs keepFromSeq recorder most: removes what lies below, but nothing that any group has not
-- read and acknowledged. The group of an archive's recorder is waited for while no more than most entries are there.
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local ms, seq = tonumber(ARGV[1]), tonumber(ARGV[2])
local function atMost(id)
  local idMs, idSeq = string.match(id, '(%d+)-(%d+)')
  idMs, idSeq = tonumber(idMs), tonumber(idSeq)
  if idMs < ms or (idMs == ms and idSeq < seq) then ms, seq = idMs, idSeq end
end
local recorded
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local name, pending, read
  for i = 1, #group, 2 do
    if group[i] == 'name' then name = group[i + 1] end
    if group[i] == 'pending' then pending = group[i + 1] end
    if group[i] == 'last-delivered-id' then read = group[i + 1] end
  end
  if string.sub(name, 1, #ARGV[3]) == ARGV[3] then recorded = read else atMost(read) end
  if pending > 0 then atMost(redis.call('XPENDING', KEYS[1], name)[2]) end
end
local safe = string.format('%d-%d', ms, seq)
if not recorded then return redis.call('XTRIM', KEYS[1], 'MINID', safe) end
atMost(recorded)
local gone = redis.call('XTRIM', KEYS[1], 'MINID', string.format('%d-%d', ms, seq))
local over = redis.call('XLEN', KEYS[1]) - ARGV[4]
if over > 0 then gone = gone + redis.call('XTRIM', KEYS[1], 'MINID', '~', safe, 'LIMIT', over) end
return gone
