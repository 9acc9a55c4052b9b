using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.EventLog.Redis;
using Quantum.Resp;
using Quantum.Testing;
using Xunit;

namespace Quantum.Resp.Tests;

/// <summary>Runs alone: what other tests allocate meanwhile would be counted too.</summary>
[CollectionDefinition(nameof(RespAllocationTests), DisableParallelization = true)]
[Collection(nameof(RespAllocationTests))]
public sealed class RespAllocationTests
{
    private const int Batch = 100;

    /// <summary>The bar of the figures, in bytes per event.</summary>
    private const double AllowedBytes = 8;

    [Fact]
    public void A_batch_is_published_read_decoded_and_acknowledged_without_allocating()
    {
        using var server = RedisServer.Start();
        using var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        connection.XGroupCreate("s"u8, "g"u8);
        var codec = new EventCodec<TradeIntent>();
        var ids = new EntryId[Batch];
        var entries = new LogBatch();
        for (var round = 0; round < 20; round++) Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 50; round++) Round();
        var perEvent = (GC.GetAllocatedBytesForCurrentThread() - before) / (50.0 * Batch);
        Assert.True(perEvent <= AllowedBytes, $"{perEvent} B per event");

        void Round()
        {
            var writer = connection.BeginWrite();
            for (var i = 0; i < Batch; i++)
            {
                writer.BeginXAdd("s"u8, 3);
                writer.WriteBulk("symbol"u8);
                writer.WriteBulk("NEARUSDT"u8);
                writer.WriteBulk("side"u8);
                writer.WriteBulk("BUY"u8);
                writer.WriteBulk("confidence"u8);
                writer.WriteBulk("0.72"u8);
            }

            connection.Flush();
            while (connection.PendingReplies > 0) connection.ReadEntryId();
            connection.BeginWrite().XReadGroup("s"u8, "g"u8, "own"u8, Batch);
            connection.Flush();
            var reply = connection.ReadReply();
            reply.ReadArray();
            reply.ReadArray();
            reply.ReadBytes();
            entries.Clear();
            RedisFetchCodec.ReadEntries(ref reply, 0, entries);
            for (var i = 0; i < entries.Count; i++)
            {
                ids[i] = entries[i].Id;
                var fields = entries.Fields(i);
                codec.TryDecode(in fields, 0, out var intent, out _);
                if (intent.Confidence != 0.72) throw new InvalidOperationException("decoded wrongly");
            }

            Assert.Equal(Batch, connection.XAck("s"u8, "g"u8, ids.AsSpan(0, entries.Count)));
        }
    }
}
