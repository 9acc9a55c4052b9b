using System.Globalization;
using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.EventLog.Resp;

namespace Quantum.Cli.Looking;

/// <summary>Looks into the keys of a Quantum system.</summary>
internal sealed class QuantumRedis : IDisposable
{
    private const int Page = 1000;
    private readonly RespConnection _connection;
    private readonly RedisChoice _choice;
    private readonly string? _owner;
    private readonly string _time;

    /// <summary>Chooses the Redis as every verb does.</summary>
    public QuantumRedis(string? option) : this(RedisChoice.Make(option))
    {
    }

    public QuantumRedis(RedisChoice choice)
    {
        _choice = choice;
        _connection = RespConnection.Connect(Endpoint);
        var mark = Hash(LogKeys.Topology);
        IsMarked = mark.GetValueOrDefault("system") == "quantum";
        _owner = mark.GetValueOrDefault(SystemOwner.Field);
        Mode = mark.GetValueOrDefault("mode");
        _time = mark.GetValueOrDefault(SystemTime.Field, SystemTime.Real);
        var shards = mark.GetValueOrDefault("shards", "1");
        Keys = new LogKeys(int.TryParse(shards, CultureInfo.InvariantCulture, out var n) ? Math.Clamp(n, 1, 256) : 1);
    }

    public RespEndpoint Endpoint => _choice.Endpoint;
    public RespConnection Connection => _connection;
    public LogKeys Keys { get; }
    public bool IsMarked { get; }
    public string? Mode { get; }

    /// <summary>Whether the system's time is that of the tape it plays.</summary>
    public bool IsTape => _time == SystemTime.Tape;

    /// <summary>
    /// Before anything is said or written: throws when this Redis holds the system of another folder.
    /// </summary>
    public void RequireOwn() => _choice.RequireOwn(_owner);

    /// <summary>
    /// The mode, for whoever writes; throws when this Redis is not marked as Quantum's, or is another system's.
    /// </summary>
    public TradingMode RequireMode()
    {
        RequireOwn();
        if (!IsMarked)
        {
            throw new CliException(
                $"Redis at {Endpoint.Host}:{Endpoint.Port} is not marked as Quantum's, so nothing is written there: "
                + "name the right one with --redis, or start the system first (./quantum up).");
        }

        return Enum.GetValues<TradingMode>().First(mode => WireNames.Of(mode) == Mode);
    }

    /// <summary>The server's time, UTC epoch ms.</summary>
    public long NowMs => _connection.TimeUs() / 1000;

    /// <summary>
    /// The system's time, UTC epoch ms: on a tape the tape's, for a stamp of today would age everything at once. A mark
    /// without the fact is of a build whose hosts all took the clock's time unless told otherwise.
    /// </summary>
    public long SystemNowMs()
    {
        if (!IsTape) return NowMs;
        return SystemTime.TryReadTape(Text(FeedKeys.Position), out var atMs)
            ? atMs
            : throw new CliException(SystemTime.NoTimeYet);
    }

    public string? Text(string key)
    {
        var reply = _connection.Call("GET", key);
        return reply.Next == RespKind.Bulk ? reply.ReadString() : null;
    }

    public Dictionary<string, string> Hash(string key) => _connection.Call("HGETALL", key).ReadFields();

    /// <summary>The saved state of a role over all its seats.</summary>
    public Dictionary<string, string> State(string role) => Seats(role, Keys.State);

    /// <summary>What a role remembers under a prefix, by what follows it.</summary>
    public Dictionary<string, TState> Saved<TState>(string role, string prefix) where TState : class => State(role)
        .Where(field => field.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(
            field => field.Key[prefix.Length..],
            field => JsonSerializer.Deserialize<TState>(field.Value, WireJson.StateOptions)
                ?? throw new CliException(
                    $"the state of {role} at '{field.Key}' is null: the role would not start either."));

    public Dictionary<string, string> Seats(string role, Func<RoleSeat, string> keyOf)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var seat in Keys.SeatsOf(role))
            foreach (var (name, value) in Hash(keyOf(seat))) all[name] = value;
        return all;
    }

    /// <summary>Keys by pattern, of streams only.</summary>
    public IReadOnlyList<string> Streams(string pattern)
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        var cursor = "0";
        do
        {
            var reply = _connection.Call("SCAN", cursor, "MATCH", pattern, "COUNT", "1000", "TYPE", "stream");
            reply.ReadArray();
            cursor = reply.ReadString();
            for (var left = reply.ReadArray(); left > 0; left--) keys.Add(reply.ReadString());
        }
        while (cursor != "0");
        return [.. keys];
    }

    /// <summary>The newest entries, newest first, in pages.</summary>
    public IEnumerable<StreamEntry> Newest(string key, int most)
    {
        var end = "+";
        while (most > 0)
        {
            var page = Entries(_connection.Call("XREVRANGE", key, end, "-", "COUNT", Count(Math.Min(Page, most))), key);
            foreach (var entry in page) yield return entry;
            if (page.Count < Page) yield break;
            most -= page.Count;
            end = "(" + page[^1].Id;
        }
    }

    /// <summary>Entries behind an id, oldest first.</summary>
    public IReadOnlyList<StreamEntry> After(string key, string id, int count) =>
        Entries(_connection.Call("XRANGE", key, "(" + id, "+", "COUNT", Count(count)), key);

    public StreamEntry? Find(string key, string id) =>
        Entries(_connection.Call("XRANGE", key, id, id), key).FirstOrDefault();

    public StreamEntry? Last(string key) => Newest(key, 1).FirstOrDefault();

    public IEnumerable<StreamEntry> Last(EventStream stream, int most) =>
        Keys.KeysOf(stream).SelectMany(key => Newest(key, most));

    /// <summary>A group's last delivered id; null when there is no such group.</summary>
    public string? Position(string key, string group)
    {
        if (_connection.Call("EXISTS", key).ReadInteger() == 0) return null;
        var reply = _connection.XInfo("GROUPS", key);
        for (var groups = reply.ReadArray(); groups > 0; groups--)
        {
            var (name, position) = ("", "");
            for (var left = reply.ReadArray(); left > 1; left -= 2)
            {
                switch (reply.ReadString())
                {
                    case "name": name = reply.ReadString(); break;
                    case "last-delivered-id": position = reply.ReadString(); break;
                    default: reply.Skip(); break;
                }
            }

            if (name == group) return position;
        }

        return null;
    }

    public bool IsHeld(RoleSeat seat)
    {
        var until = Hash(Keys.Lease(seat)).GetValueOrDefault("until", "0");
        return long.Parse(until, CultureInfo.InvariantCulture) > NowMs;
    }

    public void Dispose() => _connection.Dispose();

    private static List<StreamEntry> Entries(RespReader reply, string key)
    {
        var entries = new List<StreamEntry>();
        for (var left = reply.ReadArray(); left > 0; left--)
        {
            reply.ReadArray();
            var id = reply.ReadString();
            var fields = new List<KeyValuePair<string, string>>();
            for (var values = reply.ReadArray(); values > 1; values -= 2)
            {
                var name = reply.ReadString();
                fields.Add(new KeyValuePair<string, string>(name, reply.ReadString()));
            }

            entries.Add(new StreamEntry(key, id, fields));
        }

        return entries;
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
