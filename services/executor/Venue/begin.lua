#!lua
-- The right to send one order, once. KEYS lease order open minute symbols policy
-- ARGV owner id command symbol side type purpose intent quantity deadlineMs isEntry entryUsd maxOrders maxEntries
-- maxUsd keepMs passOpen orderKeys SEND | ASK | OTHER id | LATE now | STOPPED policy | LIMIT what |
-- FENCED owner
local owner = redis.call('HGET', KEYS[1], 'owner')
if owner ~= ARGV[1] then return {'FENCED', owner or ''} end
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local nowText = string.format('%d', now)
local known = redis.call('HMGET', KEYS[2], 'state', 'command')
-- Sent again only when the venue itself said that it does not have it, and never for the same command.
if known[1] and (known[1] ~= 'absent' or known[2] == ARGV[3]) then return {'ASK', ''} end
if ARGV[17] ~= '1' then
  for _, id in ipairs(redis.call('SMEMBERS', KEYS[3])) do
    if id ~= ARGV[2] and redis.call('HGET', ARGV[18] .. id, 'symbol') == ARGV[4] then return {'OTHER', id} end
  end
end
if ARGV[10] ~= '' and now > tonumber(ARGV[10]) then return {'LATE', nowText} end
-- The newest policy counts here, whether the executor has read it or not: no entry leaves behind the word that stops them.
-- None on the stream: what was trimmed was read by the executor, which judges by it.
if ARGV[11] == '1' then
  for _, entry in ipairs(redis.call('XREVRANGE', KEYS[6], '+', '-', 'COUNT', 1)) do
    local fields = entry[2]
    for i = 1, #fields, 2 do
      if fields[i] == 'kill_switch' and fields[i + 1] ~= 'false' then return {'STOPPED', entry[1]} end
      if fields[i] == 'risk_mode' and fields[i + 1] == 'halt' then return {'STOPPED', entry[1]} end
    end
  end
end
local spent = redis.call('HMGET', KEYS[4], 'orders', 'entries', 'usd')
if tonumber(spent[1] or '0') >= tonumber(ARGV[13]) then return {'LIMIT', ARGV[13] .. ' orders'} end
if ARGV[11] == '1' then
  if tonumber(spent[2] or '0') >= tonumber(ARGV[14]) then return {'LIMIT', ARGV[14] .. ' entries'} end
  if tonumber(spent[3] or '0') + tonumber(ARGV[12]) > tonumber(ARGV[15]) then
    return {'LIMIT', ARGV[15] .. ' USD of entries'}
  end
  redis.call('HINCRBY', KEYS[4], 'entries', 1)
  redis.call('HINCRBYFLOAT', KEYS[4], 'usd', ARGV[12])
end
redis.call('HINCRBY', KEYS[4], 'orders', 1)
redis.call('PEXPIRE', KEYS[4], 120000)
redis.call('HSET', KEYS[2], 'state', 'sending', 'sent', nowText, 'command', ARGV[3], 'symbol', ARGV[4], 'side', ARGV[5],
  'type', ARGV[6], 'purpose', ARGV[7], 'intent', ARGV[8], 'quantity', ARGV[9])
redis.call('PEXPIRE', KEYS[2], ARGV[16])
redis.call('SADD', KEYS[3], ARGV[2])
redis.call('SADD', KEYS[5], ARGV[4])
return {'SEND', nowText}
