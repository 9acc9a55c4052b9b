using StackExchange.Redis;
using Xunit;

namespace Quantum.Compat.Redis.Tests;

public sealed class ScriptAndServerTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    private readonly IDatabase _db = redis.Client.GetDatabase();
    private readonly IServer _server = redis.Client.GetServers().Single();

    [Fact]
    public async Task A_script_is_sent_as_text_only_when_the_server_lost_it()
    {
        const string Script = "redis.call('SET', KEYS[1], ARGV[1]) return {KEYS[1], 7, false, {'in'}}";
        for (var round = 0; round < 2; round++)
        {
            await _server.ExecuteAsync("SCRIPT", "FLUSH");
            var before = await CallsAsync("eval");
            for (var i = 0; i < 3; i++)
            {
                var result = await _db.ScriptEvaluateAsync(Script, ["sc"], ["v"]);
                Assert.Equal(("sc", 7L), ((string?)result[0], (long)result[1]));
                Assert.True(result[2].IsNull);
                Assert.Equal("in", (string?)result[3][0]);
            }

            Assert.Equal(before + 1, await CallsAsync("eval"));
        }
    }

    [Fact]
    public async Task Errors_of_the_server_and_of_scripts_are_exceptions()
    {
        var script = await Assert.ThrowsAsync<RedisServerException>(
            () => _db.ScriptEvaluateAsync("return redis.error_reply('FENCED 7')"));
        Assert.StartsWith("FENCED 7", script.Message, StringComparison.Ordinal);
        await _db.StringSetAsync("e:text", "x");
        var type = await Assert.ThrowsAsync<RedisServerException>(() => _db.HashGetAllAsync("e:text"));
        Assert.StartsWith("WRONGTYPE", type.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RedisServerException>(() => _db.ExecuteAsync("NOSUCHCOMMAND"));
    }

    [Fact]
    public async Task Any_command_can_be_executed()
    {
        await _db.ExecuteAsync("SET", "ex", 5);
        Assert.Equal(5, (int)await _db.ExecuteAsync("GET", (RedisKey)"ex"));
        var both = (RedisValue[]?)await _db.ExecuteAsync("MGET", "ex", "ex:none");
        Assert.Equal([5, RedisValue.Null], both!);
        Assert.True((await _db.ExecuteAsync("GET", "ex:none")).IsNull);
        await Assert.ThrowsAsync<ArgumentException>(() => _db.ExecuteAsync("SET", "ex", new object()));
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
    public async Task The_server_tells_about_itself()
    {
        var info = await _server.InfoAsync();
        Assert.Contains(info.Single(g => g.Key == "Server"), pair => pair.Key == "redis_version");
        Assert.Single(await _server.InfoAsync("memory"));
        var config = await _server.ConfigGetAsync("maxmemory-policy");
        Assert.Equal("noeviction", config.Single().Value);
        Assert.InRange((DateTime.UtcNow - await _server.TimeAsync()).Duration().TotalMinutes, 0, 1);
        var me = (await _server.ClientListAsync()).Single(c => c.Name == "shared");
        Assert.Equal("client|list", me.LastCommand);
        Assert.NotNull(me.Address);
        await _server.ExecuteAsync("CONFIG", "SET", "slowlog-log-slower-than", "0");
        await _db.StringSetAsync("slow", "1");
        var slow = await _server.SlowlogGetAsync(20);
        Assert.Contains(slow, trace => trace.Arguments is [var name, var key, ..] && name == "SET" && key == "slow");
        Assert.True(await _server.DatabaseSizeAsync() > 0);
        Assert.True(await _server.PingAsync() > TimeSpan.Zero);
        Assert.Equal(20, (await _server.ScriptLoadAsync("return 1")).Length);
    }

    [Fact]
    public async Task Keys_are_scanned_in_pages_of_one_database()
    {
        var db = redis.Client.GetDatabase(7);
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => db.StringSetAsync($"scan:{i}", i)));
        await db.StringSetAsync("other", 1);
        var found = new HashSet<string>();
        await foreach (var key in _server.KeysAsync(7, "scan:*", pageSize: 50))
            found.Add(key!);
        Assert.Equal(1000, found.Count);
        Assert.Equal(1001, await _server.DatabaseSizeAsync(7));
        await _server.FlushDatabaseAsync(7);
        Assert.Equal(0, await _server.DatabaseSizeAsync(7));
    }

    [Fact]
    public async Task Admin_commands_need_allowAdmin()
    {
        await using var client = await ConnectionMultiplexer.ConnectAsync(
            redis.Server.Open.Replace("allowAdmin=true", "allowAdmin=false", StringComparison.Ordinal));
        var error = await Assert.ThrowsAsync<RedisCommandException>(() => client.GetServers()[0].ConfigGetAsync());
        Assert.Contains("allowAdmin=true", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RedisCommandException>(() => client.GetDatabase().ExecuteAsync("flushall"));
        Assert.True(await client.GetServers()[0].PingAsync() > TimeSpan.Zero);
    }

    private async Task<long> CallsAsync(string command)
    {
        var stats = (await _server.InfoAsync("commandstats")).SelectMany(g => g);
        var line = stats.FirstOrDefault(pair => pair.Key == $"cmdstat_{command}").Value ?? "calls=0,";
        return long.Parse(line["calls=".Length..line.IndexOf(',', StringComparison.Ordinal)],
            System.Globalization.CultureInfo.InvariantCulture);
    }
}
