#!lua
-- KEYS turn waits bell staged stage... round... stream... | ARGV stages ends, then per stream: n, and n times a group
-- and the number of its seat's stage (0: none): gives {who has not read all, entries}.
-- When every group has read and acknowledged all, what stands on the stages goes onto its streams, stage by stage, with
-- ids that rise over all streams: every reader sees the same order. With ends the turns are over once nothing is left.
-- After a turn only what it touched is looked at: nothing else got an entry since.
-- What a seat reads of it is handed to it as well, packed, so that it need not fetch it; whoever has lost that finds it
-- on the streams. A seat strikes itself off the waits with the commit that settles it (commit.lua), and the last rings.
-- Somebody's word that came onto a stream beside the turns stands before the round's entries there: who reads that
-- stream is handed nothing this time and fetches, for a commit of the round alone would pass over the word.
local stages = tonumber(ARGV[1])
local function facts(rows, wanted)
  for f = 1, #rows, 2 do
    if rows[f] == wanted then return rows[f + 1] end
  end
end
local packed = redis.call('HGET', KEYS[1], 'touched')
local touched = packed and cmsgpack.unpack(packed)
-- Where each stream ended, as far as this turn looked.
local a, readers, ends = 3, {}, {}
for i = 5 + 2 * stages, #KEYS do
  local key, n = KEYS[i], tonumber(ARGV[a])
  readers[key] = a
  if (not touched or touched[key]) and redis.call('EXISTS', key) == 1 then
    local read = {}
    for _, group in ipairs(redis.call('XINFO', 'GROUPS', key)) do
      read[facts(group, 'name')] = facts(group, 'pending') == 0 and facts(group, 'last-delivered-id')
    end
    local last = touched and touched[key]
    for g = 1, n do
      local name = ARGV[a + 2 * g - 1]
      if not last or read[name] ~= last then last = facts(redis.call('XINFO', 'STREAM', key), 'last-generated-id') end
      if read[name] ~= last and not (read[name] == nil and last == '0-0') then return {key .. ' ' .. name, 0} end
    end
    if not touched then ends[key] = last end
  end
  a = a + 1 + 2 * n
end
local t = redis.call('TIME')
local known = redis.call('HMGET', KEYS[1], 'ms', 'k')
local ms, k = t[1] * 1000 + math.floor(t[2] / 1000), -1
if known[1] and tonumber(known[1]) >= ms then ms, k = tonumber(known[1]), tonumber(known[2]) end
local released, moved, rounds, losers = 0, {}, {}, {}
local function hasWord(key)
  local stood = ends[key] or redis.call('HGET', KEYS[1], key) or '0-0'
  return redis.call('XREAD', 'COUNT', 1, 'STREAMS', key, stood) and true
end
local holds = {}
for _, stage in ipairs(redis.call('SMEMBERS', KEYS[4])) do holds[stage] = true end
for i = 5, 4 + stages do
  local staged = (holds[KEYS[i]] or not touched) and redis.call('LRANGE', KEYS[i], 0, -1) or {}
  if #staged > 0 then redis.call('DEL', KEYS[i]) end
  for _, packed in ipairs(staged) do
    local entry = cmsgpack.unpack(packed)
    local from = readers[entry[1]]
    if from and not moved[entry[1]] and hasWord(entry[1]) then
      for g = 1, tonumber(ARGV[from]) do losers[tonumber(ARGV[from + 2 * g])] = true end
    end
    k = k + 1
    local id = string.format('%d-%d', ms, k)
    local done = redis.pcall('XADD', entry[1], id, unpack(entry, 3))
    -- Somebody's word came meanwhile and stands behind that id.
    if type(done) == 'table' and done.err then done = redis.call('XADD', entry[1], '*', unpack(entry, 3)) end
    moved[entry[1]] = done
    released = released + 1
    for g = 1, from and tonumber(ARGV[from]) or 0 do
      local seat = tonumber(ARGV[from + 2 * g])
      if seat > 0 then
        local round = rounds[seat] or {}
        rounds[seat], round[#round + 1], round[#round + 2] = round, done, packed
      end
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
  for seat in pairs(rounds) do redis.call('DEL', KEYS[4 + stages + seat]) end
  -- What is handed over stands on the streams as well, and who rings is a hint: neither goes to the append-only file or
  -- to a replica, where it is as if it got lost.
  redis.set_repl(redis.REPL_NONE)
  for seat, round in pairs(rounds) do
    local key = KEYS[4 + stages + seat]
    for from = 1, losers[seat] and 0 or #round, 1000 do
      redis.call('RPUSH', key, unpack(round, from, math.min(from + 999, #round)))
    end
    redis.call('HSET', KEYS[2], KEYS[4 + seat], round[#round - 1])
  end
  if next(rounds) == nil then redis.call('RPUSH', KEYS[3], '1') end
elseif ARGV[2] == '1' then
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4])
end
return {'', released}
