#!lua
-- KEYS topology | ARGV field value...: the first one writes, everybody reads. Fields that an older build did not know
-- are added to its mark, the first field never, and only by who agrees with all there is: a refused process leaves no
-- trace.
local first = redis.call('HGET', KEYS[1], ARGV[1])
local agrees = redis.call('EXISTS', KEYS[1]) == 0 or first
for i = 1, #ARGV, 2 do
  local there = redis.call('HGET', KEYS[1], ARGV[i])
  if there and there ~= ARGV[i + 1] then agrees = false end
end
if agrees then redis.call('HSET', KEYS[1], unpack(ARGV)) end
return redis.call('HGETALL', KEYS[1])
