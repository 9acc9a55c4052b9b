#!lua
-- KEYS lease | ARGV owner ttlMs gone (an owner known to be dead, or empty). The epoch outlives lost writes because it
-- is never below the server's clock.
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local l = redis.call('HMGET', KEYS[1], 'owner', 'epoch', 'until', 'fruitless')
if l[1] and l[1] ~= ARGV[1] and l[1] ~= ARGV[3] and tonumber(l[3] or '0') > now then return {0, l[2], l[1], 0} end
local epoch = string.format('%d', math.max(tonumber(l[2] or '0') + 1, now))
local fruitless = tonumber(l[4] or '0')
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'epoch', epoch, 'until', string.format('%d', now + ARGV[2]),
  'fruitless', string.format('%d', fruitless + 1))
return {1, epoch, ARGV[1], fruitless}
