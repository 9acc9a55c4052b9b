using System.Collections.Concurrent;
using Quantum.Testing;
using StackExchange.Redis;
using Xunit;

namespace Quantum.Compat.Redis.Tests;

public sealed class PubSubTests
{
    [Fact]
    public async Task Messages_arrive_in_order_by_name_and_pattern_also_after_a_restart()
    {
        using var server = RedisProcess.Start();
        await using var client = await ConnectionMultiplexer.ConnectAsync(server.Open);
        var subscriber = client.GetSubscriber();
        var byName = new ConcurrentQueue<string>();
        var byPattern = new ConcurrentQueue<string>();
        await subscriber.SubscribeAsync(RedisChannel.Literal("kill"), (_, message) => byName.Enqueue(message!));
        await subscriber.SubscribeAsync("ki*", (channel, message) => byPattern.Enqueue($"{channel}={message}"));
        for (var i = 0; i < 100; i++)
            Assert.Equal(2, await subscriber.PublishAsync(RedisChannel.Literal("kill"), i));
        Eventually.True(() => byName.Count == 100 && byPattern.Count == 100);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), byName);
        Assert.Equal("kill=0", byPattern.First());

        server.Kill();
        Eventually.True(() => !subscriber.IsConnected());
        server.StartAgain();
        await Eventually.TrueAsync(
            async () => await subscriber.PublishAsync(RedisChannel.Literal("kill"), "after") == 2);
        Eventually.True(() => byName.Contains("after") && byPattern.Contains("kill=after"));
    }

    [Fact]
    public async Task One_handler_or_all_can_be_taken_off_and_a_broken_one_harms_no_other()
    {
        using var server = RedisProcess.Start();
        await using var client = await ConnectionMultiplexer.ConnectAsync(server.Open);
        var subscriber = client.GetSubscriber();
        var channel = RedisChannel.Literal("c");
        int first = 0, second = 0;
        void First(RedisChannel name, RedisValue message) => Interlocked.Increment(ref first);
        await subscriber.SubscribeAsync(channel, (_, _) => throw new InvalidOperationException("broken"));
        await subscriber.SubscribeAsync(channel, First);
        subscriber.Subscribe(channel, (_, _) => Interlocked.Increment(ref second));
        subscriber.Publish(channel, "1");
        Eventually.True(() => second == 1 && first == 1);
        await subscriber.UnsubscribeAsync(channel, First);
        await subscriber.PublishAsync(channel, "2");
        Eventually.True(() => second == 2);
        Assert.Equal(1, first);
        await subscriber.UnsubscribeAllAsync();
        Assert.Equal(0, await subscriber.PublishAsync(channel, "3"));
        Assert.True(await subscriber.PingAsync() > TimeSpan.Zero);
        await Assert.ThrowsAsync<ArgumentException>(() => subscriber.PublishAsync(default, "x"));
    }
}
