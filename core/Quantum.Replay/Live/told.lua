#!lua
-- KEYS the replay's hash | ARGV owner what ms-of-another field value...: what is 'whole' when all was compared,
-- 'behind', or 'over'. Gives {'OK'}, or {'TAKEN', owner} while another replay tells there.
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local known = redis.call('HMGET', KEYS[1], 'owner', 'at', 'whole_at')
local isOwn = known[1] == ARGV[1]
if known[1] and not isOwn and now - (tonumber(known[2]) or 0) < tonumber(ARGV[3]) then return {'TAKEN', known[1]} end
if not isOwn or ARGV[2] == 'over' then redis.call('DEL', KEYS[1]) end
if ARGV[2] == 'over' then return {'OK'} end
local whole = (ARGV[2] == 'whole' or not isOwn) and string.format('%d', now) or known[3]
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'at', string.format('%d', now), 'whole_at', whole, unpack(ARGV, 4))
return {'OK'}
