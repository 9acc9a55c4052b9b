#!lua
-- KEYS stream thisHour lastHour | ARGV dedupeId name value...
local known = redis.call('HGET', KEYS[2], ARGV[1]) or redis.call('HGET', KEYS[3], ARGV[1])
if known then
  -- A repeat writes too: whoever waits for a replica waits for what this connection wrote.
  redis.call('EXPIRE', KEYS[2], 7200)
  redis.call('EXPIRE', KEYS[3], 7200)
  return known
end
local id = redis.call('XADD', KEYS[1], '*', unpack(ARGV, 2))
redis.call('HSET', KEYS[2], ARGV[1], id)
redis.call('EXPIRE', KEYS[2], 7200)
return id
