namespace StackExchange.Redis;

/// <content>Commands on keys and strings.</content>
internal sealed partial class RedisDatabase
{
    public Task<bool> KeyDeleteAsync(
        RedisKey key,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("DEL").Key(key), True, flags);

    public Task<long> KeyDeleteAsync(
        RedisKey[] keys,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(Keys("DEL", keys), Int, flags);

    public Task<bool> KeyExistsAsync(
        RedisKey key,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("EXISTS").Key(key), True, flags);

    public Task<long> KeyExistsAsync(
        RedisKey[] keys,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(Keys("EXISTS", keys), Int, flags);

    public Task<bool> KeyExpireAsync(
        RedisKey key,
        TimeSpan? expiry,
        ExpireWhen when = ExpireWhen.Always,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(
            Expire(key, expiry is { } ttl ? ("PEXPIRE", (long)ttl.TotalMilliseconds) : null, when),
            True,
            flags);

    public Task<bool> KeyExpireAsync(
        RedisKey key,
        DateTime? expiry,
        ExpireWhen when = ExpireWhen.Always,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(Expire(key, expiry is { } at ? ("PEXPIREAT", UnixMs(at)) : null, when), True, flags);

    public Task<TimeSpan?> KeyTimeToLiveAsync(
        RedisKey key,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(
            new Command("PTTL").Key(key),
            r => r.Int64 is >= 0 and var ms ? TimeSpan.FromMilliseconds(ms) : default(TimeSpan?),
            flags);

    public Task<RedisType> KeyTypeAsync(
        RedisKey key,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("TYPE").Key(key), Type, flags);

    public Task<RedisValue> StringGetAsync(
        RedisKey key,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("GET").Key(key), Value, flags);

    public Task<RedisValue[]> StringGetAsync(
        RedisKey[] keys,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(Keys("MGET", keys), Values, flags);

    public Task<bool> StringSetAsync(
        RedisKey key,
        RedisValue value,
        Expiration expiry = default,
        ValueCondition when = default,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(Set(key, value, expiry, when.When), True, flags);

    public Task<bool> StringSetAsync(
        RedisKey key,
        RedisValue value,
        TimeSpan? expiry,
        When when,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(Set(key, value, Ttl(expiry), when), True, flags);

    public Task<bool> StringSetAsync(
        RedisKey key,
        RedisValue value,
        TimeSpan? expiry,
        bool keepTtl,
        When when = When.Always,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(Set(key, value, keepTtl ? Expiration.KeepTtl : Ttl(expiry), when), True, flags);

    public Task<long> StringIncrementAsync(
        RedisKey key,
        long value = 1,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("INCRBY").Key(key).Arg(value), Int, flags);

    public Task<double> StringIncrementAsync(
        RedisKey key,
        double value,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("INCRBYFLOAT").Key(key).Arg(value), Double, flags);

    public Task<RedisValue> StringGetDeleteAsync(
        RedisKey key,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("GETDEL").Key(key), Value, flags);

    private static Command Keys(string name, RedisKey[] keys)
    {
        var command = new Command(name);
        foreach (var key in keys)
            command.Key(key);
        return command;
    }

    private static Expiration Ttl(TimeSpan? expiry) => expiry is { } ttl ? new Expiration(ttl) : default;

    private static long UnixMs(DateTime at) => new DateTimeOffset(at.ToUniversalTime()).ToUnixTimeMilliseconds();

    private static Command Set(RedisKey key, RedisValue value, Expiration expiry, When when)
    {
        // As in the real client: to set null is to delete.
        if (value.IsNull)
            return new Command("DEL").Key(key);
        var command = new Command("SET").Key(key).Arg(value);
        expiry.AddTo(command);
        return command.ArgIf(when == When.Exists, "XX").ArgIf(when == When.NotExists, "NX");
    }

    private static Command Expire(RedisKey key, (string Name, long Number)? expiry, ExpireWhen when)
    {
        if (expiry is not { } set)
            return new Command("PERSIST").Key(key);
        var command = new Command(set.Name).Key(key).Arg(set.Number);
        return when switch
        {
            ExpireWhen.GreaterThanCurrentExpiry => command.Arg("GT"),
            ExpireWhen.LessThanCurrentExpiry => command.Arg("LT"),
            ExpireWhen.HasExpiry => command.Arg("XX"),
            ExpireWhen.HasNoExpiry => command.Arg("NX"),
            _ => command,
        };
    }

    private static RedisType Type(RedisResult reply) => reply.Value.ToString() switch
    {
        "none" => RedisType.None,
        "string" => RedisType.String,
        "list" => RedisType.List,
        "set" => RedisType.Set,
        "zset" => RedisType.SortedSet,
        "hash" => RedisType.Hash,
        "stream" => RedisType.Stream,
        _ => RedisType.Unknown,
    };
}
