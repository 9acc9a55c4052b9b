using System.Net;

namespace StackExchange.Redis;

/// <summary>The commands on one server as a whole; most need allowAdmin=true, as in the real client.</summary>
public interface IServer : IRedis
{
    EndPoint EndPoint { get; }

    bool IsConnected { get; }

    Task<IGrouping<string, KeyValuePair<string, string>>[]> InfoAsync(
        RedisValue section = default,
        CommandFlags flags = CommandFlags.None);

    Task<string?> InfoRawAsync(RedisValue section = default, CommandFlags flags = CommandFlags.None);

    Task<KeyValuePair<string, string>[]> ConfigGetAsync(
        RedisValue pattern = default,
        CommandFlags flags = CommandFlags.None);

    /// <summary>Walks over the keys with SCAN, so it neither stops the server nor sees one moment in time.</summary>
    IAsyncEnumerable<RedisKey> KeysAsync(
        int database = -1,
        RedisValue pattern = default,
        int pageSize = 250,
        long cursor = 0,
        int pageOffset = 0,
        CommandFlags flags = CommandFlags.None);

    Task<DateTime> TimeAsync(CommandFlags flags = CommandFlags.None);

    Task<ClientInfo[]> ClientListAsync(CommandFlags flags = CommandFlags.None);

    Task<CommandTrace[]> SlowlogGetAsync(int count = 0, CommandFlags flags = CommandFlags.None);

    Task<long> DatabaseSizeAsync(int database = -1, CommandFlags flags = CommandFlags.None);

    Task FlushDatabaseAsync(int database = -1, CommandFlags flags = CommandFlags.None);

    Task<byte[]> ScriptLoadAsync(string script, CommandFlags flags = CommandFlags.None);

    Task<RedisResult> ExecuteAsync(string command, params object[] args);
}
