#!lua
-- KEYS stream | ARGV group consumer idleMs: removes other consumers that hold nothing and were idle that long; with idleMs 0
-- the consumer itself. Check and removal are one step, because removing a consumer drops what it holds.
local reaped = 0
for _, row in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local name, pending, idle
  for i = 1, #row, 2 do
    if row[i] == 'name' then name = row[i + 1] end
    if row[i] == 'pending' then pending = row[i + 1] end
    if row[i] == 'idle' then idle = row[i + 1] end
  end
  local isOwn = name == ARGV[2]
  local goes = (ARGV[3] == '0' and isOwn) or (ARGV[3] ~= '0' and not isOwn and idle > tonumber(ARGV[3]))
  if pending == 0 and goes then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], name)
    reaped = reaped + 1
  end
end
return reaped
