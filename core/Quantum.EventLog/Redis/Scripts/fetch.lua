#!lua
-- KEYS lease stream... | ARGV owner epoch consumer, then per stream: kind (n new, p pending, c cursor) group count
-- after. Fenced, because a zombie that reads '>' would hide entries from the owner under the shared consumer name.
-- Gives 1 and how many groups were put back, then for each stream its entries and how often pending ones were delivered.
local l = redis.call('HMGET', KEYS[1], 'owner', 'epoch')
if l[1] ~= ARGV[1] or l[2] ~= ARGV[2] then return {0} end -- fence
local reply = {1, 0}
local a = 4
for i = 2, #KEYS do
  local kind, group, count, after = ARGV[a], ARGV[a + 1], ARGV[a + 2], ARGV[a + 3]
  a = a + 4
  local r
  if kind == 'c' then
    r = redis.call('XREAD', 'COUNT', count, 'STREAMS', KEYS[i], after)
  else
    local function read(from)
      return redis.call('XREADGROUP', 'GROUP', group, ARGV[3], 'COUNT', count, 'STREAMS', KEYS[i], from)
    end
    r = read(kind == 'n' and '>' or after)
    -- Whoever moved the group forward, or read from it, took entries away that the seat has not seen: it is put back.
    if kind == 'n' and after ~= '0-0' then
      local till = r and '(' .. r[1][2][1][1] or '+'
      if #redis.call('XRANGE', KEYS[i], '(' .. after, till, 'COUNT', 1) > 0 then
        redis.call('XGROUP', 'SETID', KEYS[i], group, after)
        r = read('>')
        reply[2] = reply[2] + 1
      end
    end
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
