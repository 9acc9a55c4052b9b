using System.Reflection;
using Quantum.Resp;

namespace Quantum.Archive.Recording;

/// <summary>
/// What a recorder, or a replay of the running system, asks of Redis; a lost connection is made again and asked again.
/// </summary>
internal sealed class ArchiveRedis : IDisposable
{
    private readonly RespClient _client;
    private readonly RespScript _record = Load("record");
    private readonly RespScript _state = Load("state");
    private readonly CancellationToken _cancel;

    public ArchiveRedis(
        RespEndpoint endpoint, string who, Action<Exception, TimeSpan>? onRetry, CancellationToken cancel)
    {
        _client = new RespClient(
            endpoint with { ClientName = $"quantum:{who}" }, new RespClientOptions { OnRetry = onRetry });
        _cancel = cancel;
    }

    /// <summary>How often a connection was made, from 0.</summary>
    public int Connects => _client.Connects;

    /// <summary>
    /// The topology's mark. Throws <see cref="ArchiveException"/> where it is no system's, or one of several shards.
    /// </summary>
    /// <param name="what">What needs it, as a sentence's beginning: an archive is.</param>
    public Dictionary<string, string> Topology(string what)
    {
        var topology = Hash(LogKeys.Topology);
        if (topology.GetValueOrDefault("system") != "quantum")
        {
            throw new ArchiveException(
                $"Redis at {_client.Endpoint} is not marked as Quantum's: start the system first (./quantum up), or "
                + "name the right one with --redis.");
        }

        var shards = topology.GetValueOrDefault("shards", "1");
        return shards == "1" ? topology : throw new ArchiveException(
            $"Redis at {_client.Endpoint} is laid out for {shards} shards: {what} of a system of one shard.");
    }

    /// <summary>The settings that the services told they gave their roles, by path.</summary>
    public SortedDictionary<string, string> Settings() => _client.Execute(
        connection =>
        {
            var writer = connection.BeginWrite();
            foreach (var service in ServiceHosts.All) writer.Command("HGETALL", LogKeys.Settings + service.Name);
            connection.Flush();
            var told = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var _ in ServiceHosts.All)
                foreach (var (path, value) in connection.ReadReply().ReadFields()) told[path] = value;
            return told;
        },
        _cancel);

    /// <summary>How many entries a list holds; 0 where there is none.</summary>
    public long Length(string list) =>
        _client.Execute(connection => connection.Call("LLEN", list).ReadInteger(), _cancel);

    /// <summary>Runs a script that one key is enough for, and reads its reply's texts.</summary>
    public string[] Ask(RespScript script, string key, params string[] arguments) => _client.Execute(
        connection =>
        {
            var writer = connection.BeginWrite();
            script.Begin(writer, 1, arguments.Length);
            writer.WriteBulk(key);
            foreach (var argument in arguments) writer.WriteBulk(argument);
            connection.Flush();
            var reply = script.ReadReply(connection);
            var texts = new string[reply.ReadArray()];
            for (var i = 0; i < texts.Length; i++) texts[i] = reply.ReadString();
            return texts;
        },
        _cancel);

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

    /// <summary>Reads so many entries at most behind an id into a batch; null where there is no stream.</summary>
    public StreamLook? Read(string key, EntryId after, int count, LogBatch target)
    {
        target.Clear();
        return Read(key, after, count, (StreamLook _, ref RespReader entries) =>
        {
            target.Clear();
            for (var left = entries.ReadArray(); left > 0; left--)
            {
                entries.ReadArray();
                target.Add(new LogEntry(0, entries.ReadId(), 1, IsMissing: false));
                AddFields(target, ref entries);
            }
        });
    }

    /// <summary>Adds the fields that stand next in a reply to a batch's last entry.</summary>
    public static void AddFields(LogBatch target, ref RespReader entries)
    {
        for (var left = entries.ReadArray(); left > 1; left -= 2)
        {
            var name = entries.ReadBytes();
            target.AddField(name, entries.ReadBytes());
        }
    }

    /// <summary>
    /// The group's place and how many entries were added up to it, where the group is there; else null. That is what
    /// the recording knew of the stream when it last wrote a file, or before its first.
    /// </summary>
    public (EntryId Id, long Added)? Noted(string key, string group) => _client.Execute(
        connection =>
        {
            var reply = connection.Call("XINFO", "GROUPS", key);
            (EntryId, long)? noted = null;
            for (var groups = reply.ReadArray(); groups > 0; groups--)
            {
                var (isIt, read, last) = (false, 0L, EntryId.Zero);
                for (var left = reply.ReadArray(); left > 1; left -= 2)
                {
                    switch (reply.ReadString())
                    {
                        case "name": isIt = reply.ReadString() == group; break;
                        case "last-delivered-id": last = EntryId.Parse(reply.ReadString()); break;
                        case "entries-read" when reply.Next != RespKind.Nil: read = reply.ReadInteger(); break;
                        default: reply.Skip(); break;
                    }
                }

                if (isIt) noted = (last, read);
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

    /// <summary>What a seat has saved, as the fields of one entry.</summary>
    /// <param name="keys">Of its cursor, its state and its stage, then of the streams it writes.</param>
    /// <param name="target">Where to; empty afterwards when nothing was saved yet.</param>
    public StateLook ReadState(IReadOnlyList<string> keys, LogBatch target) => _client.Execute(
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
