#!lua
-- KEYS lease stream... | ARGV owner epoch consumer, then per stream: kind (n new, p pending, c cursor) group count
-- after. Fenced, because a zombie that reads '>' would hide entries from the owner under the shared consumer name.
local l = redis.call('HMGET', KEYS[1], 'owner', 'epoch')
if l[1] ~= ARGV[1] or l[2] ~= ARGV[2] then return {0} end -- fence
local reply = {1}
local a = 4
for i = 2, #KEYS do
  local kind, group, count, after = ARGV[a], ARGV[a + 1], ARGV[a + 2], ARGV[a + 3]
  a = a + 4
  local r
  if kind == 'c' then
    r = redis.call('XREAD', 'COUNT', count, 'STREAMS', KEYS[i], after)
  else
    if kind == 'n' then after = '>' end
    r = redis.call('XREADGROUP', 'GROUP', group, ARGV[3], 'COUNT', count, 'STREAMS', KEYS[i], after)
  end
  local entries = r and r[1][2] or {}
  local deliveries = {}
  if kind == 'p' and #entries > 0 then
    local rows = redis.call('XPENDING', KEYS[i], group, entries[1][1], entries[#entries][1], #entries, ARGV[3])
    for j = 1, #rows do deliveries[j] = rows[j][4] end
  end
  reply[#reply + 1] = entries
  reply[#reply + 1] = deliveries
end
return reply
