#!lua
-- KEYS turn waits bell staged | ARGV ends: gives {who has not read all, entries}. What is the same in every turn stands
-- in the text, where it costs next to nothing: the seats' stages and rounds, and who reads a stream, each group with
-- the number of its seat (0: none).
--@ local stages, rounds, readers = {stage...}, {round...}, {[stream] = 'group seat group seat...', ...}
-- When every group has read and acknowledged all, what stands on the stages goes onto its streams, stage by stage, with
-- ids that rise over all streams: every reader sees the same order. With ends the turns are over once nothing is left.
-- After a turn only what it touched is looked at: nothing else got an entry since.
-- What a seat reads of it is handed to it as well, packed, so that it need not fetch it; whoever has lost that finds it
-- on the streams. A seat strikes itself off the waits with the commit that settles it (commit.lua), and the last rings.
-- Somebody's word that came onto a stream beside the turns stands before the round's entries there: who reads that
-- stream is handed nothing this time and fetches, for a commit of the round alone would pass over the word.
local packed = redis.call('HGET', KEYS[1], 'touched')
local touched = packed and cmsgpack.unpack(packed)
local function lastOf(key)
  local rows = redis.call('XINFO', 'STREAM', key)
  for f = 1, #rows, 2 do
    if rows[f] == 'last-generated-id' then return rows[f + 1] end
  end
end
-- How far each group has read; false with something pending.
local function readOf(key)
  local read = {}
  for _, rows in ipairs(redis.call('XINFO', 'GROUPS', key)) do
    local name, pending, last
    for f = 1, #rows, 2 do
      if rows[f] == 'name' then name = rows[f + 1]
      elseif rows[f] == 'pending' then pending = rows[f + 1]
      elseif rows[f] == 'last-delivered-id' then last = rows[f + 1] end
    end
    read[name] = pending == 0 and last
  end
  return read
end
-- Where each stream ended, as far as this turn looked.
local ends = {}
for key in pairs(touched or readers) do
  if readers[key] and redis.call('EXISTS', key) == 1 then
    local read, last = readOf(key), touched and touched[key]
    for name in string.gmatch(readers[key], '(%S+) %d+') do
      if not last or read[name] ~= last then last = lastOf(key) end
      if read[name] ~= last and not (read[name] == nil and last == '0-0') then return {key .. ' ' .. name, 0} end
    end
    if not touched then ends[key] = last end
  end
end
local t = redis.call('TIME')
local known = redis.call('HMGET', KEYS[1], 'ms', 'k')
local ms, k = t[1] * 1000 + math.floor(t[2] / 1000), -1
if known[1] and tonumber(known[1]) >= ms then ms, k = tonumber(known[1]), tonumber(known[2]) end
local released, moved, handed, losers, seatsOf = 0, {}, {}, {}, {}
local function seats(key)
  if not seatsOf[key] then
    local found = {}
    for seat in string.gmatch(readers[key] or '', '%S+ (%d+)') do found[#found + 1] = tonumber(seat) end
    seatsOf[key] = found
  end
  return seatsOf[key]
end
local function hasWord(key)
  local stood = ends[key] or redis.call('HGET', KEYS[1], key) or '0-0'
  return redis.call('XREAD', 'COUNT', 1, 'STREAMS', key, stood) and true
end
local holds, whole, kinds, emptied = {}, {}, {}, {}
for _, stage in ipairs(redis.call('SMEMBERS', KEYS[4])) do holds[stage] = true end
-- All checks first: what is taken off a stage must have a stream to stand on.
for _, stage in ipairs(stages) do
  local staged = (holds[stage] or not touched) and redis.call('LRANGE', stage, 0, -1) or {}
  if #staged > 0 then emptied[#emptied + 1] = stage end
  for _, packed in ipairs(staged) do
    local entry = cmsgpack.unpack(packed)
    local key = entry[1]
    kinds[key] = kinds[key] or redis.call('TYPE', key).ok
    if kinds[key] ~= 'stream' and kinds[key] ~= 'none' then return {key .. ' that is a ' .. kinds[key], 0} end
    whole[#whole + 1] = {packed, entry}
  end
end
if #emptied > 0 then redis.call('DEL', unpack(emptied)) end
for _, staged in ipairs(whole) do
  local packed, entry = staged[1], staged[2]
  local key = entry[1]
  if readers[key] and not moved[key] and hasWord(key) then
    for _, seat in ipairs(seats(key)) do losers[seat] = true end
  end
  k = k + 1
  local id = string.format('%d-%d', ms, k)
  local done = redis.pcall('XADD', key, id, unpack(entry, 3))
  -- Somebody's word came meanwhile and stands behind that id.
  if type(done) == 'table' and done.err then done = redis.call('XADD', key, '*', unpack(entry, 3)) end
  moved[key] = done
  released = released + 1
  for _, seat in ipairs(seats(key)) do
    if seat > 0 then
      local round = handed[seat] or {}
      handed[seat], round[#round + 1], round[#round + 2] = round, done, packed
    end
  end
end
if released > 0 then
  local noted = {'ms', string.format('%d', ms), 'k', string.format('%d', k), 'touched', cmsgpack.pack(moved)}
  for key, id in pairs(moved) do ends[key] = id end
  for key, id in pairs(ends) do noted[#noted + 1], noted[#noted + 2] = key, id end
  redis.call('HSET', KEYS[1], unpack(noted))
  redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
  -- What is left of an earlier one was read from the streams.
  for seat in pairs(handed) do redis.call('DEL', rounds[seat]) end
  -- What is handed over stands on the streams as well, and who rings is a hint: neither goes to the append-only file or
  -- to a replica, where it is as if it got lost.
  redis.set_repl(redis.REPL_NONE)
  for seat, round in pairs(handed) do
    local key = rounds[seat]
    for from = 1, losers[seat] and 0 or #round, 1000 do
      redis.call('RPUSH', key, unpack(round, from, math.min(from + 999, #round)))
    end
    redis.call('HSET', KEYS[2], stages[seat], round[#round - 1])
  end
  if next(handed) == nil then redis.call('RPUSH', KEYS[3], '1') end
elseif ARGV[1] == '1' then
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4])
end
return {'', released}
