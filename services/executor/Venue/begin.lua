#!lua
-- The right to send one order, once. KEYS lease order open minute symbols policies words cursor
-- ARGV owner id command symbol side type purpose intent quantity deadlineMs isEntry entryUsd maxOrders maxEntries
-- maxUsd keepMs passOpen orderKeys silenceMs
-- SEND now | PAST now (what reduces risk, beyond the limit) | ASK | OTHER id | LATE now | LIMIT what | FENCED owner
-- | KILLED why | HALTED why | SILENT why
local function fields(entry)
  local named = {}
  for i = 1, #entry[2], 2 do named[entry[2][i]] = entry[2][i + 1] end
  return named
end

-- Why no entry may leave: the newest policy, none at all, or an operator's word that governance has not followed yet.
-- Both are streams of this server: what is later than the trip is refused, however far behind its readers are. Nor
-- while governance records nothing: it moves its cursor every second, and who is silent watches no losses.
local function trip(now)
  local newest = redis.call('XREVRANGE', KEYS[6], '+', '-', 'COUNT', 1)[1]
  if not newest then return {'KILLED', 'no policy is on record, and the unknown blocks entries'} end
  local policy = fields(newest)
  local name = 'policy ' .. (policy.policy_version or newest[1])
  if policy.kill_switch == 'true' then return {'KILLED', name} end
  if policy.risk_mode == 'halt' then return {'HALTED', name} end
  local followed = redis.call('HGET', KEYS[8], KEYS[7])
  for _, entry in ipairs(redis.call('XRANGE', KEYS[7], followed and '(' .. followed or '-', '+')) do
    local word = fields(entry)
    local why = (word.command or '') .. ' of ' .. (word.by or '')
    if word.command == 'kill_on' or word.command == 'flatten' then return {'KILLED', why} end
    if word.command == 'set_mode' and word.risk_mode == 'halt' then return {'HALTED', why} end
  end
  local at = tonumber(redis.call('HGET', KEYS[8], 'at'))
  local nothing = 'nobody watches losses: governance has recorded nothing '
  if not at then return {'SILENT', nothing .. 'since it was first started'} end
  if now - at > tonumber(ARGV[19]) then return {'SILENT', string.format('%sfor %d s', nothing, (now - at) / 1000)} end
end

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
local tripped = ARGV[11] == '1' and trip(now)
if tripped then return tripped end
if ARGV[10] ~= '' and now > tonumber(ARGV[10]) then return {'LATE', nowText} end
local spent = redis.call('HMGET', KEYS[4], 'orders', 'entries', 'usd')
local isPast = tonumber(spent[1] or '0') >= tonumber(ARGV[13])
if ARGV[11] == '1' then
  if isPast then return {'LIMIT', ARGV[13] .. ' orders'} end
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
return {isPast and 'PAST' or 'SEND', nowText}
