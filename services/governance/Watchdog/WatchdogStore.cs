using System.Text.Json.Serialization;
using Quantum.Resp;

namespace Quantum.Governance.Watchdog;

/// <summary>
/// What watchdogs share in Redis: who of them watches, and what was told. Throws <see cref="RespException"/> when
/// Redis is away. For one thread.
/// </summary>
public sealed class WatchdogStore(RespEndpoint endpoint, string owner) : IDisposable
{
    public const string LeaseKey = "quantum:watchdog:lease";
    public const string MemoryKey = "quantum:watchdog:findings";
    private const string ForgetAfterMs = "2592000000"; // 30 days

    private const string TakeScript =
        """
        local owner = redis.call('GET', KEYS[1])
        if owner and owner ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return 1
        """;

    private const string GiveUpScript =
        "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new JsonStringEnumConverter() },
    };

    private RespConnection? _connection;

    /// <summary>Takes or renews the right to watch; false when another holds it.</summary>
    public bool TryHold(TimeSpan until, CancellationToken cancel)
    {
        var ms = ((long)until.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        var reply = Connection(cancel).Call("EVAL", TakeScript, "1", LeaseKey, owner, ms);
        reply.ThrowIfError();
        return reply.ReadInteger() == 1;
    }

    /// <summary>Lets another watch at once.</summary>
    public void GiveUp()
    {
        if (_connection is { IsBroken: false })
            _connection.Call("EVAL", GiveUpScript, "1", LeaseKey, owner).ThrowIfError();
    }

    /// <summary>What was told and is not over, or is over and nobody knows yet.</summary>
    public IReadOnlyList<FindingMemory> Load(CancellationToken cancel)
    {
        var reply = Connection(cancel).Call("HVALS", MemoryKey);
        reply.ThrowIfError();
        var memories = new List<FindingMemory>();
        for (var left = reply.ReadArray(); left > 0; left--)
        {
            if (Read(reply.ReadBytes()) is { } memory) memories.Add(memory);
        }

        return memories;
    }

    /// <summary>Writes what is new; null forgets.</summary>
    public void Save(IReadOnlyDictionary<string, FindingMemory?> changes, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var connection = Connection(cancel);
        var writer = connection.BeginWrite();
        foreach (var (key, memory) in changes)
        {
            if (memory is null) writer.Command("HDEL", MemoryKey, key);
            else writer.Command("HSET", MemoryKey, key, JsonSerializer.Serialize(memory, s_json));
        }

        writer.Command("PEXPIRE", MemoryKey, ForgetAfterMs);
        connection.Flush();
        RespServerException? fault = null;
        for (var left = changes.Count + 1; left > 0; left--) fault = connection.ReadReply().Error ?? fault;
        if (fault is not null) throw fault;
    }

    public void Dispose() => _connection?.Dispose();

    // What another build wrote and this one cannot read is told again: better twice than never.
    private static FindingMemory? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<FindingMemory>(json, s_json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private RespConnection Connection(CancellationToken cancel)
    {
        if (_connection is { IsBroken: false, PendingReplies: 0 } alive) return alive;
        _connection?.Dispose();
        return _connection = RespConnection.Connect(endpoint, null, cancel);
    }
}
