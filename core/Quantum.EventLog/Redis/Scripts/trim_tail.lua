#!lua
-- KEYS stream | ARGV keep recorder most: trims to about keep entries, read or not. What an archive's recorder has not
-- noted stays while no more than most entries are there.
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local length, keep = redis.call('XLEN', KEYS[1]), tonumber(ARGV[1])
if length <= keep then return 0 end
local recorded
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local name, read
  for i = 1, #group, 2 do
    if group[i] == 'name' then name = group[i + 1] end
    if group[i] == 'last-delivered-id' then read = group[i + 1] end
  end
  if string.sub(name, 1, #ARGV[2]) == ARGV[2] then recorded = read end
end
if not recorded then return redis.call('XTRIM', KEYS[1], 'MAXLEN', '~', keep, 'LIMIT', 0) end
local gone = redis.call('XTRIM', KEYS[1], 'MINID', '~', recorded, 'LIMIT', length - keep)
return gone + redis.call('XTRIM', KEYS[1], 'MAXLEN', '~', math.max(keep, tonumber(ARGV[3])), 'LIMIT', 0)
