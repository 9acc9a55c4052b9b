#!lua
-- KEYS lease cursor state journal counts reasons, then link streams, then one key per output shape; on a tape last
--   turn stage waits bell staged
-- ARGV owner epoch expectedSeq ttlMs journal journalKeep clockMs links shapes outputs sets dels counts reasons tape,
--   then links: group cursor n id... | shapes: n name... | outputs: shape value... | sets: field value | dels: field |
--   counts: field by | reasons: field text
-- While a tape is published in turns (turn.lua), what is published waits on the stage for the next one.
-- All checks come first, all writes last: a script is isolated, not rolled back.
local l = redis.call('HMGET', KEYS[1], 'owner', 'epoch')
if l[1] ~= ARGV[1] or l[2] ~= ARGV[2] then return {'FENCED'} end -- fence
local expected = tonumber(ARGV[3])
local seq = tonumber(redis.call('HGET', KEYS[2], 'seq') or '0')
if seq == expected + 1 then return {'DUP'} end -- cursor
if seq ~= expected then return {'STALE', string.format('%d', seq)} end -- cursor
local links, shapes, outputs = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
local function is(key, want)
  local kind = redis.call('TYPE', key).ok
  return kind == want or kind == 'none'
end
local tape = ARGV[15] == '1'
local stage = tape and outputs > 0 and redis.call('EXISTS', KEYS[#KEYS - 4]) == 1 and KEYS[#KEYS - 3]
-- What was read above is of its type; of the others those are asked for that are written to.
if ARGV[11] .. ARGV[12] ~= '00' and not is(KEYS[3], 'hash') then return {'WRONGKEY', KEYS[3]} end
if ARGV[5] ~= '' and not is(KEYS[4], 'stream') then return {'WRONGKEY', KEYS[4]} end
if ARGV[13] ~= '0' and not is(KEYS[5], 'hash') then return {'WRONGKEY', KEYS[5]} end
if ARGV[14] ~= '0' and not is(KEYS[6], 'hash') then return {'WRONGKEY', KEYS[6]} end
local a = 16
for i = 1, links do
  local n = tonumber(ARGV[a + 2])
  if n > 0 and not is(KEYS[6 + i], 'stream') then return {'WRONGKEY', KEYS[6 + i]} end
  a = a + 3 + n
end
for i = 7 + links, stage and 0 or 6 + links + shapes do
  if not is(KEYS[i], 'stream') then return {'WRONGKEY', KEYS[i]} end
end

local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local nowText = string.format('%d', now)
local seqText = string.format('%d', seq + 1)
if ARGV[5] ~= '' then
  local written =
    redis.pcall('XADD', KEYS[4], 'MAXLEN', '~', ARGV[6], seqText .. '-0', 'in', ARGV[5], 'at', nowText)
  if type(written) == 'table' and written.err then return {'JOURNAL', KEYS[4]} end
end

local want = tape and redis.call('HGET', KEYS[#KEYS - 2], KEYS[#KEYS - 3])
local settled = false
a = 16
local moved = {'seq', seqText, 'at', nowText}
if ARGV[7] ~= '0' then
  moved[#moved + 1] = 'clock'
  moved[#moved + 1] = ARGV[7]
end
for i = 1, links do
  local group, cursor, n = ARGV[a], ARGV[a + 1], tonumber(ARGV[a + 2])
  a = a + 3
  for from = a, a + n - 1, 1000 do
    redis.call('XACK', KEYS[6 + i], group, unpack(ARGV, from, math.min(from + 999, a + n - 1)))
  end
  a = a + n
  -- A link without acknowledgements is read by its cursor: on a tape whoever waits for it looks at the group.
  if tape and n == 0 and cursor ~= '' then
    redis.pcall('XGROUP', 'SETID', KEYS[6 + i], group, cursor)
  end
  if cursor ~= '' then
    settled = settled or cursor == want
    moved[#moved + 1] = KEYS[6 + i]
    moved[#moved + 1] = cursor
  end
end

local put = {}
local calls, sizes = {}, {}
for i = 1, shapes do
  local n = tonumber(ARGV[a])
  local call = {'XADD', KEYS[6 + links + i], '*'}
  for j = 1, n do call[2 + 2 * j] = ARGV[a + j] end
  calls[i], sizes[i] = call, n
  a = a + 1 + n
end
for i = 1, outputs do
  local shape = tonumber(ARGV[a])
  local call, n = calls[shape], sizes[shape]
  for j = 1, n do call[3 + 2 * j] = ARGV[a + j] end
  if stage then
    put[i] = cmsgpack.pack({unpack(call, 2, 3 + 2 * n)})
  else
    redis.call(unpack(call, 1, 3 + 2 * n))
  end
  a = a + 1 + n
end

if #put > 0 then
  redis.call('SADD', KEYS[#KEYS], stage)
  for from = 1, #put, 1000 do redis.call('RPUSH', stage, unpack(put, from, math.min(from + 999, #put))) end
end

local function each(command, key, count)
  for from = a, a + count - 1, 1000 do
    redis.call(command, key, unpack(ARGV, from, math.min(from + 999, a + count - 1)))
  end
  a = a + count
end
each('HSET', KEYS[3], 2 * tonumber(ARGV[11]))
each('HDEL', KEYS[3], tonumber(ARGV[12]))
for i = 1, tonumber(ARGV[13]) do
  redis.call('HINCRBY', KEYS[5], ARGV[a], ARGV[a + 1])
  a = a + 2
end
each('HSET', KEYS[6], 2 * tonumber(ARGV[14]))
redis.call('HSET', KEYS[2], unpack(moved))
redis.call('HSET', KEYS[1], 'until', string.format('%d', now + ARGV[4]), 'fruitless', '0')
-- The last of a round's readers rings for the next one: whoever takes the turn still looks whether it may. A hint is
-- in no file and on no replica (turn.lua).
if settled then redis.set_repl(redis.REPL_NONE) end
if settled and redis.call('HDEL', KEYS[#KEYS - 2], KEYS[#KEYS - 3]) == 1
    and redis.call('EXISTS', KEYS[#KEYS - 2]) == 0 then
  redis.call('RPUSH', KEYS[#KEYS - 1], '1')
end
return {'OK'}
