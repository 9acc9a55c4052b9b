using System.Globalization;
using System.IO.Compression;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.InProcess;
using Quantum.Feeds;
using Quantum.Feeds.Recorded;
using Quantum.Instruments;
using Quantum.Roles.Venue;

namespace Quantum.InProcess.Tests;

/// <summary>A capture whose frames name their next settlement, from the file to the venue's account.</summary>
public sealed class FundingCaseTests : IDisposable
{
    private const long Hour = 3_600_000;
    private const long StartMs = 1_764_889_080_000; // 2025-12-04 22:58 UTC
    private const long SoldAtMs = StartMs + 17 * 60_000;
    private static readonly Symbol s_btc = Symbol.Parse("BTCUSDT");

    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-funding-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    [InlineData(8)]
    public void Funding_is_settled_at_the_captures_own_times(int every) =>
        Assert.Equal(Expected(every), Paid(Capture(every)));

    [Fact]
    public void Without_them_it_is_settled_every_8_hours() => Assert.Equal(Expected(8), Paid(Capture(null)));

    [Fact]
    public void Funding_every_4h()
    {
        // The recorded case where it is there; what it asks for is in the tests above too.
        if (CaseFile() is { } file) Assert.Equal(Expected(4), Paid(file));
    }

    private static long[] Expected(int every)
    {
        var moments = new List<long>();
        for (var at = (SoldAtMs / (every * Hour) + 1) * every * Hour; at <= StartMs + 15 * Hour; at += every * Hour)
            moments.Add(at);
        return [.. moments];
    }

    // A short from 23:15 on, held until 15 hours are over: the moments at which it was paid for.
    private static long[] Paid(string file)
    {
        var settings = new VenueSettings { Symbols = InstrumentBook.BuiltIn.Filters };
        using var run = new InProcessRun(
            new InProcessSettings { Mode = TradingMode.Sim }, [() => new SimVenueRole(settings)]);
        var moments = new List<long>();
        run.Observe(StreamCatalog.OrderUpdate, (in OrderUpdate update, in Input _) =>
        {
            if (update.Kind != UpdateKind.Funding) return;
            Assert.True(update.FundingUsd > 0, "a short is paid by a rate above 0");
            moments.Add(long.Parse(update.VenueTradeId!.Split('-')[^1], CultureInfo.InvariantCulture));
        });
        RecordedFeed.Open(new RecordedSettings { Path = file, ToMs = StartMs + 15 * Hour + 60_000 })
            .Run(new Player(run), CancellationToken.None);
        return [.. moments];
    }

    private string Capture(int? every)
    {
        var lines = new List<string>();
        for (var at = StartMs; at < StartMs + 15 * Hour + 60_000; at += 60_000)
        {
            var next = every is { } hours ? (at / (hours * Hour) + 1) * hours * Hour : 0;
            var both = $"\"E\":{at},\"s\":\"BTCUSDT\",\"p\":\"92000\"";
            lines.Add($$"""{{at}}000000 {"e":"markPriceUpdate",{{both}},"r":"0.0002","T":{{next}}}""");
            lines.Add($$"""{{at}}000001 {"e":"trade",{{both}},"T":{{at}},"q":"5","m":false}""");
        }

        var path = Path.Combine(_folder, "btcusdt.gz");
        using var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest));
        foreach (var line in lines) writer.WriteLine(line);
        return path;
    }

    private static string? CaseFile()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "cases", "funding-every-4h", "data");
            if (Directory.Exists(data)) return data;
        }

        return null;
    }

    private sealed class Player(InProcessRun run) : IMarketSink
    {
        private bool _isSold;

        public void Tick(long atMs, in MarketTick tick)
        {
            run.Publish(StreamCatalog.MarketTick, tick, atMs);
            if (_isSold || atMs < SoldAtMs) return;
            _isSold = true;
            run.Publish(StreamCatalog.OrderCommand, new OrderCommand
            {
                Action = OrderAction.Place, ClientOrderId = "short", IntentId = "short", Symbol = s_btc,
                Side = Side.Sell,
                Type = OrderType.Market, Purpose = OrderPurpose.Entry, Quantity = 0.01m, ReduceOnly = false,
                Leverage = 1,
            }, atMs, "order-1");
        }

        public void Data(long atMs, in MarketData state) => run.Publish(StreamCatalog.MarketData, state, atMs);

        public void Kline(long atMs, in MarketKline kline)
        {
        }

        public void Quote(long atMs, in ExchangeRaw quote)
        {
        }

        public void Step(long atMs) => run.AdvanceTo(atMs);
    }
}
