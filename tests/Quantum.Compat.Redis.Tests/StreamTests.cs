using StackExchange.Redis;
using Xunit;

namespace Quantum.Compat.Redis.Tests;

public sealed class StreamTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    private readonly IDatabase _db = redis.Client.GetDatabase();

    [Fact]
    public async Task Entries_are_added_read_and_trimmed()
    {
        var first = await _db.StreamAddAsync("x:1", [new("a", 1), new("b", "two")], "1-1");
        Assert.Equal("1-1", (string?)first);
        for (var i = 2; i <= 5; i++)
            await _db.StreamAddAsync("x:1", "a", i, $"{i}-0");
        Assert.Equal(5, await _db.StreamLengthAsync("x:1"));
        var all = await _db.StreamRangeAsync("x:1");
        Assert.Equal("two", (string?)all[0]["b"]);
        Assert.True(all[1]["b"].IsNull);
        Assert.Equal(["4-0", "3-0"], Ids(await _db.StreamRangeAsync("x:1", "2-1", "4-0", 2, Order.Descending)));
        Assert.Equal(["4-0", "5-0"], Ids(await _db.StreamReadAsync("x:1", "3-0")));
        Assert.Equal(["1-1"], Ids(await _db.StreamReadAsync("x:1", StreamPosition.Beginning, 1)));
        Assert.Empty(await _db.StreamReadAsync("x:1", "9-0"));
        var many = await _db.StreamReadAsync([new("x:1", "4-0"), new("x:absent", "0-0")]);
        Assert.Equal("x:1", Assert.Single(many).Key.ToString());
        Assert.Equal(1, await _db.StreamDeleteAsync("x:1", ["3-0"]));
        Assert.Equal(1, await _db.StreamTrimByMinIdAsync("x:1", "2-0"));
        Assert.Equal(2, await _db.StreamTrimAsync("x:1", 1));
        await _db.StreamAddAsync("x:1", "a", 6, maxLength: 1);
        Assert.Equal(1, await _db.StreamLengthAsync("x:1"));
        var info = await _db.StreamInfoAsync("x:1");
        Assert.Equal((1, 6L, "3-0"), (info.Length, info.EntriesAdded, (string?)info.MaxDeletedEntryId));
        Assert.Equal(6, (int)info.LastEntry["a"]);
        Assert.Equal(info.FirstEntry.Id, info.LastGeneratedId);
    }

    [Fact]
    public async Task Groups_deliver_hold_and_acknowledge()
    {
        Assert.True(await _db.StreamCreateConsumerGroupAsync("x:2", "g", StreamPosition.Beginning));
        var again = await Assert.ThrowsAsync<RedisServerException>(
            () => _db.StreamCreateConsumerGroupAsync("x:2", "g"));
        Assert.StartsWith("BUSYGROUP", again.Message, StringComparison.Ordinal);
        for (var i = 1; i <= 3; i++)
            await _db.StreamAddAsync("x:2", "i", i, $"{i}-0");
        Assert.Equal(["1-0", "2-0"], Ids(await _db.StreamReadGroupAsync("x:2", "g", "c1", count: 2)));
        Assert.Equal(["1-0", "2-0"], Ids(await _db.StreamReadGroupAsync("x:2", "g", "c1", StreamPosition.Beginning)));
        var pending = await _db.StreamPendingAsync("x:2", "g");
        Assert.Equal((2, "1-0", "2-0"), (pending.PendingMessageCount, (string?)pending.LowestPendingMessageId,
            (string?)pending.HighestPendingMessageId));
        Assert.Equal(("c1", 2), (pending.Consumers.Single().Name.ToString(), pending.Consumers[0].PendingMessageCount));
        var messages = await _db.StreamPendingMessagesAsync("x:2", "g", 10, "c1", "2-0");
        Assert.Equal(("2-0", "c1", 2), (messages.Single().MessageId.ToString(), messages[0].ConsumerName.ToString(),
            messages[0].DeliveryCount));
        Assert.Equal(1, await _db.StreamAcknowledgeAsync("x:2", "g", "1-0"));
        Assert.Equal(["2-0"], Ids(await _db.StreamClaimAsync("x:2", "g", "c2", 0, ["2-0"])));
        var groups = await _db.StreamGroupInfoAsync("x:2");
        Assert.Equal(("g", 2, 1, "2-0", 2L, 1L), (groups.Single().Name, groups[0].ConsumerCount,
            groups[0].PendingMessageCount, groups[0].LastDeliveredId, groups[0].EntriesRead, groups[0].Lag));
        var consumers = await _db.StreamConsumerInfoAsync("x:2", "g");
        Assert.Equal(1, consumers.Single(c => c.Name == "c2").PendingMessageCount);
        Assert.Equal(1, await _db.StreamDeleteConsumerAsync("x:2", "g", "c2"));
        Assert.True(await _db.StreamConsumerGroupSetPositionAsync("x:2", "g", StreamPosition.NewMessages));
        Assert.Empty(await _db.StreamReadGroupAsync("x:2", "g", "c1"));
        Assert.True(await _db.StreamDeleteConsumerGroupAsync("x:2", "g"));
        Assert.False(await _db.StreamDeleteConsumerGroupAsync("x:2", "g"));
    }

    [Fact]
    public async Task A_pending_entry_that_was_trimmed_comes_back_without_fields()
    {
        await _db.StreamCreateConsumerGroupAsync("x:3", "g", "0-0");
        await _db.StreamAddAsync("x:3", "a", 1, "1-0");
        await _db.StreamReadGroupAsync("x:3", "g", "c");
        await _db.StreamTrimAsync("x:3", 0);
        var entry = Assert.Single(await _db.StreamReadGroupAsync("x:3", "g", "c", "0-0"));
        Assert.Equal(("1-0", 0), (entry.Id.ToString(), entry.Values.Length));
    }

    [Fact]
    public async Task Empty_group_has_no_pending_and_an_absent_stream_is_an_error()
    {
        await _db.StreamCreateConsumerGroupAsync("x:4", "g");
        var pending = await _db.StreamPendingAsync("x:4", "g");
        Assert.Equal(0, pending.PendingMessageCount);
        Assert.Empty(pending.Consumers);
        Assert.True((await _db.StreamInfoAsync("x:4")).FirstEntry.IsNull);
        await Assert.ThrowsAsync<RedisServerException>(() => _db.StreamInfoAsync("x:absent"));
        await Assert.ThrowsAsync<ArgumentException>(() => _db.StreamAddAsync("x:4", []));
    }

    private static string[] Ids(StreamEntry[] entries) => Array.ConvertAll(entries, entry => entry.Id.ToString());
}
