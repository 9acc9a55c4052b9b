using StackExchange.Redis;
using Xunit;

namespace Quantum.Compat.Redis.Tests;

public sealed class CommandTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    private readonly IDatabase _db = redis.Client.GetDatabase();

    [Fact]
    public async Task Strings_are_written_under_conditions()
    {
        RedisKey key = "str:1";
        Assert.True((await _db.StringGetAsync(key)).IsNull);
        Assert.False(await _db.KeyExistsAsync(key));
        Assert.False(await _db.StringSetAsync(key, "a", when: When.Exists));
        Assert.True(await _db.StringSetAsync(key, "a", when: When.NotExists));
        Assert.False(await _db.StringSetAsync(key, "b", when: When.NotExists));
        Assert.Equal("a", (string?)await _db.StringGetAsync(key));
        Assert.True(await _db.StringSetAsync(key, "c"));
        Assert.Equal("c", (string?)await _db.StringGetAsync(key));
        Assert.True(await _db.KeyExistsAsync(key));
        Assert.Equal("str:1", key.ToString());
    }

    [Fact]
    public async Task Numbers_keep_their_value_and_null_is_0_but_nothing_else()
    {
        await _db.StringSetAsync("num", long.MinValue);
        Assert.True((await _db.StringGetAsync("num")).TryParse(out var number));
        Assert.Equal(long.MinValue, number);
        Assert.True(RedisValue.Null.TryParse(out number));
        Assert.Equal(0, number);
        RedisValue empty = "", text = "12x", five = 5;
        Assert.False(text.TryParse(out _));
        Assert.False(empty.TryParse(out _));
        Assert.Equal((false, false, true), (empty.HasValue, RedisValue.Null.HasValue, five.HasValue));
        Assert.True(five == "5" && five != RedisValue.Null && empty != RedisValue.Null);
        Assert.Equal(five.GetHashCode(), ((RedisValue)"5").GetHashCode());
        Assert.Null((string?)RedisValue.Null);
        Assert.Equal("", RedisValue.Null.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(32 * 1024 * 1024)]
    public async Task Values_of_any_size_come_back_as_they_were(int size)
    {
        var text = string.Create(size, size, (span, _) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = (char)(((i * 31) ^ (i >> 8)) & 0x7f);
        });
        await _db.StringSetAsync($"big:{size}", text);
        Assert.True(text == (string?)await _db.StringGetAsync($"big:{size}"));
    }

    [Fact]
    public async Task Values_may_hold_the_protocols_own_signs()
    {
        const string Value = "\r\n$5\r\n*1\r\n\0ü";
        await _db.StringSetAsync("signs", Value);
        Assert.Equal(Value, (string?)await _db.StringGetAsync("signs"));
    }

    [Fact]
    public async Task A_hash_is_read_whole()
    {
        Assert.Empty(await _db.HashGetAllAsync("h"));
        await _db.ExecuteAsync("HSET", "h", "a", 1, "b", "x");
        var all = await _db.HashGetAllAsync("h");
        Assert.Equal(["a=1", "b=x"], all.Select(entry => $"{entry.Name}={entry.Value}").Order());
    }

    [Fact]
    public async Task Entries_are_added_ranged_and_counted()
    {
        var first = await _db.StreamAddAsync("x:1", [new("a", 1), new("b", "two")], "1-1");
        Assert.Equal("1-1", (string?)first);
        for (var i = 2; i <= 5; i++)
            await _db.StreamAddAsync("x:1", [new("a", i)], $"{i}-0");
        Assert.Equal(5, await _db.StreamLengthAsync("x:1"));
        var all = await _db.StreamRangeAsync("x:1");
        Assert.Equal(["1-1", "2-0", "3-0", "4-0", "5-0"], Ids(all));
        Assert.Equal(("two", 2), ((string?)all[0]["b"], all[0].Values.Length));
        Assert.True(all[1]["b"].IsNull);
        Assert.Equal(["4-0", "3-0"], Ids(await _db.StreamRangeAsync("x:1", "2-1", "4-0", 2, Order.Descending)));
        Assert.Equal(["4-0", "5-0"], Ids(await _db.StreamRangeAsync("x:1", "(3-0")));
        Assert.Empty(await _db.StreamRangeAsync("x:absent"));
        Assert.Equal(0, await _db.StreamLengthAsync("x:absent"));
        await _db.StreamAddAsync("x:1", [new("a", 6)], maxLength: 1);
        Assert.Equal(1, await _db.StreamLengthAsync("x:1"));
        await Assert.ThrowsAsync<ArgumentException>(() => _db.StreamAddAsync("x:1", []));
    }

    [Fact]
    public async Task An_approximate_limit_trims_whole_nodes_only()
    {
        for (var i = 1; i <= 20; i++)
            await _db.StreamAddAsync("x:near", [new("a", i)], maxLength: 1, useApproximateMaxLength: true);
        Assert.Equal(20, await _db.StreamLengthAsync("x:near"));
    }

    [Fact]
    public async Task Streams_and_groups_tell_about_themselves()
    {
        await _db.ExecuteAsync("XGROUP", "CREATE", "x:2", "g", "0", "MKSTREAM");
        Assert.Equal("0-0", (await _db.StreamGroupInfoAsync("x:2")).Single().LastDeliveredId);
        for (var i = 1; i <= 3; i++)
            await _db.StreamAddAsync("x:2", [new("i", i)], $"{i}-0");
        await _db.ExecuteAsync("XREADGROUP", "GROUP", "g", "c", "COUNT", 2, "STREAMS", "x:2", ">");
        await _db.ExecuteAsync("XDEL", "x:2", "3-0");
        var info = await _db.StreamInfoAsync("x:2");
        Assert.Equal((2, 3L, "3-0"), (info.Length, info.EntriesAdded, (string?)info.LastGeneratedId));
        var group = (await _db.StreamGroupInfoAsync("x:2")).Single();
        Assert.Equal(("g", 2, "2-0"), (group.Name, group.PendingMessageCount, group.LastDeliveredId));
        await Assert.ThrowsAsync<RedisServerException>(() => _db.StreamInfoAsync("x:absent"));
    }

    [Fact]
    public async Task Any_command_can_be_executed()
    {
        await _db.ExecuteAsync("SET", "ex", 5);
        Assert.Equal(5, (long)await _db.ExecuteAsync("GET", (RedisKey)"ex"));
        var both = (RedisResult[]?)await _db.ExecuteAsync("MGET", (RedisValue)"ex", "ex:none");
        Assert.Equal(["5", null], both!.Select(item => (string?)item));
        var none = await _db.ExecuteAsync("GET", "ex:none");
        Assert.True(none.IsNull);
        Assert.Null((RedisResult[]?)none);
        Assert.Throws<InvalidCastException>(() => (long)none);
        Assert.Throws<InvalidCastException>(() => (string?)_db.ExecuteAsync("MGET", "ex").Result);
        await Assert.ThrowsAsync<ArgumentException>(() => _db.ExecuteAsync("SET", "ex", new object()));
        await Assert.ThrowsAsync<ArgumentException>(() => _db.ExecuteAsync("SET", "ex", null!));
    }

    [Fact]
    public async Task Errors_of_the_server_are_exceptions_also_inside_an_array()
    {
        await _db.StringSetAsync("e:text", "x");
        var type = await Assert.ThrowsAsync<RedisServerException>(() => _db.HashGetAllAsync("e:text"));
        Assert.StartsWith("WRONGTYPE", type.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RedisServerException>(() => _db.ExecuteAsync("NOSUCHCOMMAND"));
        var items = (RedisResult[])(await _db.ExecuteAsync("EVAL", "return {1, redis.error_reply('FENCED 7')}", 0))!;
        Assert.Equal(1, (long)items[0]);
        Assert.Equal("FENCED 7", Assert.Throws<RedisServerException>(() => (string?)items[1]).Message);
    }

    [Theory]
    [InlineData("BLPOP", "k", "0")]
    [InlineData("SELECT", "1")]
    [InlineData("MULTI")]
    [InlineData("XREAD", "BLOCK", "0", "STREAMS", "s", "$")]
    [InlineData("SUBSCRIBE", "c")]
    public async Task Commands_that_would_hold_the_shared_connection_are_refused(string command, params string[] args)
    {
        await Assert.ThrowsAsync<RedisCommandException>(() => _db.ExecuteAsync(command, args.Cast<object>().ToArray()));
    }

    [Fact]
    public async Task Admin_commands_need_allowAdmin()
    {
        await using var client = await SharedRedis.ConnectAsync(
            redis.Server.Open.Replace("allowAdmin=true", "allowAdmin=false", StringComparison.Ordinal));
        foreach (var command in (string[])["flushall", "INFO"])
        {
            var error = await Assert.ThrowsAsync<RedisCommandException>(
                () => client.GetDatabase().ExecuteAsync(command));
            Assert.Contains("allowAdmin=true", error.Message, StringComparison.Ordinal);
        }

        Assert.Contains("redis_version", (string?)await _db.ExecuteAsync("INFO"), StringComparison.Ordinal);
        Assert.True(await client.GetDatabase().PingAsync() > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_null_key_and_a_null_argument_are_refused_before_sending()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _db.StringGetAsync(default));
        await Assert.ThrowsAsync<ArgumentException>(() => _db.StringSetAsync("k", RedisValue.Null));
    }

    private static string[] Ids(StreamEntry[] entries) => Array.ConvertAll(entries, entry => entry.Id.ToString());
}
