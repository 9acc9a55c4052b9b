#!lua
-- KEYS turn stage staged | ARGV number, then entries: stream n name value... A step of a tape, whole, onto the stage;
-- told again under the same number it is there once.
if redis.call('HGET', KEYS[1], 'offer') == ARGV[1] then return 0 end
local a = 2
while a <= #ARGV do
  local n = tonumber(ARGV[a + 1])
  local entry = {ARGV[a], '*'}
  for i = 1, 2 * n do entry[2 + i] = ARGV[a + 1 + i] end
  redis.call('RPUSH', KEYS[2], cmsgpack.pack(entry))
  a = a + 2 + 2 * n
end
redis.call('SADD', KEYS[3], KEYS[2])
redis.call('HSET', KEYS[1], 'offer', ARGV[1])
return 1
