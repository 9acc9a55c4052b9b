using System.Globalization;
using System.Text;
using Quantum.Archive.Files;
using Quantum.Archive.Recording;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.EventLog.Redis;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Archive.Tests;

/// <summary>A Redis that is marked as Quantum's, a folder for an archive, and what both hold.</summary>
internal sealed class ArchiveWorld : IDisposable
{
    private readonly RedisServer _server = RedisServer.Start();
    private readonly RespConnection _connection;
    private readonly FieldBuffer _entry = new();

    public ArchiveWorld()
    {
        Endpoint = RespEndpoint.Parse(_server.ConnectionString);
        _connection = RespConnection.Connect(Endpoint);
        Log = new RedisEventLog(Endpoint);
        Mark();
    }

    public RespEndpoint Endpoint { get; }

    public RedisEventLog Log { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("quantum-archive-").FullName;

    public string Archive => Path.Combine(Folder, "archive");

    public List<string> Told { get; } = [];

    public RecorderSettings Settings => new()
    {
        Every = TimeSpan.Zero, BatchEntries = 500, Tell = (_, text) => Told.Add(text),
    };

    public RespReader Call(params string[] arguments) => _connection.Call(arguments);

    public void Mark() => Call(
        "HSET", LogKeys.Topology, "system", "quantum", "shards", "1", "mode", "sim", "time", "real");

    public Recorder Record(Action<ArchiveStep, string>? before = null, RecorderSettings? settings = null) =>
        new(Endpoint, new ArchiveStore(Archive, before), settings ?? Settings);

    /// <summary>Records all there is with a recorder of its own.</summary>
    public void RecordAll()
    {
        using var recorder = Record();
        while (recorder.Pass(all: true))
        {
        }
    }

    /// <summary>Appends an entry whose only payload is a number.</summary>
    public EntryId Append(EventStream stream, long number)
    {
        _entry.Clear();
        _entry.Add("ts"u8, number + 1);
        _entry.Add("number"u8, number);
        return Log.Append(stream.Key, _entry);
    }

    /// <summary>Adds many entries at once.</summary>
    public void AppendMany(string key, int count) => Call(
        "EVAL", "for i=1,tonumber(ARGV[1]) do redis.call('XADD',KEYS[1],'*','number',i) end return 1", "1", key,
        count.ToString(CultureInfo.InvariantCulture));

    public ArchiveStream Stream(EventStream stream) => new ArchiveFolder(Archive).Stream(stream.Name);

    /// <summary>The numbers of a stream's archived entries, in order.</summary>
    public long[] Numbers(EventStream stream) =>
    [
        .. new ArchiveReader(Stream(stream)).Entries().Select(entry =>
        {
            Assert.True(entry.Batch.Fields(entry.Index).TryGet("number"u8, out var text));
            return long.Parse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture);
        }),
    ];

    /// <summary>The ids of a stream's entries in Redis, in order.</summary>
    public string[] Ids(EventStream stream)
    {
        var reply = Call("XRANGE", stream.Key, "-", "+");
        var ids = new string[reply.ReadArray()];
        for (var i = 0; i < ids.Length; i++)
        {
            reply.ReadArray();
            ids[i] = reply.ReadString();
            reply.ReadFields();
        }

        return ids;
    }

    public long Length(string key) => Call("XLEN", key).ReadInteger();

    public void Dispose()
    {
        Log.Dispose();
        _connection.Dispose();
        _server.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
