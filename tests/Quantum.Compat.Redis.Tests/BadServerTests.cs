using System.Diagnostics;
using Quantum.Testing;
using StackExchange.Redis;
using Xunit;

namespace Quantum.Compat.Redis.Tests;

public sealed class BadServerTests
{
    [Fact]
    public async Task A_server_that_accepts_but_never_answers_is_given_up()
    {
        using var server = new FakeServer(greeting: null);
        var watch = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<RedisConnectionException>(() =>
            SharedRedis.ConnectAsync($"{server.Address},connectTimeout=300,connectRetry=2"));
        Assert.Contains("no answer within 300 ms", error.Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task A_half_open_connection_times_out_ends_and_is_made_anew()
    {
        using var server = new FakeServer(reply: null);
        await using var client = await SharedRedis.ConnectAsync($"{server.Address},asyncTimeout=1500");
        var error = await Assert.ThrowsAsync<RedisTimeoutException>(
            () => client.GetDatabase().StringSetAsync("k", "v"));
        Assert.Contains("whether it ran is unknown", error.Message, StringComparison.Ordinal);
        Eventually.True(() => server.Accepted >= 2);
    }

    [Fact]
    public async Task A_half_open_connection_that_takes_no_more_bytes_times_out_too()
    {
        using var server = new StuckServer();
        await using var client = await SharedRedis.ConnectAsync($"{server.Address},asyncTimeout=1500");
        var big = new string('x', 48 * 1024 * 1024);
        await Assert.ThrowsAsync<RedisTimeoutException>(() => client.GetDatabase().StringSetAsync("k", big));
        Eventually.True(() => server.Accepted >= 2);
    }

    [Fact]
    public async Task A_silent_idle_connection_is_probed_and_ended()
    {
        using var server = new FakeServer(reply: null);
        await using var client = await SharedRedis.ConnectAsync(
            $"{server.Address},asyncTimeout=250,keepAlive=1");
        Eventually.True(() => server.Accepted >= 2);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "byte 0x48")]
    [InlineData("$abc\r\n", "'abc' is not a number")]
    [InlineData(":12x\r\n", "'12x' is not a number")]
    [InlineData(":\r\n", "is not a number")]
    [InlineData("$-2\r\n", "a string of -2 bytes")]
    [InlineData("$999999999999\r\n", "limit of one reply")]
    [InlineData("*1048577\r\n", "limit of one reply")]
    [InlineData("*2\r\n*1048575\r\n", "limit of one reply")]
    [InlineData("$1\r\nabc\r\n", "longer than its announced length")]
    [InlineData("\r\n", "an empty line")]
    [InlineData("+OK\n", "without CR LF")]
    public async Task A_malformed_reply_ends_the_connection_with_a_clear_error(string reply, string reason)
    {
        using var server = new FakeServer(reply: reply);
        await using var client = await SharedRedis.ConnectAsync(server.Address);
        var error = await Assert.ThrowsAsync<RedisConnectionException>(() => client.GetDatabase().StringGetAsync("k"));
        Assert.Equal(ConnectionFailureType.ProtocolFailure, error.FailureType);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endless_lines_and_endless_nesting_end_the_connection()
    {
        string[] replies = ["+" + new string('x', 70_000), string.Concat(Enumerable.Repeat("*1\r\n", 100))];
        foreach (var reply in replies)
        {
            using var server = new FakeServer(reply: reply);
            await using var client = await SharedRedis.ConnectAsync(server.Address);
            var error = await Assert.ThrowsAsync<RedisConnectionException>(() => client.GetDatabase().PingAsync());
            Assert.Equal(ConnectionFailureType.ProtocolFailure, error.FailureType);
        }
    }

    [Fact]
    public async Task A_reply_that_nobody_asked_for_ends_the_connection()
    {
        using var server = new FakeServer(reply: "+OK\r\n+OK\r\n");
        await using var client = await SharedRedis.ConnectAsync(server.Address);
        await client.GetDatabase().PingAsync();
        Eventually.True(() => server.Accepted >= 2);
    }
}
