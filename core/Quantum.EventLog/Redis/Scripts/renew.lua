#!lua
-- KEYS lease | ARGV owner epoch ttlMs (0 frees the seat)
local l = redis.call('HMGET', KEYS[1], 'owner', 'epoch')
if l[1] ~= ARGV[1] or l[2] ~= ARGV[2] then return 0 end -- fence
if ARGV[3] == '0' then
  redis.call('HSET', KEYS[1], 'until', '0', 'fruitless', '0')
  return 1
end
local t = redis.call('TIME')
redis.call('HSET', KEYS[1], 'until', string.format('%d', t[1] * 1000 + math.floor(t[2] / 1000) + ARGV[3]))
return 1
