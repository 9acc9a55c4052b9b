using StackExchange.Redis;
using Xunit;

namespace Quantum.Compat.Redis.Tests;

public sealed class CollectionTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    private readonly IDatabase _db = redis.Client.GetDatabase();

    [Fact]
    public async Task Hashes()
    {
        await _db.HashSetAsync("h", [new("a", "1"), new("b", "x")]);
        Assert.True(await _db.HashSetAsync("h", "c", "new"));
        Assert.False(await _db.HashSetAsync("h", "c", "old"));
        Assert.False(await _db.HashSetAsync("h", "c", "no", When.NotExists));
        Assert.Equal("old", (string?)await _db.HashGetAsync("h", "c"));
        Assert.True((await _db.HashGetAsync("h", "none")).IsNull);
        RedisValue[] some = await _db.HashGetAsync("h", ["a", "none", "b"]);
        Assert.Equal(["1", null, "x"], some.Select(v => (string?)v));
        Assert.Equal(3, await _db.HashIncrementAsync("h", "a", 2));
        Assert.Equal(3.5, await _db.HashIncrementAsync("h", "a", 0.5));
        Assert.Equal(3, (await _db.HashGetAllAsync("h")).Length);
        Assert.Equal("x", (string?)(await _db.HashGetAllAsync("h")).Single(e => e.Name == "b").Value);
        Assert.True(await _db.HashExistsAsync("h", "a"));
        Assert.Equal(3, await _db.HashLengthAsync("h"));
        Assert.True(await _db.HashDeleteAsync("h", "a"));
        Assert.Equal(2, await _db.HashDeleteAsync("h", ["b", "c", "d"]));
        Assert.Empty(await _db.HashGetAllAsync("h"));
    }

    [Fact]
    public async Task Sorted_sets()
    {
        Assert.True(await _db.SortedSetAddAsync("z", "a", 1));
        Assert.False(await _db.SortedSetAddAsync("z", "a", 2));
        Assert.False(await _db.SortedSetAddAsync("z", "a", 9, SortedSetWhen.NotExists));
        SortedSetEntry[] more = [new("b", 3), new("c", 4), new("d", double.PositiveInfinity)];
        Assert.Equal(3, await _db.SortedSetAddAsync("z", more));
        Assert.Equal(2, await _db.SortedSetScoreAsync("z", "a"));
        Assert.Null(await _db.SortedSetScoreAsync("z", "none"));
        Assert.Equal(["a", "b", "c", "d"], Text(await _db.SortedSetRangeByRankAsync("z")));
        Assert.Equal(["d", "c"], Text(await _db.SortedSetRangeByRankAsync("z", 0, 1, Order.Descending)));
        Assert.Equal(["b", "c"], Text(await _db.SortedSetRangeByScoreAsync("z", 3, 4)));
        Assert.Equal(["c"], Text(await _db.SortedSetRangeByScoreAsync("z", 3, 4, Exclude.Start)));
        Assert.Equal(["b"], Text(await _db.SortedSetRangeByScoreAsync("z", 3, 4, Exclude.Stop, Order.Descending)));
        Assert.Equal(["c", "b"], Text(await _db.SortedSetRangeByScoreAsync("z", 3, 4, order: Order.Descending)));
        Assert.Equal(["b"], Text(await _db.SortedSetRangeByScoreAsync("z", skip: 1, take: 1)));
        var scored = await _db.SortedSetRangeByScoreWithScoresAsync("z", 4);
        Assert.Equal([new SortedSetEntry("c", 4), new SortedSetEntry("d", double.PositiveInfinity)], scored);
        Assert.Equal(4, (await _db.SortedSetRangeByRankWithScoresAsync("z")).Length);
        Assert.Equal(2, await _db.SortedSetLengthAsync("z", 2, 3));
        Assert.True(await _db.SortedSetRemoveAsync("z", "d"));
        Assert.Equal(1, await _db.SortedSetRemoveRangeByScoreAsync("z", 3, 4, Exclude.Start));
        Assert.Equal(2, await _db.SortedSetRemoveAsync("z", ["a", "b"]));
    }

    [Fact]
    public async Task Sets()
    {
        Assert.True(await _db.SetAddAsync("s", "a"));
        Assert.Equal(1, await _db.SetAddAsync("s", ["a", "b"]));
        Assert.Equal(["a", "b"], Text(await _db.SetMembersAsync("s")).Order());
        Assert.True(await _db.SetContainsAsync("s", "a"));
        Assert.Equal(2, await _db.SetLengthAsync("s"));
        Assert.True(await _db.SetRemoveAsync("s", "a"));
        Assert.Equal(1, await _db.SetRemoveAsync("s", ["a", "b"]));
        Assert.Empty(await _db.SetMembersAsync("s"));
    }

    [Fact]
    public async Task Lists()
    {
        Assert.Equal(0, await _db.ListRightPushAsync("l", "x", When.Exists));
        Assert.Equal(2, await _db.ListRightPushAsync("l", ["b", "c"]));
        Assert.Equal(3, await _db.ListLeftPushAsync("l", "a"));
        Assert.Equal(["a", "b", "c"], Text(await _db.ListRangeAsync("l")));
        await _db.ListTrimAsync("l", 0, 1);
        Assert.Equal(2, await _db.ListLengthAsync("l"));
        Assert.Equal("a", (string?)await _db.ListLeftPopAsync("l"));
        Assert.Equal("b", (string?)await _db.ListRightPopAsync("l"));
        Assert.True((await _db.ListLeftPopAsync("l")).IsNull);
    }

    private static string[] Text(RedisValue[] values) => Array.ConvertAll(values, value => value.ToString());
}
