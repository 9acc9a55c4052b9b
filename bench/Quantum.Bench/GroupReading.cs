using System.Diagnostics;
using System.Text;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.EventLog.Redis;
using Quantum.Resp;

namespace Quantum.Bench;

/// <summary>
/// Reads samples through a group, decodes them to records and acknowledges them: our side of the read figure.
/// </summary>
internal sealed class GroupReading : IDisposable
{
    private static readonly byte[] s_stream = Encoding.UTF8.GetBytes(IntentSample.Stream);
    private static readonly byte[] s_group = Encoding.UTF8.GetBytes(IntentSample.Group);
    private static readonly byte[] s_consumer = Encoding.UTF8.GetBytes(IntentSample.Consumer);

    private readonly RespConnection _connection;
    private readonly EventCodec<TradeIntent> _codec = new();
    private readonly EntryId[] _ids = new EntryId[IntentSample.ReadBatch];
    private readonly LogBatch _batch = new();

    public GroupReading(string connectionString) =>
        _connection = RespConnection.Connect(RespEndpoint.Parse(connectionString));

    /// <summary>The sum of what was decoded, so that no decoding can be left out.</summary>
    public double Confidence { get; private set; }

    public void Rewind()
    {
        _connection.XGroupCreate(s_stream, s_group);
        _connection.Call("XGROUP", "SETID", IntentSample.Stream, IntentSample.Group, "0").ThrowIfError();
    }

    /// <summary>Entries per second of the plain loop: read, decode, acknowledge, each waited for.</summary>
    public double RunPlain(int count)
    {
        var clock = Stopwatch.StartNew();
        var acknowledged = 0;
        for (var read = 0; read < count;)
        {
            Send(0, more: true);
            var ids = Decode();
            read += ids;
            Send(ids, more: false);
            acknowledged += ReadAck();
        }

        if (acknowledged != count) throw new InvalidOperationException($"acknowledged {acknowledged} of {count}");
        return count / clock.Elapsed.TotalSeconds;
    }

    /// <summary>
    /// Entries per second; two reads are in flight, and the acknowledgement travels with the next read.
    /// </summary>
    public double Run(int count)
    {
        var clock = Stopwatch.StartNew();
        var read = 0;
        Send(0, more: true);
        Send(0, more: true);
        var requested = 2 * IntentSample.ReadBatch;
        var acksDue = 0;
        for (var round = 0; read < count; round++)
        {
            // Two reads ahead: the first acknowledgement was sent behind the second read.
            if (round >= 2) acksDue += ReadAck();
            var ids = Decode();
            read += ids;
            var more = requested < count;
            Send(ids, more);
            if (more) requested += IntentSample.ReadBatch;
        }

        while (_connection.PendingReplies > 0) acksDue += ReadAck();
        if (acksDue != count) throw new InvalidOperationException($"acknowledged {acksDue} of {count}");
        return count / clock.Elapsed.TotalSeconds;
    }

    public void Dispose() => _connection.Dispose();

    private void Send(int ids, bool more)
    {
        var writer = _connection.BeginWrite();
        if (ids > 0) writer.XAck(s_stream, s_group, _ids.AsSpan(0, ids));
        if (more) writer.XReadGroup(s_stream, s_group, s_consumer, IntentSample.ReadBatch);
        _connection.Flush();
    }

    private int ReadAck() => (int)_connection.ReadReply().ReadInteger();

    private int Decode()
    {
        var reply = _connection.ReadReply();
        if (reply.ReadArray() <= 0) throw new InvalidOperationException("the stream ended early");
        reply.ReadArray();
        reply.ReadBytes();
        _batch.Clear();
        RedisFetchCodec.ReadEntries(ref reply, 0, _batch);
        for (var i = 0; i < _batch.Count; i++)
        {
            _ids[i] = _batch[i].Id;
            var fields = _batch.Fields(i);
            if (!_codec.TryDecode(in fields, 0, out var intent, out var fault))
                throw new InvalidOperationException(fault.ToString());
            Confidence += intent.Confidence;
        }

        return _batch.Count;
    }
}
