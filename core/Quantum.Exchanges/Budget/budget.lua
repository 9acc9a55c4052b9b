#!lua
-- The arithmetic of BudgetWindow, word for word, on the server's clock.
-- KEYS budget | ARGV op stepMs minuteSteps tenSecondSteps weightLimit tenSecondLimit minuteLimit queryShare entryShare
-- burstShare queryShareAfterBan, then by op: take urgency(0 exit, 1 entry, 2 query) weight orders; tell weight tenSeconds
-- minute; refuse retryAfterMs stopMs(-1: no ban); spend weight orders. Gives waitMs overMs stopMs.
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local size = tonumber(ARGV[2])
local spans = {tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[3])}
local limits = {tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])}
local queries, entries, burst, afterBan = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10]), tonumber(ARGV[11])
local a, b, c = tonumber(ARGV[12]), tonumber(ARGV[13]), tonumber(ARGV[14])
local kept = redis.call('HMGET', KEYS[1], 'log', 'pace', 'over', 'stop', 'ban')
local log = kept[1] and cmsgpack.unpack(kept[1]) or {}
local pace = kept[2] and cmsgpack.unpack(kept[2]) or {0, 0, 0, 0, 0, 0}
local over, stop, ban = tonumber(kept[3] or '0'), tonumber(kept[4] or '0'), tonumber(kept[5] or '0')
local step = math.floor(now / size)

local first = 1
while log[first] and log[first] < step - spans[1] do first = first + 3 end
local used = {0, 0, 0}
for i = first, #log, 3 do
  used[1] = used[1] + log[i + 1]
  used[3] = used[3] + log[i + 2]
  if log[i] >= step - spans[2] then used[2] = used[2] + log[i + 2] end
end

local function width(kind) return (spans[kind] + 1) * size end

local function spend(weight, orders)
  if weight == 0 and orders == 0 then return end
  local last = #log - 2
  if last >= first and log[last] >= step then
    log[last + 1] = log[last + 1] + weight
    log[last + 2] = log[last + 2] + orders
  else
    log[#log + 1] = step
    log[#log + 1] = weight
    log[#log + 1] = orders
  end
end

local function keep()
  local live = {}
  for i = first, #log do live[#live + 1] = log[i] end
  redis.call('HSET', KEYS[1], 'log', cmsgpack.pack(live), 'pace', cmsgpack.pack(pace),
    'over', string.format('%d', over), 'stop', string.format('%d', stop), 'ban', string.format('%d', ban))
  redis.call('PEXPIRE', KEYS[1], string.format('%d', 2 * width(1) + math.max(0, over - now, stop - now)))
end

local function answer(wait) return {math.ceil(wait), math.max(0, over - now), math.max(0, stop - now)} end

if ARGV[1] == 'tell' then
  local weight = math.max(0, (a or 0) - used[1])
  local orders = math.max(0, (b or 0) - used[2], (c or 0) - used[3])
  if weight > 0 or orders > 0 then
    spend(weight, orders)
    keep()
  end
  return answer(0)
end

if ARGV[1] == 'refuse' then
  over = math.max(over, now + a)
  if b >= 0 then stop, ban = math.max(stop, now + a + b), math.max(ban, now + a) end
  keep()
  return answer(0)
end

if ARGV[1] == 'spend' then
  spend(a, b)
  keep()
  return answer(0)
end

local cost = {b, c, c}
local share = a == 0 and 1 or a == 1 and entries or now < stop and afterBan or queries
local isFree = a == 0 and b == 0 and c > 0 and now >= ban
local wait = isFree and 0 or math.max(0, over - now)
if a == 1 then wait = math.max(wait, stop - now) end
for kind = 1, 3 do
  if cost[kind] > 0 then
    local tooMany = used[kind] + cost[kind] - math.floor(limits[kind] * share)
    local i = first
    while tooMany > 0 and log[i] do
      if log[i] >= step - spans[kind] then
        tooMany = tooMany - log[i + (kind == 1 and 1 or 2)]
        if tooMany <= 0 then wait = math.max(wait, (log[i] + spans[kind] + 1) * size - now) end
      end
      i = i + 3
    end
    if tooMany > 0 then return redis.error_reply('ERR the request fits no window') end
    if a > 0 then
      local ahead = burst / (a == 1 and entries or queries) * width(kind)
      wait = math.max(wait, math.ceil(pace[a == 1 and kind or kind + 3] - now - ahead))
    end
  end
end
if wait > 0 then return answer(wait) end
spend(b, c)
if a > 0 then
  for kind = 1, 3 do
    if cost[kind] > 0 then
      local wide = width(kind)
      local function advance(i, part)
        pace[i] = math.min(now + wide, math.max(pace[i], now) + cost[kind] * wide / (limits[kind] * part))
      end
      if a == 1 then advance(kind, entries) end
      advance(kind + 3, queries)
    end
  end
end
keep()
return answer(0)
