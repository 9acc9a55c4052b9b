using Quantum.Testing;
using StackExchange.Redis;
using Xunit;

namespace Quantum.Compat.Redis.Tests;

public sealed class KeyTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    private readonly IDatabase _db = redis.Client.GetDatabase();

    [Fact]
    public async Task Strings_are_written_under_conditions_and_expire()
    {
        RedisKey key = "str:1";
        Assert.True((await _db.StringGetAsync(key)).IsNull);
        Assert.False(await _db.StringSetAsync(key, "a", when: When.Exists));
        Assert.True(await _db.StringSetAsync(key, "a", TimeSpan.FromMinutes(5), When.NotExists));
        Assert.False(await _db.StringSetAsync(key, "b", when: When.NotExists));
        Assert.Equal("a", (string?)await _db.StringGetAsync(key));
        Assert.InRange((await _db.KeyTimeToLiveAsync(key))!.Value.TotalSeconds, 200, 300);
        Assert.True(await _db.StringSetAsync(key, "c", null, keepTtl: true));
        Assert.NotNull(await _db.KeyTimeToLiveAsync(key));
        Assert.True(await _db.StringSetAsync(key, "c", TimeSpan.FromMilliseconds(30)));
        await Eventually.TrueAsync(async () => !await _db.KeyExistsAsync(key));
    }

    [Fact]
    public async Task A_null_value_deletes()
    {
        await _db.StringSetAsync("str:null", "x");
        Assert.True(await _db.StringSetAsync("str:null", RedisValue.Null));
        Assert.False(await _db.KeyExistsAsync("str:null"));
    }

    [Fact]
    public async Task Numbers_keep_their_value()
    {
        Assert.Equal(5, await _db.StringIncrementAsync("num", 5));
        Assert.Equal(4, await _db.StringIncrementAsync("num", -1));
        Assert.Equal(4.25, await _db.StringIncrementAsync("num", 0.25));
        await _db.StringSetAsync("num", long.MinValue);
        Assert.Equal(long.MinValue, (long)await _db.StringGetAsync("num"));
        await _db.StringSetAsync("num", 0.1);
        Assert.Equal(0.1, (double)await _db.StringGetAsync("num"));
    }

    [Fact]
    public async Task Keys_have_types_expiries_and_can_be_deleted()
    {
        await _db.StringSetAsync("k:s", "x");
        await _db.HashSetAsync("k:h", "f", 1);
        await _db.ListRightPushAsync("k:l", "x");
        await _db.SetAddAsync("k:set", "x");
        await _db.SortedSetAddAsync("k:z", "x", 1);
        await _db.StreamAddAsync("k:x", "f", "v");
        RedisKey[] keys = ["k:s", "k:h", "k:l", "k:set", "k:z", "k:x", "k:none"];
        var types = await Task.WhenAll(keys.Select(key => _db.KeyTypeAsync(key)));
        RedisType[] expected =
        [
            RedisType.String, RedisType.Hash, RedisType.List, RedisType.Set, RedisType.SortedSet, RedisType.Stream,
            RedisType.None,
        ];
        Assert.Equal(expected, types);
        Assert.True(await _db.KeyExpireAsync("k:s", TimeSpan.FromMinutes(1)));
        Assert.False(await _db.KeyExpireAsync("k:s", TimeSpan.FromMinutes(2), ExpireWhen.HasNoExpiry));
        Assert.True(await _db.KeyExpireAsync("k:s", (TimeSpan?)null));
        Assert.Null(await _db.KeyTimeToLiveAsync("k:s"));
        Assert.True(await _db.KeyExpireAsync("k:h", DateTime.UtcNow.AddMinutes(1)));
        Assert.Equal(6, await _db.KeyExistsAsync(keys));
        Assert.Equal(6, await _db.KeyDeleteAsync(keys));
        Assert.False(await _db.KeyDeleteAsync("k:s"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(32 * 1024 * 1024)]
    public async Task Values_of_any_size_come_back_as_they_were(int size)
    {
        var bytes = new byte[size];
        for (var i = 0; i < size; i++)
            bytes[i] = (byte)((i * 31) ^ (i >> 8));
        await _db.StringSetAsync($"big:{size}", bytes);
        Assert.True(((ReadOnlyMemory<byte>)await _db.StringGetAsync($"big:{size}")).Span.SequenceEqual(bytes));
    }

    [Fact]
    public async Task Binary_values_may_hold_protocol_bytes()
    {
        byte[] value = [.. "\r\n$5\r\n*1\r\n"u8, 0, 255];
        await _db.StringSetAsync("bin", value);
        Assert.Equal(value, (byte[]?)await _db.StringGetAsync("bin"));
    }

    [Fact]
    public void Blocking_calls_do_the_same()
    {
        Assert.True(_db.StringSet("sync", "v"));
        Assert.Equal("v", (string?)_db.StringGet("sync"));
        _db.HashSet("sync:h", [new("a", 1), new("b", 2)]);
        Assert.Equal(2, _db.HashGetAll("sync:h").Length);
        Assert.Equal(2, (int)_db.HashGet("sync:h", "b"));
        Assert.False(_db.StreamAdd("sync:x", [new("f", "v")]).IsNull);
        Assert.Equal(1, _db.StreamLength("sync:x"));
        Assert.Equal(7, (int)_db.ScriptEvaluate("return 7"));
        Assert.True(_db.KeyExists("sync"));
        Assert.True(_db.KeyDelete("sync"));
        Assert.True(_db.Ping() > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_null_key_and_a_null_argument_are_refused_before_sending()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _db.StringGetAsync(default(RedisKey)));
        await Assert.ThrowsAsync<ArgumentException>(() => _db.SetAddAsync("k", RedisValue.Null));
    }
}
