using System.Globalization;
using System.Reflection;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.Resp;

namespace Quantum.Archive.Recording;

/// <summary>What a recorder asks of Redis; a lost connection is made again and asked again.</summary>
internal sealed class RecorderRedis : IDisposable
{
    private readonly RespClient _client;
    private readonly RespScript _record = Load("record");
    private readonly RespScript _state = Load("state");
    private readonly CancellationToken _cancel;

    public RecorderRedis(RespEndpoint endpoint, Action<Exception, TimeSpan>? onRetry, CancellationToken cancel)
    {
        _client = new RespClient(
            endpoint with { ClientName = "quantum:recorder" }, new RespClientOptions { OnRetry = onRetry });
        _cancel = cancel;
    }

    public Dictionary<string, string> Topology() => Hash(LogKeys.Topology);

    public Dictionary<string, string> Hash(string key) =>
        _client.Execute(connection => connection.Call("HGETALL", key).ReadFields(), _cancel);

    /// <summary>The run's id, made where the run has none yet.</summary>
    public string Run(long nowMs) => _client.Execute(
        connection =>
        {
            var made = string.Create(CultureInfo.InvariantCulture, $"{Guid.NewGuid():N}@{nowMs}");
            connection.Call("SET", LogKeys.Run, made, "NX").ThrowIfError();
            return connection.Call("GET", LogKeys.Run).ReadString().Split('@')[0];
        },
        _cancel);

    /// <summary>Looks at every stream without reading entries; null where there is none.</summary>
    public StreamLook?[] Look(IReadOnlyList<RecordedStream> streams) => _client.Execute(
        connection =>
        {
            var writer = connection.BeginWrite();
            foreach (var stream in streams) Begin(writer, stream.Key, default, 0);
            connection.Flush();
            var looks = new StreamLook?[streams.Count];
            for (var i = 0; i < looks.Length; i++)
            {
                var reply = _record.ReadReply(connection);
                looks[i] = LookOf(ref reply);
            }

            return looks;
        },
        _cancel);

    /// <summary>
    /// Reads so many entries at most behind an id; each is given to <paramref name="take"/> in order.
    /// </summary>
    public StreamLook? Read(string key, EntryId after, int count, EntryTaker take) => _client.Execute(
        connection =>
        {
            Begin(connection.BeginWrite(), key, after, count);
            connection.Flush();
            var reply = _record.ReadReply(connection);
            if (LookOf(ref reply) is not { } look) return (StreamLook?)null;
            take(look, ref reply);
            return look;
        },
        _cancel);

    /// <summary>
    /// The group's entries-read, where the group is there; else null. That is what the recording knew of the stream
    /// before its first file.
    /// </summary>
    public long? Noted(string key, string group) => _client.Execute(
        connection =>
        {
            var reply = connection.Call("XINFO", "GROUPS", key);
            long? noted = null;
            for (var groups = reply.ReadArray(); groups > 0; groups--)
            {
                var (isIt, read) = (false, 0L);
                for (var left = reply.ReadArray(); left > 1; left -= 2)
                {
                    switch (reply.ReadString())
                    {
                        case "name": isIt = reply.ReadString() == group; break;
                        case "entries-read" when reply.Next != RespKind.Nil: read = reply.ReadInteger(); break;
                        default: reply.Skip(); break;
                    }
                }

                if (isIt) noted = read;
            }

            return noted;
        },
        _cancel);

    /// <summary>Notes how far a stream is recorded, for retention.</summary>
    public void Note(RecordedStream stream) => _client.Execute(
        connection =>
        {
            string[] place =
            [
                stream.Key, stream.Group, stream.Cursor.ToString(), "ENTRIESREAD",
                stream.Added.ToString(CultureInfo.InvariantCulture),
            ];
            var reply = connection.Call(["XGROUP", "SETID", .. place]);
            if (reply.ErrorCode == RespErrorCode.NoGroup) reply = connection.Call(["XGROUP", "CREATE", .. place]);
            // A stream that is gone holds nothing that retention could take.
            if (reply.Error is not { } error) return true;
            if (!error.Message.Contains("requires the key to exist", StringComparison.Ordinal)) throw error;
            return true;
        },
        _cancel);

    /// <summary>Takes a stream's note away: retention waits for no recorder any more.</summary>
    public bool Forget(RecordedStream stream) => _client.Execute(
        connection =>
        {
            if (connection.Call("EXISTS", stream.Key).ReadInteger() == 0) return false;
            return connection.Call("XGROUP", "DESTROY", stream.Key, stream.Group).ReadInteger() == 1;
        },
        _cancel);

    /// <summary>What a seat has saved, as the fields of one entry, and its commit's number; 0: none yet.</summary>
    public long ReadState(IReadOnlyList<string> keys, LogBatch target) => _client.Execute(
        connection =>
        {
            target.Clear();
            var writer = connection.BeginWrite();
            _state.Begin(writer, keys.Count, 0);
            foreach (var key in keys) writer.WriteBulk(key);
            connection.Flush();
            var reply = _state.ReadReply(connection);
            return SavedState.Write(ref reply, target);
        },
        _cancel);

    public void Dispose() => _client.Dispose();

    private void Begin(RespWriter writer, string key, EntryId after, int count)
    {
        _record.Begin(writer, 1, 2);
        writer.WriteBulk(key);
        writer.WriteBulk(after);
        writer.WriteBulk(count);
    }

    private static StreamLook? LookOf(ref RespReader reply)
    {
        if (reply.ReadArray() <= 0) return null;
        var (length, added, last) = (reply.ReadInteger(), reply.ReadInteger(), reply.ReadId());
        var first = reply.ReadString();
        return new StreamLook(length, added, last, first.Length == 0 ? null : EntryId.Parse(first));
    }

    private static RespScript Load(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name + ".lua")!;
        using var reader = new StreamReader(stream);
        return new RespScript(reader.ReadToEnd());
    }
}
