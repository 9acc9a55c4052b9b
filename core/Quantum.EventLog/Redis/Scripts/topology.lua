#!lua
-- KEYS topology | ARGV field value...: the first one writes, everybody reads.
if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('HSET', KEYS[1], unpack(ARGV)) end
return redis.call('HGETALL', KEYS[1])
