namespace StackExchange.Redis;

/// <summary>The commands on one database; those that the project calls are there as blocking calls too.</summary>
public interface IDatabase : IRedis, IDatabaseAsync
{
    int Database { get; }

    bool KeyDelete(RedisKey key, CommandFlags flags = CommandFlags.None);

    bool KeyExists(RedisKey key, CommandFlags flags = CommandFlags.None);

    RedisValue StringGet(RedisKey key, CommandFlags flags = CommandFlags.None);

    bool StringSet(
        RedisKey key,
        RedisValue value,
        Expiration expiry = default,
        ValueCondition when = default,
        CommandFlags flags = CommandFlags.None);

    RedisValue HashGet(RedisKey key, RedisValue hashField, CommandFlags flags = CommandFlags.None);

    HashEntry[] HashGetAll(RedisKey key, CommandFlags flags = CommandFlags.None);

    void HashSet(RedisKey key, HashEntry[] hashFields, CommandFlags flags = CommandFlags.None);

    long StreamLength(RedisKey key, CommandFlags flags = CommandFlags.None);

    RedisValue StreamAdd(
        RedisKey key,
        NameValueEntry[] streamPairs,
        RedisValue? messageId = null,
        long? maxLength = null,
        bool useApproximateMaxLength = false,
        CommandFlags flags = CommandFlags.None);

    RedisResult ScriptEvaluate(
        string script,
        RedisKey[]? keys = null,
        RedisValue[]? values = null,
        CommandFlags flags = CommandFlags.None);

    RedisResult Execute(string command, params object[] args);
}
