#!lua
-- What became of a sent order. KEYS order open | ARGV clientOrderId state keepMs sentMs
-- An unknown one stays open until the venue has said what it is. An answer to an earlier try says nothing of a later one.
local sent = redis.call('HGET', KEYS[1], 'sent')
if not sent then return 0 end
if ARGV[2] == 'absent' and tonumber(sent) ~= tonumber(ARGV[4]) then return 0 end
redis.call('HSET', KEYS[1], 'state', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
if ARGV[2] == 'unknown' then redis.call('SADD', KEYS[2], ARGV[1]) else redis.call('SREM', KEYS[2], ARGV[1]) end
return 1
