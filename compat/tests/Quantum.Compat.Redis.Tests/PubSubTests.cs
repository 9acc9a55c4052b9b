using System.Collections.Concurrent;
using StackExchange.Redis;
using Xunit;

namespace Quantum.Compat.Redis.Tests;

public sealed class PubSubTests
{
    [Fact]
    public async Task Messages_arrive_in_order_by_name_and_pattern_also_after_a_restart()
    {
        await using var server = await RedisProcess.StartAsync();
        await using var client = await ConnectionMultiplexer.ConnectAsync(server.Open);
        var subscriber = client.GetSubscriber();
        var byName = new ConcurrentQueue<string>();
        var byPattern = new ConcurrentQueue<string>();
        await subscriber.SubscribeAsync(RedisChannel.Literal("kill"), (_, message) => byName.Enqueue(message!));
        await subscriber.SubscribeAsync("ki*", (channel, message) => byPattern.Enqueue($"{channel}={message}"));
        for (var i = 0; i < 100; i++)
            Assert.Equal(2, await subscriber.PublishAsync(RedisChannel.Literal("kill"), i));
        await Poll.UntilAsync(() => byName.Count == 100 && byPattern.Count == 100, "the messages");
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), byName);
        Assert.Equal("kill=0", byPattern.First());

        server.Kill();
        await Poll.UntilAsync(() => !subscriber.IsConnected(), "the loss");
        await server.StartAgainAsync();
        await Poll.UntilAsync(
            async () => await subscriber.PublishAsync(RedisChannel.Literal("kill"), "after") == 2,
            "both subscriptions to be made again");
        await Poll.UntilAsync(() => byName.Contains("after") && byPattern.Contains("kill=after"), "the message");
    }

    [Fact]
    public async Task One_handler_or_all_can_be_taken_off_and_a_broken_one_harms_no_other()
    {
        await using var server = await RedisProcess.StartAsync();
        await using var client = await ConnectionMultiplexer.ConnectAsync(server.Open);
        var subscriber = client.GetSubscriber();
        var channel = RedisChannel.Literal("c");
        int first = 0, second = 0;
        void First(RedisChannel name, RedisValue message) => Interlocked.Increment(ref first);
        await subscriber.SubscribeAsync(channel, (_, _) => throw new InvalidOperationException("broken"));
        await subscriber.SubscribeAsync(channel, First);
        subscriber.Subscribe(channel, (_, _) => Interlocked.Increment(ref second));
        subscriber.Publish(channel, "1");
        await Poll.UntilAsync(() => second == 1 && first == 1, "both handlers");
        await subscriber.UnsubscribeAsync(channel, First);
        await subscriber.PublishAsync(channel, "2");
        await Poll.UntilAsync(() => second == 2, "the second handler");
        Assert.Equal(1, first);
        await subscriber.UnsubscribeAllAsync();
        Assert.Equal(0, await subscriber.PublishAsync(channel, "3"));
        Assert.True(await subscriber.PingAsync() > TimeSpan.Zero);
        await Assert.ThrowsAsync<ArgumentException>(() => subscriber.PublishAsync(default, "x"));
    }
}
