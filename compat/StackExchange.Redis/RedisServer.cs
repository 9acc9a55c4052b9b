using System.Diagnostics;
using System.Net;

namespace StackExchange.Redis;

/// <summary>The server at one endpoint; only the one that the multiplexer is connected to can be asked.</summary>
internal sealed class RedisServer(ConnectionMultiplexer multiplexer, EndPoint endPoint, int defaultDatabase) : IServer
{
    public EndPoint EndPoint { get; } = endPoint;

    public IConnectionMultiplexer Multiplexer => multiplexer;

    public bool IsConnected => EndPoint.Equals(multiplexer.ConnectedEndPoint);

    public async Task<TimeSpan> PingAsync(CommandFlags flags = CommandFlags.None)
    {
        var started = Stopwatch.GetTimestamp();
        await SendAsync(new("PING"), r => r, flags).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(started);
    }

    public TimeSpan Ping(CommandFlags flags = CommandFlags.None) => multiplexer.Wait(PingAsync(flags));

    public async Task<IGrouping<string, KeyValuePair<string, string>>[]> InfoAsync(
        RedisValue section = default,
        CommandFlags flags = CommandFlags.None)
    {
        var lines = (await InfoRawAsync(section, flags).ConfigureAwait(false) ?? "").Split('\n');
        var heading = "miscellaneous";
        var all = new List<(string Section, KeyValuePair<string, string> Pair)>();
        foreach (var line in lines.Select(line => line.TrimEnd('\r')))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
                heading = line[2..].Trim();
            else if (line.IndexOf(':') is > 0 and var colon)
                all.Add((heading, new(line[..colon], line[(colon + 1)..])));
        }

        return [.. all.GroupBy(item => item.Section, item => item.Pair)];
    }

    public Task<string?> InfoRawAsync(RedisValue section = default, CommandFlags flags = CommandFlags.None) =>
        SendAsync(
            section.IsNullOrEmpty ? new("INFO") : new Command("INFO").Arg(section),
            r => (string?)r.Value,
            flags);

    public Task<KeyValuePair<string, string>[]> ConfigGetAsync(
        RedisValue pattern = default,
        CommandFlags flags = CommandFlags.None) =>
        SendAsync(
            new Command("CONFIG").Arg("GET").Arg(pattern.IsNullOrEmpty ? "*" : pattern),
            reply => reply.ToDictionary()
                .Select(pair => new KeyValuePair<string, string>(pair.Key, pair.Value.Value.ToString()))
                .ToArray(),
            flags);

    public async IAsyncEnumerable<RedisKey> KeysAsync(
        int database = -1,
        RedisValue pattern = default,
        int pageSize = 250,
        long cursor = 0,
        int pageOffset = 0,
        CommandFlags flags = CommandFlags.None)
    {
        RedisValue position = cursor;
        var skip = pageOffset;
        do
        {
            var scan = new Command("SCAN").Arg(position);
            if (!pattern.IsNullOrEmpty)
                scan.Arg("MATCH").Arg(pattern);
            var reply = await multiplexer
                .SendAsync(scan.Arg("COUNT").Arg(pageSize), Database(database), r => r, flags)
                .ConfigureAwait(false);
            position = reply[0].Value;
            foreach (var key in reply[1].Items.Skip(skip))
                yield return (RedisKey)key;
            skip = 0;
        }
        while (position != 0);
    }

    public Task<DateTime> TimeAsync(CommandFlags flags = CommandFlags.None) =>
        SendAsync(
            new("TIME"),
            reply => DateTime.UnixEpoch.AddSeconds(reply[0].Int64).AddMicroseconds(reply[1].Int64),
            flags);

    public Task<ClientInfo[]> ClientListAsync(CommandFlags flags = CommandFlags.None) =>
        SendAsync(new Command("CLIENT").Arg("LIST"), reply => ClientInfo.Parse(reply.Value.ToString()), flags);

    public Task<CommandTrace[]> SlowlogGetAsync(int count = 0, CommandFlags flags = CommandFlags.None)
    {
        var command = new Command("SLOWLOG").Arg("GET");
        return SendAsync(
            count > 0 ? command.Arg(count) : command,
            reply => Array.ConvertAll(reply.Items, item => new CommandTrace(item)),
            flags);
    }

    public Task<long> DatabaseSizeAsync(int database = -1, CommandFlags flags = CommandFlags.None) =>
        multiplexer.SendAsync(new("DBSIZE"), Database(database), r => r.Int64, flags);

    public Task FlushDatabaseAsync(int database = -1, CommandFlags flags = CommandFlags.None) =>
        multiplexer.SendAsync(new("FLUSHDB"), Database(database), r => r, flags);

    public Task<byte[]> ScriptLoadAsync(string script, CommandFlags flags = CommandFlags.None) =>
        SendAsync(
            new Command("SCRIPT").Arg("LOAD").Arg(script),
            reply => Convert.FromHexString(reply.Value.ToString()),
            flags);

    public Task<RedisResult> ExecuteAsync(string command, params object[] args) =>
        SendAsync(new Command(command).Args(args.Select(RedisValue.Unbox)), r => r, CommandFlags.None);

    private int Database(int database) => database < 0 ? defaultDatabase : database;

    private Task<T> SendAsync<T>(Command command, Converter<RedisResult, T> read, CommandFlags flags)
    {
        if (multiplexer.IsConnected && !IsConnected)
        {
            throw new NotSupportedException(
                $"The stand-in is connected to {multiplexer.ConnectedEndPoint} and cannot ask {EndPoint} as well; "
                + "StackExchange.Redis can.");
        }

        return multiplexer.SendAsync(command, PendingCall.AnyDatabase, read, flags);
    }
}
