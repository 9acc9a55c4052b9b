using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Resp;
using Quantum.Testing;
using Xunit;

namespace Quantum.EventLog.Tests.Resp;

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
        var slices = new FieldSlice[16];
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
            while (connection.PendingReplies > 0) connection.ReadReply().ReadEntryId();
            var entries = connection.ReadGroup("s"u8, "g"u8, "own"u8, Batch);
            Assert.True(entries.NextStream(out _));
            var count = 0;
            while (entries.NextEntry())
            {
                ids[count++] = entries.Id;
                var fields = entries.ReadFields(ref slices);
                codec.TryDecode(in fields, 0, out var intent, out _);
                if (intent.Confidence != 0.72) throw new InvalidOperationException("decoded wrongly");
            }

            Assert.Equal(Batch, connection.XAck("s"u8, "g"u8, ids.AsSpan(0, count)));
        }
    }

    [Fact]
    public async Task Asynchronous_appends_do_not_allocate_in_steady_state()
    {
        using var server = RedisServer.Start();
        using var publisher = new RespPublisher(RespEndpoint.Parse(server.ConnectionString));
        await Produce(500);
        // The runner itself allocates now and then, so the least of several rounds counts.
        var least = double.MaxValue;
        for (var round = 0; round < 20 && least > AllowedBytes; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await Produce(500);
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / (500.0 * 64));
        }

        Assert.True(least <= AllowedBytes, $"{least} B per event");

        Task Produce(int count) => Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
        {
            for (var i = 0; i < count; i++)
            {
                await publisher.AppendAsync(
                    static (RespWriter writer, in int value) =>
                    {
                        writer.BeginXAdd("s"u8, 1);
                        writer.WriteBulk("n"u8);
                        writer.WriteBulk(value);
                    },
                    i);
            }
        }));
    }
}
