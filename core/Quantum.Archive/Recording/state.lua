#!lua flags=no-writes
-- KEYS cursor state stage output...: the time, how much the seat published on a tape that no stream has yet, what its
-- last commit left, and the last id of each stream it writes: all of one moment.
local t = redis.call('TIME')
local outputs = {}
for i = 4, #KEYS do
  outputs[#outputs + 1] = KEYS[i]
  local last = '0-0'
  if redis.call('EXISTS', KEYS[i]) == 1 then
    local info = redis.call('XINFO', 'STREAM', KEYS[i])
    for f = 1, #info, 2 do
      if info[f] == 'last-generated-id' then last = info[f + 1] end
    end
  end
  outputs[#outputs + 1] = last
end
return {
  string.format('%d', t[1] * 1000 + math.floor(t[2] / 1000)), redis.call('LLEN', KEYS[3]),
  redis.call('HGETALL', KEYS[1]), redis.call('HGETALL', KEYS[2]), outputs,
}
