#!lua
-- A competing job's end. KEYS stream output... | ARGV group consumer id, then per output: n name value...
-- Only who still holds the entry may publish and acknowledge; a job claimed by another worker is the other's.
local row = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[3], ARGV[3], 1)[1]
if not row or row[2] ~= ARGV[2] then return 0 end
local a = 4
for i = 2, #KEYS do
  local n = 2 * tonumber(ARGV[a])
  redis.call('XADD', KEYS[i], '*', unpack(ARGV, a + 1, a + n))
  a = a + 1 + n
end
redis.call('XACK', KEYS[1], ARGV[1], ARGV[3])
return 1
