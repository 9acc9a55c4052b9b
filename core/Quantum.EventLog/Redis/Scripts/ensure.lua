#!lua
-- KEYS stream [lease] | ARGV group start consumer [owner epoch]: with a lease the pending entries of other consumers
-- are taken over (a rogue reader, or a system before this one); trimmed ones among them are counted as lost.
local last = '0-0'
if redis.call('EXISTS', KEYS[1]) == 1 then
  local info = redis.call('XINFO', 'STREAM', KEYS[1])
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then last = info[i + 1] end
  end
end
local function before(left, right)
  local leftMs, leftSeq = string.match(left, '(%d+)-(%d+)')
  local rightMs, rightSeq = string.match(right, '(%d+)-(%d+)')
  if leftMs ~= rightMs then return tonumber(leftMs) < tonumber(rightMs) end
  return tonumber(leftSeq) < tonumber(rightSeq)
end
-- A stream that ends before the start was deleted and made anew: its entries are all unread.
local start = before(last, ARGV[2]) and '0-0' or ARGV[2]
local made = redis.pcall('XGROUP', 'CREATE', KEYS[1], ARGV[1], start, 'MKSTREAM')
if type(made) == 'table' and made.err and not string.find(made.err, 'BUSYGROUP', 1, true) then return made end
local taken, lost = 0, 0
if KEYS[2] then
  local l = redis.call('HMGET', KEYS[2], 'owner', 'epoch')
  if l[1] == ARGV[4] and l[2] == ARGV[5] then
    for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
      local name, pending = '', 0
      for i = 1, #consumer, 2 do
        if consumer[i] == 'name' then name = consumer[i + 1] end
        if consumer[i] == 'pending' then pending = consumer[i + 1] end
      end
      if name ~= ARGV[3] and pending > 0 then
        local ids = {}
        for _, row in ipairs(redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', math.min(pending, 1000), name)) do
          ids[#ids + 1] = row[1]
        end
        local args = {'XCLAIM', KEYS[1], ARGV[1], ARGV[3], '0'}
        for i = 1, #ids do args[#args + 1] = ids[i] end
        args[#args + 1] = 'JUSTID'
        local claimed = redis.call(unpack(args))
        taken, lost = taken + #claimed, lost + #ids - #claimed
      end
    end
  end
end
return {last, taken, lost}
