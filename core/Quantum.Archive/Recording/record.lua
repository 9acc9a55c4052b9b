#!lua flags=no-writes
-- KEYS stream | ARGV after count: {} when there is none, else its length, how many it ever had, its last id given, its
-- first id ('' when empty), and up to count entries behind an id.
if redis.call('EXISTS', KEYS[1]) == 0 then return {} end
local info = redis.call('XINFO', 'STREAM', KEYS[1])
local facts = {}
for i = 1, #info, 2 do facts[info[i]] = info[i + 1] end
local first = facts['first-entry']
local entries = {}
if tonumber(ARGV[2]) > 0 then
  entries = redis.call('XRANGE', KEYS[1], '(' .. ARGV[1], '+', 'COUNT', ARGV[2])
end
return {facts['length'], facts['entries-added'], facts['last-generated-id'], first and first[1] or '', entries}
