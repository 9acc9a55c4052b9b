using Quantum.Contracts.Units;
using Quantum.Instruments;
using Quantum.Market;
using Quantum.Market.Publishing;

namespace Quantum.Feeds.Tests;

/// <summary>An order placed on the last price of a tape gets its answer.</summary>
public sealed class TapeEndTests : IDisposable
{
    private const int TicksOfTape = 48;
    private const int AppendsOfTape = 108;
    private static readonly (string, string) s_order = ("quantum:stream:order.command", "an order");

    private readonly TapeFolder _folder = new();
    private readonly FakeMarketLog _log = new();

    public TapeEndTests()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(6));
        _folder.Write("ETHUSDT.csv", TapeFolder.Minutes(6));
        _log.Entries.Add(s_order);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void The_last_prices_stand_until_the_trading_streams_rest()
    {
        _log.BeforeAppend = () =>
        {
            if (_log.Calls == AppendsOfTape) _log.Entries.Add(("quantum:stream:order.update", "a fill"));
        };
        var summary = Feed(_log).Run(CancellationToken.None)!;
        var ticks = _log.Of("market.tick");
        // The first standing step moved something, the next four nothing.
        Assert.Equal(TicksOfTape + 2 * 5, ticks.Count);
        Assert.Equal(TicksOfTape, summary.Ticks);
        Assert.Equal(TapeFolder.StartMs + 360_000 + 5 * 20_000, summary.LastTapeMs);
        Assert.Equal(ticks[TicksOfTape - 2][Payload(ticks[TicksOfTape - 2])..], ticks[^2][Payload(ticks[^2])..]);
    }

    [Fact]
    public void A_crash_meanwhile_repeats_nothing()
    {
        using var clean = new FakeMarketLog();
        clean.Entries.Add(s_order);
        Feed(clean).Run(CancellationToken.None);
        _log.BeforeAppend = () =>
        {
            if (_log.Calls == AppendsOfTape + 2) throw new InvalidOperationException("killed");
        };
        Assert.Throws<InvalidOperationException>(() => Feed(_log).Run(CancellationToken.None));
        _log.BeforeAppend = () => { };
        Feed(_log).Run(CancellationToken.None);
        Assert.Equal(clean.Entries, _log.Entries);
    }

    private static int Payload(string entry) => entry.IndexOf("symbol=", StringComparison.Ordinal);

    private MarketFeedService Feed(FakeMarketLog log) => new(
        log, _ => log, new FeedSettings { Kind = FeedKind.Recorded, Path = _folder.Path, Speed = null },
        TradingMode.Paper, new FeedSwitch(), InstrumentBook.BuiltIn.Filters, new NoHost(), new LineLog(),
        TimeProvider.System);
}
