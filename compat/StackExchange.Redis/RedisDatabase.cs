using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace StackExchange.Redis;

/// <summary>The commands on one database of one multiplexer.</summary>
internal sealed partial class RedisDatabase(ConnectionMultiplexer multiplexer, int database) : IDatabase
{
    public int Database { get; } = database;

    public IConnectionMultiplexer Multiplexer => multiplexer;

    public async Task<TimeSpan> PingAsync(CommandFlags flags = CommandFlags.None)
    {
        var started = Stopwatch.GetTimestamp();
        await SendAsync(new("PING"), Value, flags).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(started);
    }

    public async Task<RedisResult> ScriptEvaluateAsync(
        string script,
        RedisKey[]? keys = null,
        RedisValue[]? values = null,
        CommandFlags flags = CommandFlags.None)
    {
#pragma warning disable CA5350 // Redis names scripts by their SHA-1.
        RedisValue hash = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(script)));
#pragma warning restore CA5350
        if (flags.HasFlag(CommandFlags.FireAndForget) || flags.HasFlag(CommandFlags.NoScriptCache))
            return await SendAsync(Script("EVAL", script, keys, values), r => r, flags).ConfigureAwait(false);
        try
        {
            return await SendAsync(Script("EVALSHA", hash, keys, values), r => r, flags).ConfigureAwait(false);
        }
        catch (RedisServerException error) when (error.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            return await SendAsync(Script("EVAL", script, keys, values), r => r, flags).ConfigureAwait(false);
        }
    }

    public Task<RedisResult> ExecuteAsync(string command, params object[] args) => ExecuteAsync(command, args, default);

    public Task<RedisResult> ExecuteAsync(
        string command,
        ICollection<object>? args,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command(command).Args((args ?? []).Select(RedisValue.Unbox)), r => r, flags);

    public TimeSpan Ping(CommandFlags flags = CommandFlags.None) => multiplexer.Wait(PingAsync(flags));

    public bool KeyDelete(RedisKey key, CommandFlags flags = CommandFlags.None) =>
        multiplexer.Wait(KeyDeleteAsync(key, flags));

    public bool KeyExists(RedisKey key, CommandFlags flags = CommandFlags.None) =>
        multiplexer.Wait(KeyExistsAsync(key, flags));

    public RedisValue StringGet(RedisKey key, CommandFlags flags = CommandFlags.None) =>
        multiplexer.Wait(StringGetAsync(key, flags));

    public bool StringSet(
        RedisKey key,
        RedisValue value,
        Expiration expiry = default,
        ValueCondition when = default,
        CommandFlags flags = CommandFlags.None) =>
        multiplexer.Wait(StringSetAsync(key, value, expiry, when, flags));

    public RedisValue HashGet(RedisKey key, RedisValue hashField, CommandFlags flags = CommandFlags.None) =>
        multiplexer.Wait(HashGetAsync(key, hashField, flags));

    public HashEntry[] HashGetAll(RedisKey key, CommandFlags flags = CommandFlags.None) =>
        multiplexer.Wait(HashGetAllAsync(key, flags));

    public void HashSet(RedisKey key, HashEntry[] hashFields, CommandFlags flags = CommandFlags.None) =>
        multiplexer.Wait(HashSetAsync(key, hashFields, flags));

    public long StreamLength(RedisKey key, CommandFlags flags = CommandFlags.None) =>
        multiplexer.Wait(StreamLengthAsync(key, flags));

    public RedisValue StreamAdd(
        RedisKey key,
        NameValueEntry[] streamPairs,
        RedisValue? messageId = null,
        long? maxLength = null,
        bool useApproximateMaxLength = false,
        CommandFlags flags = CommandFlags.None) =>
        multiplexer.Wait(StreamAddAsync(key, streamPairs, messageId, maxLength, useApproximateMaxLength, flags));

    public RedisResult ScriptEvaluate(
        string script,
        RedisKey[]? keys = null,
        RedisValue[]? values = null,
        CommandFlags flags = CommandFlags.None) =>
        multiplexer.Wait(ScriptEvaluateAsync(script, keys, values, flags));

    public RedisResult Execute(string command, params object[] args) => multiplexer.Wait(ExecuteAsync(command, args));

    private static Command Script(string command, RedisValue script, RedisKey[]? keys, RedisValue[]? values)
    {
        var call = new Command(command).Arg(script).Arg(keys?.Length ?? 0);
        foreach (var key in keys ?? [])
            call.Key(key);
        return call.Args(values ?? []);
    }

    private static RedisValue Value(RedisResult reply) => reply.Value;

    private static long Int(RedisResult reply) => reply.Int64;

    private static double Double(RedisResult reply) => (double)reply.Value;

    // 1 and OK mean that it was done, 0 and nil that it was not.
    private static bool True(RedisResult reply) => !reply.IsNull && (reply.Value == "OK" || reply.Value == 1);

    private static RedisValue[] Values(RedisResult reply) => (RedisValue[]?)reply ?? [];

    private static T[] Pairs<T>(RedisResult reply, Func<RedisValue, RedisValue, T> make)
    {
        var items = reply.Items;
        var pairs = new T[items.Length / 2];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = make(items[2 * i].Value, items[(2 * i) + 1].Value);
        return pairs;
    }

    private Task<T> SendAsync<T>(Command command, Converter<RedisResult, T> read, CommandFlags flags) =>
        multiplexer.SendAsync(command, Database, read, flags);
}
