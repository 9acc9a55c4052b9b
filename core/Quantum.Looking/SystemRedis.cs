using Quantum.EventLog;
using Quantum.Resp;
using Quantum.Roles.Positions;

namespace Quantum.Looking;

/// <summary>
/// Looks into the keys of a Quantum system. An error reply is never taken for "nothing there": it ends the verb with
/// the command, the key and the server's words. A cluster's redirections are followed.
/// </summary>
public class SystemRedis : IDisposable
{
    private const int Page = 1000;
    private const int MostRedirects = 3;
    private readonly RespConnection _connection;
    private readonly Dictionary<string, RespConnection> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RespConnection> _homes = new(StringComparer.Ordinal);
    private readonly string _time;

    /// <summary>Connects and reads how the system is marked.</summary>
    public SystemRedis(RespEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        Endpoint = endpoint;
        _connection = RespConnection.Connect(Endpoint);
        var mark = Hash(LogKeys.Topology);
        IsMarked = mark.GetValueOrDefault("system") == "quantum";
        Owner = mark.GetValueOrDefault(SystemOwner.Field);
        Mode = mark.GetValueOrDefault("mode");
        _time = mark.GetValueOrDefault(SystemTime.Field, SystemTime.Real);
        var shards = mark.GetValueOrDefault("shards", "1");
        Keys = new LogKeys(int.TryParse(shards, CultureInfo.InvariantCulture, out var n) ? Math.Clamp(n, 1, 256) : 1);
    }

    /// <summary>Where it is.</summary>
    public RespEndpoint Endpoint { get; }
    public LogKeys Keys { get; }
    public bool IsMarked { get; }
    public string? Mode { get; }

    /// <summary>Whether the system's time is that of the tape it plays.</summary>
    public bool IsTape => _time == SystemTime.Tape;

    /// <summary>Whose system it is marked as; null without that.</summary>
    protected string? Owner { get; }

    /// <summary>Before anything is said or written: throws when that is not meant for this system.</summary>
    public virtual void RequireOwn()
    {
    }

    /// <summary>
    /// The mode, for whoever writes; throws when this Redis is not marked as Quantum's, or is another system's.
    /// </summary>
    public TradingMode RequireMode()
    {
        RequireOwn();
        if (!IsMarked)
        {
            throw new LookException(
                $"Redis at {Endpoint.Host}:{Endpoint.Port} is not marked as Quantum's, so nothing is written there: "
                + "name the right one with --redis, or start the system first (./quantum up).");
        }

        return Enum.GetValues<TradingMode>().First(mode => WireNames.Of(mode) == Mode);
    }

    /// <summary>Throws when this Redis is not marked as Quantum's: that nothing is found there says nothing.</summary>
    public void RequireMark()
    {
        if (IsMarked) return;
        throw new LookException(
            $"Redis at {Endpoint.Host}:{Endpoint.Port} is not marked as Quantum's in database {Endpoint.Database}: "
            + $"name the right one with --redis. {KeysElsewhere()}");
    }

    /// <summary>The server's time, UTC epoch ms.</summary>
    public long NowMs => _connection.TimeUs() / 1000;

    /// <summary>
    /// The system's time, UTC epoch ms: on a tape the tape's, for a stamp of today would age everything at once. A mark
    /// without the fact is of a build whose hosts all took the clock's time unless told otherwise.
    /// </summary>
    public long SystemNowMs() => SystemTimeAt(NowMs) ?? throw new LookException(SystemTime.NoTimeYet);

    /// <summary>The same, null before a tape's first step.</summary>
    /// <param name="nowMs">The server's time, UTC epoch ms.</param>
    public long? SystemTimeAt(long nowMs) =>
        !IsTape ? nowMs : SystemTime.TryReadTape(Text(FeedKeys.Position), out var atMs) ? atMs : null;

    public string? Text(string key)
    {
        var reply = Ask("GET", key);
        return reply.Next == RespKind.Bulk ? reply.ReadString() : null;
    }

    /// <summary>One field of a hash; null when it is not there.</summary>
    public string? Field(string key, string field)
    {
        var reply = Ask("HGET", key, field);
        return reply.Next == RespKind.Bulk ? reply.ReadString() : null;
    }

    public Dictionary<string, string> Hash(string key) => Ask("HGETALL", key).ReadFields();

    /// <summary>The saved state of a role over all its seats.</summary>
    public Dictionary<string, string> State(string role) => Seats(role, Keys.State);

    /// <summary>One cell of a role's saved state, of the first seat that has it; null when none does.</summary>
    /// <exception cref="JsonException">The saved text is no such state.</exception>
    internal TState? StateOf<TState>(string role, string field) where TState : class =>
        Keys.SeatsOf(role).Select(seat => Field(Keys.State(seat), field)).OfType<string>().FirstOrDefault() is { } text
            ? JsonSerializer.Deserialize<TState>(text, WireJson.StateOptions)
            : null;

    /// <summary>Every saved value of one of a role's maps with its key, in the keys' order.</summary>
    /// <exception cref="JsonException">A saved text is no such state.</exception>
    internal IEnumerable<KeyValuePair<string, TState>> StatesOf<TState>(string role, string map) where TState : class =>
        from field in State(role).OrderBy(field => field.Key, StringComparer.Ordinal)
        where field.Key.StartsWith(map + "/", StringComparison.Ordinal)
        let state = JsonSerializer.Deserialize<TState>(field.Value, WireJson.StateOptions)
        where state is not null
        select KeyValuePair.Create(field.Key[(map.Length + 1)..], state);

    /// <summary>What a role's book says of each symbol, read from the fields whose names begin with a prefix.</summary>
    public Dictionary<string, BookedPosition> Books(
        string role, string prefix, Func<string, BookedPosition?> read) => State(role)
        .Where(field => field.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(
            field => field.Key[prefix.Length..],
            field => read(field.Value)
                ?? throw new LookException(
                    $"the state of {role} at '{field.Key}' is null: the role would not start either."));

    public Dictionary<string, string> Seats(string role, Func<RoleSeat, string> keyOf)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var seat in Keys.SeatsOf(role))
            foreach (var (name, value) in Hash(keyOf(seat))) all[name] = value;
        return all;
    }

    /// <summary>Entries in a stream; 0 when there is none.</summary>
    public long Length(string key) => Ask("XLEN", key).ReadInteger();

    /// <summary>The newest entries, or the newest before an id, newest first, in pages.</summary>
    /// <param name="key">The stream's key.</param>
    /// <param name="most">Entries at most, from 1.</param>
    /// <param name="before">Only those before this id; null: from the newest.</param>
    /// <param name="after">Only those behind this id; null: down to the oldest.</param>
    public IEnumerable<StreamEntry> Newest(string key, int most, string? before = null, string? after = null)
    {
        var end = before is null ? "+" : "(" + before;
        var start = after is null ? "-" : "(" + after;
        while (most > 0)
        {
            var page = Entries(Ask("XREVRANGE", key, end, start, "COUNT", Count(Math.Min(Page, most))), key);
            foreach (var entry in page) yield return entry;
            if (page.Count < Page) yield break;
            most -= page.Count;
            end = "(" + page[^1].Id;
        }
    }

    /// <summary>Entries behind an id, oldest first.</summary>
    public IReadOnlyList<StreamEntry> After(string key, string id, int count) =>
        Entries(Ask("XRANGE", key, "(" + id, "+", "COUNT", Count(count)), key);

    public StreamEntry? Find(string key, string id) =>
        Entries(Ask("XRANGE", key, id, id), key).FirstOrDefault();

    public StreamEntry? Last(string key) => Newest(key, 1).FirstOrDefault();

    /// <summary>The newest entries of a stream over all its shards, newest first.</summary>
    public IReadOnlyList<StreamEntry> Newest(EventStream stream, int most) =>
        [.. Last(stream, most).OrderByDescending(entry => entry.IdMs).Take(most)];

    /// <summary>The newest entries of each of a stream's shards, those of one shard newest first.</summary>
    public IEnumerable<StreamEntry> Last(EventStream stream, int most) =>
        Keys.KeysOf(stream).SelectMany(key => Newest(key, most));

    /// <summary>A group's last delivered id; null when there is no such group.</summary>
    public string? Position(string key, string group)
    {
        if (Ask("EXISTS", key).ReadInteger() == 0) return null;
        var reply = Ask("XINFO", key, ["GROUPS"], []);
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
        return long.TryParse(until, CultureInfo.InvariantCulture, out var ms)
            ? ms > NowMs
            : throw new LookException($"the lease {Keys.Lease(seat)} holds '{until}' where a time belongs.");
    }

    /// <summary>Asks about a key, wherever its node is; throws with command, key and the server's words.</summary>
    public RespReader Ask(string command, string key, params ReadOnlySpan<string> rest) => Ask(command, key, [], rest);

    /// <summary>The connection to the node of a key that was asked about before.</summary>
    public RespConnection Home(string key) => _homes.GetValueOrDefault(key, _connection);

    /// <summary>Runs a script; its first key says where.</summary>
    public RespReader Run(string script, scoped ReadOnlySpan<string> keys, scoped ReadOnlySpan<string> arguments) =>
        Ask("EVAL", keys[^1], [script, Count(keys.Length), .. keys[..^1]], arguments);

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _connection.Dispose();
        foreach (var node in _nodes.Values) node.Dispose();
    }

    private RespReader Ask(
        string command, string key, scoped ReadOnlySpan<string> beforeKey, scoped ReadOnlySpan<string> rest)
    {
        for (var redirects = 0; ; redirects++)
        {
            var reply = Home(key).Call([command, .. beforeKey, key, .. rest]);
            if (reply.Error is not { } error) return reply;
            if (error is not { Code: RespErrorCode.Moved, RedirectHost: { } host } || redirects == MostRedirects)
                throw new LookException($"{command} of {key} was not answered. {error.Message}");
            _homes[key] = Node(host.Length == 0 ? Endpoint.Host : host, error.RedirectPort);
        }
    }

    private RespConnection Node(string host, int port)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        if (_nodes.TryGetValue(address, out var known)) return known;
        var endpoint = Endpoint with { Host = host, Port = port, TlsHost = Endpoint.TlsHost ?? Endpoint.Host };
        return _nodes[address] = RespConnection.Connect(endpoint);
    }

    private string KeysElsewhere()
    {
        var reply = _connection.Call("INFO", "keyspace");
        if (reply.Next != RespKind.Bulk) return "Where keys are could not be asked.";
        string[] databases =
        [
            .. reply.ReadString().Split('\n').Where(line => line.StartsWith("db", StringComparison.Ordinal))
                .Select(line => line.Split(':', ','))
                .Select(parts => $"database {parts[0][2..]} ({parts[1]["keys=".Length..]})"),
        ];
        return databases.Length == 0 ? "It holds no key." : $"There are keys in {string.Join(", ", databases)}.";
    }

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
