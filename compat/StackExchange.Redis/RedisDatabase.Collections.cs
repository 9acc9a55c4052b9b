namespace StackExchange.Redis;

/// <content>Commands on hashes, sets, lists and sorted sets.</content>
internal sealed partial class RedisDatabase
{
    public Task<RedisValue> HashGetAsync(
        RedisKey key,
        RedisValue hashField,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("HGET").Key(key).Arg(hashField), Value, flags);

    public Task<RedisValue[]> HashGetAsync(
        RedisKey key,
        RedisValue[] hashFields,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("HMGET").Key(key).Args(hashFields), Values, flags);

    public Task<HashEntry[]> HashGetAllAsync(
        RedisKey key,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("HGETALL").Key(key), r => Pairs(r, (n, v) => new HashEntry(n, v)), flags);

    public Task<bool> HashSetAsync(
        RedisKey key,
        RedisValue hashField,
        RedisValue value,
        When when = When.Always,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(HashSet(key, hashField, value, when), True, flags);

    public Task HashSetAsync(
        RedisKey key,
        HashEntry[] hashFields,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(
            new Command("HSET").Key(key).Args(hashFields.SelectMany(f => new[] { f.Name, f.Value })),
            Int,
            flags);

    public Task<bool> HashDeleteAsync(
        RedisKey key,
        RedisValue hashField,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("HDEL").Key(key).Arg(hashField), True, flags);

    public Task<long> HashDeleteAsync(
        RedisKey key,
        RedisValue[] hashFields,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("HDEL").Key(key).Args(hashFields), Int, flags);

    public Task<bool> HashExistsAsync(
        RedisKey key,
        RedisValue hashField,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("HEXISTS").Key(key).Arg(hashField), True, flags);

    public Task<long> HashLengthAsync(
        RedisKey key,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("HLEN").Key(key), Int, flags);

    public Task<long> HashIncrementAsync(
        RedisKey key,
        RedisValue hashField,
        long value = 1,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("HINCRBY").Key(key).Arg(hashField).Arg(value), Int, flags);

    public Task<double> HashIncrementAsync(
        RedisKey key,
        RedisValue hashField,
        double value,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("HINCRBYFLOAT").Key(key).Arg(hashField).Arg(value), Double, flags);

    public Task<bool> SetAddAsync(
        RedisKey key,
        RedisValue value,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("SADD").Key(key).Arg(value), True, flags);

    public Task<long> SetAddAsync(
        RedisKey key,
        RedisValue[] values,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("SADD").Key(key).Args(values), Int, flags);

    public Task<RedisValue[]> SetMembersAsync(
        RedisKey key,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("SMEMBERS").Key(key), Values, flags);

    public Task<bool> SetContainsAsync(
        RedisKey key,
        RedisValue value,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("SISMEMBER").Key(key).Arg(value), True, flags);

    public Task<long> SetLengthAsync(
        RedisKey key,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("SCARD").Key(key), Int, flags);

    public Task<bool> SetRemoveAsync(
        RedisKey key,
        RedisValue value,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("SREM").Key(key).Arg(value), True, flags);

    public Task<long> SetRemoveAsync(
        RedisKey key,
        RedisValue[] values,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("SREM").Key(key).Args(values), Int, flags);

    public Task<long> ListLeftPushAsync(
        RedisKey key,
        RedisValue value,
        When when = When.Always,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(Push("LPUSH", key, [value], when), Int, flags);

    public Task<long> ListRightPushAsync(
        RedisKey key,
        RedisValue value,
        When when = When.Always,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(Push("RPUSH", key, [value], when), Int, flags);

    public Task<long> ListRightPushAsync(
        RedisKey key,
        RedisValue[] values,
        When when = When.Always,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(Push("RPUSH", key, values, when), Int, flags);

    public Task<RedisValue> ListLeftPopAsync(
        RedisKey key,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("LPOP").Key(key), Value, flags);

    public Task<RedisValue> ListRightPopAsync(
        RedisKey key,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("RPOP").Key(key), Value, flags);

    public Task<long> ListLengthAsync(
        RedisKey key,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("LLEN").Key(key), Int, flags);

    public Task<RedisValue[]> ListRangeAsync(
        RedisKey key,
        long start = 0,
        long stop = -1,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("LRANGE").Key(key).Arg(start).Arg(stop), Values, flags);

    public Task ListTrimAsync(
        RedisKey key,
        long start,
        long stop,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("LTRIM").Key(key).Arg(start).Arg(stop), Value, flags);

    public Task<bool> SortedSetAddAsync(
        RedisKey key,
        RedisValue member,
        double score,
        SortedSetWhen when = SortedSetWhen.Always,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(SortedSetAdd(key, [new(member, score)], when), True, flags);

    public Task<long> SortedSetAddAsync(
        RedisKey key,
        SortedSetEntry[] values,
        SortedSetWhen when = SortedSetWhen.Always,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(SortedSetAdd(key, values, when), Int, flags);

    public Task<long> SortedSetLengthAsync(
        RedisKey key,
        double min = double.NegativeInfinity,
        double max = double.PositiveInfinity,
        Exclude exclude = Exclude.None,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(
            new Command("ZCOUNT").Key(key)
                .Arg(Bound(min, exclude, Exclude.Start)).Arg(Bound(max, exclude, Exclude.Stop)),
            Int,
            flags);

    public Task<double?> SortedSetScoreAsync(
        RedisKey key,
        RedisValue member,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("ZSCORE").Key(key).Arg(member), r => (double?)r.Value, flags);

    public Task<RedisValue[]> SortedSetRangeByRankAsync(
        RedisKey key,
        long start = 0,
        long stop = -1,
        Order order = Order.Ascending,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(ByRank(key, start, stop, order), Values, flags);

    public Task<SortedSetEntry[]> SortedSetRangeByRankWithScoresAsync(
        RedisKey key,
        long start = 0,
        long stop = -1,
        Order order = Order.Ascending,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(ByRank(key, start, stop, order).Arg("WITHSCORES"), Scored, flags);

    public Task<RedisValue[]> SortedSetRangeByScoreAsync(
        RedisKey key,
        double start = double.NegativeInfinity,
        double stop = double.PositiveInfinity,
        Exclude exclude = Exclude.None,
        Order order = Order.Ascending,
        long skip = 0,
        long take = -1,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(ByScore(key, start, stop, exclude, order, skip, take, false), Values, flags);

    public Task<SortedSetEntry[]> SortedSetRangeByScoreWithScoresAsync(
        RedisKey key,
        double start = double.NegativeInfinity,
        double stop = double.PositiveInfinity,
        Exclude exclude = Exclude.None,
        Order order = Order.Ascending,
        long skip = 0,
        long take = -1,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(ByScore(key, start, stop, exclude, order, skip, take, true), Scored, flags);

    public Task<bool> SortedSetRemoveAsync(
        RedisKey key,
        RedisValue member,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("ZREM").Key(key).Arg(member), True, flags);

    public Task<long> SortedSetRemoveAsync(
        RedisKey key,
        RedisValue[] members,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("ZREM").Key(key).Args(members), Int, flags);

    public Task<long> SortedSetRemoveRangeByScoreAsync(
        RedisKey key,
        double start,
        double stop,
        Exclude exclude = Exclude.None,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(
            new Command("ZREMRANGEBYSCORE").Key(key)
                .Arg(Bound(start, exclude, Exclude.Start)).Arg(Bound(stop, exclude, Exclude.Stop)),
            Int,
            flags);

    private static Command HashSet(RedisKey key, RedisValue field, RedisValue value, When when) => when switch
    {
        When.Always => new Command("HSET").Key(key).Arg(field).Arg(value),
        When.NotExists => new Command("HSETNX").Key(key).Arg(field).Arg(value),
        _ => throw new ArgumentException($"{when} is not valid in this context; permitted: Always, NotExists"),
    };

    private static Command Push(string name, RedisKey key, RedisValue[] values, When when) => when switch
    {
        When.Always => new Command(name).Key(key).Args(values),
        When.Exists => new Command(name + "X").Key(key).Args(values),
        _ => throw new ArgumentException($"{when} is not valid in this context; permitted: Always, Exists"),
    };

    private static Command SortedSetAdd(RedisKey key, SortedSetEntry[] values, SortedSetWhen when)
    {
        var command = new Command("ZADD").Key(key)
            .ArgIf(when.HasFlag(SortedSetWhen.NotExists), "NX")
            .ArgIf(when.HasFlag(SortedSetWhen.Exists), "XX")
            .ArgIf(when.HasFlag(SortedSetWhen.GreaterThan), "GT")
            .ArgIf(when.HasFlag(SortedSetWhen.LessThan), "LT");
        foreach (var entry in values)
            command.Arg(entry.Score).Arg(entry.Element);
        return command;
    }

    private static RedisValue Bound(double score, Exclude exclude, Exclude side) =>
        (exclude.HasFlag(side) ? "(" : "") + RedisValue.FormatDouble(score);

    private static Command ByRank(RedisKey key, long start, long stop, Order order) =>
        new Command(order == Order.Ascending ? "ZRANGE" : "ZREVRANGE").Key(key).Arg(start).Arg(stop);

    private static Command ByScore(
        RedisKey key,
        double start,
        double stop,
        Exclude exclude,
        Order order,
        long skip,
        long take,
        bool withScores)
    {
        // The caller gives the lower bound first; ZREVRANGEBYSCORE wants the upper one first.
        var (low, high) = start <= stop ? (start, stop) : (stop, start);
        var (lowSide, highSide) = start <= stop ? (Exclude.Start, Exclude.Stop) : (Exclude.Stop, Exclude.Start);
        RedisValue from = Bound(low, exclude, lowSide), to = Bound(high, exclude, highSide);
        var command = order == Order.Ascending
            ? new Command("ZRANGEBYSCORE").Key(key).Arg(from).Arg(to)
            : new Command("ZREVRANGEBYSCORE").Key(key).Arg(to).Arg(from);
        command.ArgIf(withScores, "WITHSCORES");
        return skip == 0 && take == -1 ? command : command.Arg("LIMIT").Arg(skip).Arg(take);
    }

    private static SortedSetEntry[] Scored(RedisResult reply) =>
        Pairs(reply, (element, score) => new SortedSetEntry(element, (double)score));
}
