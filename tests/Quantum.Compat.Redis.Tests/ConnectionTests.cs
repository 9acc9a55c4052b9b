using System.Collections.Concurrent;
using System.Diagnostics;
using Quantum.Testing;
using StackExchange.Redis;
using Xunit;

namespace Quantum.Compat.Redis.Tests;

public sealed class ConnectionTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    private readonly string _open = redis.Server.Open;

    [Theory]
    [InlineData("", "NOAUTH", "password=")]
    [InlineData(",password=wrong", "WRONGPASS", "check user= and password=")]
    [InlineData(",password=correct-horse,user=nobody", "WRONGPASS", "check user=")]
    public async Task Wrong_credentials_are_told_at_once(string credentials, string reason, string mend)
    {
        var watch = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<RedisConnectionException>(
            () => ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Server.Port}{credentials}"));
        Assert.Equal(ConnectionFailureType.AuthenticationFailure, error.FailureType);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(mend, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("correct-horse", error.Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_user_of_the_access_list_can_do_what_it_may()
    {
        await redis.Client.GetDatabase().ExecuteAsync(
            "ACL", "SETUSER", "reader", "on", ">reads-only", "~r:*", "+get", "+ping");
        await using var client = await ConnectionMultiplexer.ConnectAsync(
            $"127.0.0.1:{redis.Server.Port},user=reader,password=reads-only");
        Assert.True((await client.GetDatabase().StringGetAsync("r:1")).IsNull);
        var error = await Assert.ThrowsAsync<RedisServerException>(() => client.GetDatabase().StringSetAsync("r:1", 1));
        Assert.StartsWith("NOPERM", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Databases_stay_apart_when_used_at_once()
    {
        await using var client = await ConnectionMultiplexer.ConnectAsync(_open + ",defaultDatabase=3");
        Assert.Equal(3, client.GetDatabase().Database);
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i =>
            client.GetDatabase(i % 5).StringIncrementAsync("apart:" + (i % 5))));
        for (var db = 0; db < 5; db++)
        {
            for (var name = 0; name < 5; name++)
            {
                var value = await client.GetDatabase(db).StringGetAsync("apart:" + name);
                Assert.Equal(name == db ? 400 : RedisValue.Null, value);
            }
        }
    }

    [Fact]
    public async Task An_absent_database_is_refused_and_nothing_lands_elsewhere()
    {
        await using var client = await ConnectionMultiplexer.ConnectAsync(_open);
        var absent = client.GetDatabase(99);
        var writes = Enumerable.Range(0, 50).Select(i => absent.StringSetAsync("stray", i)).ToArray();
        var good = client.GetDatabase(2).StringSetAsync("good", 1);
        foreach (var write in writes)
        {
            var error = await Assert.ThrowsAsync<RedisServerException>(() => write);
            Assert.Contains("DB index", error.Message, StringComparison.Ordinal);
        }

        Assert.True(await good);
        for (var db = 0; db < 16; db++)
            Assert.False(await client.GetDatabase(db).KeyExistsAsync("stray"));
    }

    [Fact]
    public async Task Calls_of_one_caller_keep_their_order_among_many()
    {
        var db = redis.Client.GetDatabase();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async caller =>
        {
            var pushes = new List<Task<long>>();
            for (var i = 0; i < 2000; i++)
                pushes.Add(db.ListRightPushAsync($"order:{caller}", i));
            var lengths = await Task.WhenAll(pushes);
            Assert.Equal(Enumerable.Range(1, 2000).Select(i => (long)i), lengths);
        }));
        for (var caller = 0; caller < 8; caller++)
        {
            var values = await db.ListRangeAsync($"order:{caller}");
            Assert.Equal(Enumerable.Range(0, 2000), values.Select(v => (int)v));
        }
    }

    [Fact]
    public async Task Fire_and_forget_returns_at_once_and_still_arrives()
    {
        var db = redis.Client.GetDatabase();
        Assert.Equal(0, await db.StringIncrementAsync("ff", flags: CommandFlags.FireAndForget));
        Assert.Equal(2, await db.StringIncrementAsync("ff"));
    }

    [Fact]
    public async Task The_client_comes_back_after_a_restart_of_the_server()
    {
        using var server = RedisProcess.Start();
        await using var client = await ConnectionMultiplexer.ConnectAsync(server.Open);
        var events = new ConcurrentQueue<string>();
        client.ConnectionFailed += (_, e) => events.Enqueue($"failed {e.ConnectionType}");
        client.ConnectionRestored += (_, e) => events.Enqueue($"restored {e.ConnectionType}");
        var db = client.GetDatabase(4);
        await db.StringSetAsync("kept", "yes");
        for (var round = 0; round < 2; round++)
        {
            server.Kill();
            Eventually.True(() => !client.IsConnected);
            var waiting = db.StringGetAsync("kept");
            server.StartAgain();
            Assert.Equal("yes", (string?)await waiting);
            Assert.True(client.IsConnected);
        }

        Eventually.True(() => events.Contains("restored Interactive"));
        Assert.Contains("failed Interactive", events);
    }

    [Fact]
    public async Task A_call_in_flight_when_the_server_dies_fails_and_is_not_sent_twice()
    {
        using var server = RedisProcess.Start("--appendfsync", "always");
        await using var client = await ConnectionMultiplexer.ConnectAsync(server.Open);
        var db = client.GetDatabase();
        var acknowledged = 0L;
        var sent = new List<Task<long>>();
        for (var i = 0; i < 3000; i++)
            sent.Add(db.StringIncrementAsync("count"));
        Eventually.True(() => sent[20].IsCompleted);
        server.Kill();
        Eventually.True(() => !client.IsConnected || sent.TrueForAll(t => t.IsCompleted));
        server.StartAgain();
        foreach (var call in sent)
        {
            try
            {
                acknowledged = Math.Max(acknowledged, await call);
            }
            catch (RedisConnectionException error)
            {
                Assert.Equal(CommandStatus.Sent, error.CommandStatus);
            }
        }

        var kept = (long)await db.StringGetAsync("count");
        Assert.InRange(kept, acknowledged, sent.Count);
    }

    [Fact]
    public async Task No_server_is_told_with_address_and_mend_or_waited_for_in_the_background()
    {
        var port = RedisProcess.FreePort();
        var error = await Assert.ThrowsAsync<RedisConnectionException>(
            () => ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},connectRetry=2,connectTimeout=2000"));
        Assert.Equal(ConnectionFailureType.UnableToConnect, error.FailureType);
        Assert.Contains($"127.0.0.1:{port}", error.Message, StringComparison.Ordinal);
        Assert.Contains("abortConnect=false", error.Message, StringComparison.Ordinal);
        await using var client = await ConnectionMultiplexer.ConnectAsync(
            $"127.0.0.1:{port},abortConnect=false,connectRetry=1,asyncTimeout=300");
        Assert.False(client.IsConnected);
        var call = await Assert.ThrowsAsync<RedisConnectionException>(() => client.GetDatabase().PingAsync());
        Assert.Equal(CommandStatus.WaitingInBacklog, call.CommandStatus);
        Assert.Throws<RedisConnectionException>(() => client.GetDatabase().Ping());
    }

    [Fact]
    public async Task After_disposal_calls_fail_at_once()
    {
        var client = await ConnectionMultiplexer.ConnectAsync(_open);
        await client.DisposeAsync();
        await client.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.GetDatabase().PingAsync());
        client.Dispose();
    }
}
