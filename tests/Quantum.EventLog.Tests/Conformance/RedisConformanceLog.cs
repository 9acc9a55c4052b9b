using System.Globalization;
using System.Text;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Redis;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.EventLog.Tests.Conformance;

/// <summary>The Redis log on a real server under the suite.</summary>
public sealed class RedisConformanceLog : IConformanceLog
{
    private readonly RedisEventLog _log;
    private readonly RespConnection _other;

    public RedisConformanceLog(RedisServer server)
    {
        var endpoint = RespEndpoint.Parse(server.ConnectionString);
        _other = RespConnection.Connect(endpoint);
        Call("FLUSHALL");
        _log = new RedisEventLog(endpoint);
    }

    public IEventLog Log => _log;

    /// <summary>Sends a command beside the log.</summary>
    public void Call(params string[] arguments) => _other.Call(arguments).ThrowIfError();

    public string Field(string hash, string field) => _other.Call("HGET", hash, field).ReadString();

    public void DeleteStream(string streamKey) => Call("DEL", streamKey);

    public void DeleteGroup(string streamKey, string group) => Call("XGROUP", "DESTROY", streamKey, group);

    public void ForceTrim(string streamKey, long keep) =>
        Call("XTRIM", streamKey, "MAXLEN", "=", keep.ToString(CultureInfo.InvariantCulture));

    public void ReadAsOther(string streamKey, string group, string consumer, int count) => Call(
        "XREADGROUP", "GROUP", group, consumer, "COUNT", count.ToString(CultureInfo.InvariantCulture),
        "STREAMS", streamKey, ">");

    public void Acknowledge(string streamKey, string group, EntryId id) =>
        Call("XACK", streamKey, group, id.ToString());

    public void SetGroup(string streamKey, string group, EntryId position) =>
        Call("XGROUP", "SETID", streamKey, group, position.ToString());

    public (EntryId Id, long Epoch) WithClockAhead(TimeSpan ahead, RoleSeat seat, string streamKey, FieldBuffer entry)
    {
        var ms = DateTimeOffset.UtcNow.Add(ahead).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var fields = entry.Fields;
        Call("XADD", streamKey, ms + "-0", Text(fields.Name(0)), Text(fields.Value(0)));
        Call("HSET", _log.Keys.Lease(seat), "owner", "before", "epoch", ms, "until", "0");
        return (EntryId.Parse(ms), long.Parse(ms, CultureInfo.InvariantCulture));
    }

    public void Expire(RoleSeat seat) => Call("HSET", _log.Keys.Lease(seat), "until", "1");

    public int Length(string streamKey) => (int)_other.XLen(Encoding.UTF8.GetBytes(streamKey));

    public IReadOnlyList<(long Sequence, string Text)> Journal(RoleSeat seat) =>
        [.. Entries(_log.Keys.Journal(seat)).Select(entry => (entry.Id.Ms, entry.Fields[0].Value))];

    public IReadOnlyList<(EntryId Id, IReadOnlyList<(string Name, string Value)> Fields)> Entries(string streamKey)
    {
        var reply = _other.Call("XRANGE", streamKey, "-", "+");
        var entries = new List<(EntryId, IReadOnlyList<(string, string)>)>();
        for (var count = reply.ReadArray(); count > 0; count--)
        {
            reply.ReadArray();
            var id = EntryId.Parse(reply.ReadString());
            var fields = new (string, string)[reply.ReadArray() / 2];
            for (var i = 0; i < fields.Length; i++) fields[i] = (reply.ReadString(), reply.ReadString());
            entries.Add((id, fields));
        }

        return entries;
    }

    public void Dispose()
    {
        _log.Dispose();
        _other.Dispose();
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
