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
            () => SharedRedis.ConnectAsync($"127.0.0.1:{redis.Server.Port}{credentials}"));
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
        await using var client = await SharedRedis.ConnectAsync(
            $"127.0.0.1:{redis.Server.Port},user=reader,password=reads-only");
        Assert.True((await client.GetDatabase().StringGetAsync("r:1")).IsNull);
        var error = await Assert.ThrowsAsync<RedisServerException>(() => client.GetDatabase().StringSetAsync("r:1", 1));
        Assert.StartsWith("NOPERM", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_of_the_connection_string_is_used_also_after_a_reconnect_and_no_other()
    {
        using var server = RedisProcess.Start();
        await using var client = await SharedRedis.ConnectAsync(server.Open + ",defaultDatabase=3");
        await using var plain = await SharedRedis.ConnectAsync(server.Open);
        await client.GetDatabase().StringSetAsync("apart", "3");
        Assert.False(await plain.GetDatabase(0).KeyExistsAsync("apart"));
        server.Kill();
        Eventually.True(() => !client.IsConnected);
        server.StartAgain();
        Assert.True(await client.GetDatabase(3).KeyExistsAsync("apart"));
        Assert.Throws<NotSupportedException>(() => client.GetDatabase(4));
        Assert.Throws<NotSupportedException>(() => client.GetDatabase(asyncState: "state"));
    }

    [Fact]
    public async Task An_absent_database_is_told_at_the_start()
    {
        var error = await Assert.ThrowsAsync<RedisConnectionException>(
            () => SharedRedis.ConnectAsync(_open + ",defaultDatabase=99,connectRetry=1"));
        Assert.Contains("DB index", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_of_one_caller_keep_their_order_among_many()
    {
        var db = redis.Client.GetDatabase();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async caller =>
        {
            var pushes = new List<Task<RedisResult>>();
            for (var i = 0; i < 2000; i++)
                pushes.Add(db.ExecuteAsync("RPUSH", $"order:{caller}", i));
            var lengths = await Task.WhenAll(pushes);
            Assert.Equal(Enumerable.Range(1, 2000).Select(i => (long)i), lengths.Select(length => (long)length));
        }));
        for (var caller = 0; caller < 8; caller++)
        {
            var values = (RedisResult[])(await db.ExecuteAsync("LRANGE", $"order:{caller}", 0, -1))!;
            Assert.Equal(Enumerable.Range(0, 2000).Select(i => (long)i), values.Select(v => (long)v));
        }
    }

    [Fact]
    public async Task The_client_comes_back_after_a_restart_of_the_server()
    {
        using var server = RedisProcess.Start();
        await using var client = await SharedRedis.ConnectAsync(server.Open);
        var db = client.GetDatabase();
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
    }

    [Fact]
    public async Task A_call_in_flight_when_the_server_dies_fails_and_is_not_sent_twice()
    {
        using var server = RedisProcess.Start("--appendfsync", "always");
        await using var client = await SharedRedis.ConnectAsync(server.Open);
        var db = client.GetDatabase();
        var acknowledged = 0L;
        var sent = new List<Task<RedisResult>>();
        for (var i = 0; i < 3000; i++)
            sent.Add(db.ExecuteAsync("INCR", "count"));
        Eventually.True(() => sent[20].IsCompleted);
        server.Kill();
        Eventually.True(() => !client.IsConnected || sent.TrueForAll(t => t.IsCompleted));
        server.StartAgain();
        foreach (var call in sent)
        {
            try
            {
                acknowledged = Math.Max(acknowledged, (long)await call);
            }
            catch (RedisConnectionException)
            {
                // In flight at the end: whether it ran is unknown, so it must not be sent again.
            }
        }

        Assert.True((await db.StringGetAsync("count")).TryParse(out var kept));
        Assert.InRange(kept, acknowledged, sent.Count);
    }

    [Fact]
    public async Task No_server_is_told_with_address_and_mend_or_waited_for_in_the_background()
    {
        var port = RedisProcess.FreePort();
        var error = await Assert.ThrowsAsync<RedisConnectionException>(
            () => SharedRedis.ConnectAsync($"127.0.0.1:{port},connectRetry=2,connectTimeout=2000"));
        Assert.Equal(ConnectionFailureType.UnableToConnect, error.FailureType);
        Assert.Contains($"127.0.0.1:{port}", error.Message, StringComparison.Ordinal);
        Assert.Contains("abortConnect=false", error.Message, StringComparison.Ordinal);
        await using var client = await SharedRedis.ConnectAsync(
            $"127.0.0.1:{port},abortConnect=false,connectRetry=1,asyncTimeout=300");
        Assert.False(client.IsConnected);
        var call = await Assert.ThrowsAsync<RedisConnectionException>(() => client.GetDatabase().PingAsync());
        Assert.StartsWith($"No connection to Redis at 127.0.0.1:{port} for 300 ms", call.Message);
        Assert.Throws<RedisConnectionException>(
            () => ConnectionMultiplexer.Connect($"127.0.0.1:{port},connectRetry=1,connectTimeout=2000"));
        using var log = new StringWriter();
        using var blocking = ConnectionMultiplexer.Connect($"127.0.0.1:{port},abortConnect=false", log);
        Assert.StartsWith("attempt 1: ", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_disposal_calls_fail_at_once()
    {
        var client = await SharedRedis.ConnectAsync(_open);
        await client.DisposeAsync();
        await client.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.GetDatabase().PingAsync());
        client.Dispose();
    }
}
