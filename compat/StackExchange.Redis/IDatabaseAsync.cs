namespace StackExchange.Redis;

/// <summary>The commands on one database, asynchronous.</summary>
public partial interface IDatabaseAsync : IRedisAsync
{
    /// <summary>Runs a script by its hash, and sends the text only when the server does not know it.</summary>
    Task<RedisResult> ScriptEvaluateAsync(
        string script,
        RedisKey[]? keys = null,
        RedisValue[]? values = null,
        CommandFlags flags = CommandFlags.None);

    Task<RedisResult> ExecuteAsync(string command, params object[] args);

    Task<RedisResult> ExecuteAsync(
        string command,
        ICollection<object>? args,
        CommandFlags flags = CommandFlags.None);
}
