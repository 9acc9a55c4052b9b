using System.Diagnostics;

namespace StackExchange.Redis;

/// <summary>The commands on the database of one multiplexer.</summary>
internal sealed class RedisDatabase(ConnectionMultiplexer multiplexer) : IDatabase
{
    public async Task<TimeSpan> PingAsync(CommandFlags flags = CommandFlags.None)
    {
        var started = Stopwatch.GetTimestamp();
        await multiplexer.SendAsync(new("PING"), r => r).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(started);
    }

    public Task<bool> KeyExistsAsync(RedisKey key, CommandFlags flags = CommandFlags.None) =>
        multiplexer.SendAsync(new Command("EXISTS").Key(key), r => (long)r == 1);

    public Task<RedisValue> StringGetAsync(RedisKey key, CommandFlags flags = CommandFlags.None) =>
        multiplexer.SendAsync(new Command("GET").Key(key), r => r.Value);

    public Task<bool> StringSetAsync(
        RedisKey key,
        RedisValue value,
        Expiration expiry = default,
        ValueCondition when = default,
        CommandFlags flags = CommandFlags.None) =>
        // Nil means that the condition did not hold.
        multiplexer.SendAsync(
            new Command("SET").Key(key).Arg(value)
                .ArgIf(when.When == When.Exists, "XX").ArgIf(when.When == When.NotExists, "NX"),
            r => !r.IsNull);

    public Task<HashEntry[]> HashGetAllAsync(RedisKey key, CommandFlags flags = CommandFlags.None) =>
        multiplexer.SendAsync(
            new Command("HGETALL").Key(key), r => r.Pairs((name, value) => new HashEntry(name, value)));

    public Task<RedisValue> StreamAddAsync(
        RedisKey key,
        NameValueEntry[] streamPairs,
        RedisValue? messageId = null,
        long? maxLength = null,
        bool useApproximateMaxLength = false,
        CommandFlags flags = CommandFlags.None)
    {
        if (streamPairs.Length == 0)
            throw new ArgumentException("A stream entry needs at least one field.", nameof(streamPairs));
        var command = new Command("XADD").Key(key);
        if (maxLength is { } length)
            command.Arg("MAXLEN").ArgIf(useApproximateMaxLength, "~").Arg(length);
        command.Arg(messageId ?? "*");
        foreach (var field in streamPairs)
            command.Arg(field.Name).Arg(field.Value);
        return multiplexer.SendAsync(command, r => r.Value);
    }

    public Task<long> StreamLengthAsync(RedisKey key, CommandFlags flags = CommandFlags.None) =>
        multiplexer.SendAsync(new Command("XLEN").Key(key), r => (long)r);

    public Task<StreamEntry[]> StreamRangeAsync(
        RedisKey key,
        RedisValue? minId = null,
        RedisValue? maxId = null,
        int? count = null,
        Order messageOrder = Order.Ascending,
        CommandFlags flags = CommandFlags.None)
    {
        RedisValue from = minId ?? "-", to = maxId ?? "+";
        var command = messageOrder == Order.Ascending
            ? new Command("XRANGE").Key(key).Arg(from).Arg(to)
            : new Command("XREVRANGE").Key(key).Arg(to).Arg(from);
        if (count is { } limit)
            command.Arg("COUNT").Arg(limit);
        return multiplexer.SendAsync(command, r => Array.ConvertAll(r.Items, item => new StreamEntry(item)));
    }

    public Task<StreamInfo> StreamInfoAsync(RedisKey key, CommandFlags flags = CommandFlags.None) =>
        multiplexer.SendAsync(new Command("XINFO").Arg("STREAM").Key(key), r => new StreamInfo(r));

    public Task<StreamGroupInfo[]> StreamGroupInfoAsync(RedisKey key, CommandFlags flags = CommandFlags.None) =>
        multiplexer.SendAsync(
            new Command("XINFO").Arg("GROUPS").Key(key),
            r => Array.ConvertAll(r.Items, item => new StreamGroupInfo(item)));

    public Task<RedisResult> ExecuteAsync(string command, params object[] args) =>
        multiplexer.SendAsync(new Command(command).Args(args.Select(RedisValue.Unbox)), r => r);
}
