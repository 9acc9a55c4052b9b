using Microsoft.Extensions.Logging.Abstractions;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.EventLog.Redis;
using Quantum.Resp;
using Quantum.Hosting;
using Quantum.Instruments;
using Quantum.Market;
using Quantum.Market.Publishing;
using Quantum.Testing;

namespace Quantum.Feeds.Tests;

/// <summary>The publisher's keys and a whole tape on a real Redis.</summary>
public sealed class RedisFeedStoreTests : IDisposable
{
    private readonly RedisServer _redis = RedisServer.Start();
    private readonly RespClient _client;

    public RedisFeedStoreTests() => _client = new RespClient(Endpoint);

    private RespEndpoint Endpoint => RespEndpoint.Parse(_redis.ConnectionString);

    public void Dispose()
    {
        _client.Dispose();
        _redis.Dispose();
    }

    [Fact]
    public void Position_anchor_and_end_come_back_and_read_plainly()
    {
        using var store = new RedisFeedStore(Endpoint, new LogKeys(), CancellationToken.None);
        Assert.Null(store.ReadPosition());
        Assert.Null(store.ReadAnchor());
        var position = new FeedPosition
        {
            Feed = "f", AtMs = 12, FirstMs = 3, Candles = 4, Ticks = 5, Snapshots = 6, Quotes = 7, Seconds = 1.5,
            Added = new Dictionary<string, long> { ["a"] = 9 },
        };
        store.WritePosition(position);
        var read = store.ReadPosition()!;
        Assert.Equal(position with { Added = read.Added }, read);
        Assert.Equal(9, read.Added["a"]);
        Assert.Equal("12", Call("GET", FeedKeys.Position));
        var anchor = new FeedAnchor(ulong.MaxValue, 60_000, 120_000, ["BTCUSDT"]);
        store.WriteAnchor(anchor);
        var kept = store.ReadAnchor()!;
        Assert.Equal(anchor with { Symbols = kept.Symbols }, kept);
        Assert.Equal(["BTCUSDT"], kept.Symbols);
        store.WriteDone(FeedSummary.Of(position), new Dictionary<string, long> { ["BTCUSDT"] = 5 });
        Assert.Equal("{\"BTCUSDT\":5}", Call("HGET", FeedKeys.Done, "ended"));
        Assert.Equal("1.5", Call("HGET", FeedKeys.Done, "seconds"));
        Assert.Equal("4", Call("HGET", FeedKeys.Done, "candles"));
        store.WriteAlarm("look here");
        store.WriteAlarm("look here");
        Assert.Equal("1", Call("ZCARD", FeedKeys.Alarms));
        Assert.Empty(store.HeldQuantities());
        Call(
            "XADD", "quantum:stream:portfolio.exposure_updated", "*", "exposure_by_symbol",
            """[{"symbol":"BTCUSDT","notional_usd":-90.0,"quantity":-0.001,"entry_price":90000}]""");
        Assert.Equal(-0.001m, Assert.Single(store.HeldQuantities()).Value);
        Call("SET", RedisFeedStore.ProgressKey, "{broken");
        Assert.Contains(
            "delete it", Assert.Throws<InvalidOperationException>(() => store.ReadPosition()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_are_counted_past_trimming_and_groups_are_found()
    {
        using var store = new RedisFeedStore(Endpoint, new LogKeys(), CancellationToken.None);
        Assert.Equal(0, store.EntriesAdded("s"));
        Assert.Empty(store.GroupsOf("s"));
        for (var i = 0; i < 5; i++) Call("XADD", "s", "*", "a", "1");
        Call("XTRIM", "s", "MAXLEN", "2");
        Assert.Equal(5, store.EntriesAdded("s"));
        Call("XGROUP", "CREATE", "s", "one", "0");
        Call("XGROUP", "CREATE", "s", "two", "0");
        Assert.Equal(["one", "two"], store.GroupsOf("s").Order());
    }

    [Fact]
    public async Task A_tape_on_Redis_survives_kills_of_the_publisher_and_of_the_connection()
    {
        using var folder = new TapeFolder();
        folder.Write("BTCUSDT.csv", TapeFolder.Minutes(8));
        using var log = new RedisEventLog(Endpoint);
        MakeGroups();
        using var done = new CancellationTokenSource();
        var reader = Task.Run(() => ReadEverything(done.Token));
        var settings = new FeedSettings { Kind = FeedKind.Recorded, Path = folder.Path, Speed = null };
        FeedSummary? summary = null;
        for (var kills = 0; summary is null; kills++)
        {
            using var kill = new CancellationTokenSource();
            if (kills < 4) kill.CancelAfter(40 + 30 * kills);
            using var feedSwitch = new FeedSwitch();
            var gateway = new MarketFeedService(
                log, cancel => new RedisFeedStore(Endpoint, new LogKeys(), cancel), settings, TradingMode.Paper,
                feedSwitch, InstrumentBook.BuiltIn.Filters, new NoHost(), NullLogger<MarketFeedService>.Instance,
                TimeProvider.System);
            try
            {
                summary = gateway.Run(kill.Token);
            }
            catch (OperationCanceledException)
            {
                Call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            }
        }

        await done.CancelAsync();
        await reader;
        Assert.Equal((8L, 32L, 16L, 16L), (summary.Candles, summary.Ticks, summary.Snapshots, summary.Quotes));
        using var store = new RedisFeedStore(Endpoint, new LogKeys(), CancellationToken.None);
        Assert.Equal(8, store.EntriesAdded(StreamCatalog.MarketKlines.Key));
        Assert.Equal(32, store.EntriesAdded(StreamCatalog.MarketTick.Key));
        Assert.Equal(16, store.EntriesAdded(StreamCatalog.MarketData.Key));
        Assert.Equal(16, store.EntriesAdded(StreamCatalog.ExchangeRaw.Key));
    }

    private static IEnumerable<StreamConsumer> Active(EventStream stream) =>
        stream.Consumers.Where(consumer => consumer.IsActiveIn(TradingMode.Paper));

    private void MakeGroups()
    {
        foreach (var stream in StreamCatalog.All)
            foreach (var consumer in Active(stream)) Call(
                "XGROUP", "CREATE", stream.Key, consumer.Group, "0", "MKSTREAM");
    }

    /// <summary>Stands for all services: moves every group to the end of its stream.</summary>
    private void ReadEverything(CancellationToken done)
    {
        using var client = new RespClient(Endpoint);
        while (!done.IsCancellationRequested)
        {
            foreach (var stream in new EventStream[]
                { StreamCatalog.MarketKlines, StreamCatalog.MarketTick, StreamCatalog.MarketData,
                    StreamCatalog.ExchangeRaw })
            {
                foreach (var consumer in Active(stream))
                    client.Execute(c => c.Call("XGROUP", "SETID", stream.Key, consumer.Group, "$").Error is null, done);
            }
        }
    }

    private string Call(params string[] command) => _client.Execute(connection =>
    {
        var reply = connection.Call(command);
        reply.ThrowIfError();
        if (reply.Next == RespKind.Number) return reply.ReadInteger().ToString();
        return reply.TryReadBytes(out var bytes) ? System.Text.Encoding.UTF8.GetString(bytes) : "";
    });
}
