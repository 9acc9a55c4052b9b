using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.Instruments;
using Quantum.Market;
using Quantum.Market.Publishing;

namespace Quantum.Feeds.Tests;

/// <summary>Where the published tape is walked, and that a restart walks the same way.</summary>
public sealed class StakeWatchTests : IDisposable
{
    private const long Minute = 60_000;
    private static readonly Symbol s_btc = Symbol.Parse("BTCUSDT");
    private static readonly Symbol s_eth = Symbol.Parse("ETHUSDT");

    private readonly FakeMarketLog _log = new();
    private readonly TapeFolder _folder = new();

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_symbol_is_watched_while_it_is_held_and_for_some_candles_after_its_last_order()
    {
        var watch = Watch(null, _ => { });
        Assert.False(watch.IsWatched(s_btc, 10 * Minute));
        _log.Orders.Add("ETHUSDT");
        Assert.Equal((false, true), (watch.IsWatched(s_btc, 11 * Minute), watch.IsWatched(s_eth, 11 * Minute)));
        Assert.True(watch.IsWatched(s_eth, 13 * Minute));
        Assert.False(watch.IsWatched(s_eth, 14 * Minute));
        _log.Held["BTCUSDT"] = -2;
        Assert.True(watch.IsWatched(s_btc, 15 * Minute));
        Assert.Equal(PositionSide.Short, watch.HeldSide(s_btc, 15 * Minute));
        Assert.Null(watch.HeldSide(s_eth, 15 * Minute));
    }

    [Fact]
    public void What_was_answered_about_a_candle_stays_so_after_a_restart_inside_it()
    {
        CandleStakes? kept = null;
        _log.Held["BTCUSDT"] = 2;
        var watch = Watch(null, stakes => kept = stakes);
        Assert.True(watch.IsWatched(s_btc, Minute));
        Assert.Equal(PositionSide.Long, watch.HeldSide(s_btc, Minute));
        // Its stop fires inside the candle, and the publisher is restarted.
        _log.Held.Clear();
        var next = Watch(kept, _ => { });
        Assert.Equal((true, PositionSide.Long), (next.IsWatched(s_btc, Minute), next.HeldSide(s_btc, Minute)));
        Assert.False(next.IsWatched(s_btc, 2 * Minute));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(40)]
    [InlineData(200)]
    public void A_crash_at_any_append_of_a_walk_loses_nothing_and_repeats_nothing(int appends)
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(3));
        _folder.Write("ETHUSDT.csv", TapeFolder.Minutes(3));
        using var clean = new FakeMarketLog { Held = { ["BTCUSDT"] = 1 } };
        Run(clean);
        Assert.True(clean.Count("market.tick") > 100);
        _log.Held["BTCUSDT"] = 1;
        _log.BeforeAppend = () =>
        {
            if (_log.Calls == appends) throw new InvalidOperationException("killed");
        };
        Assert.Throws<InvalidOperationException>(() => Run(_log));
        _log.BeforeAppend = () => { };
        Run(_log);
        Assert.Equal(clean.Entries, _log.Entries);
    }

    private void Run(FakeMarketLog log)
    {
        using var feedSwitch = new FeedSwitch();
        new MarketFeedService(
            log, _ => log, new FeedSettings { Kind = FeedKind.Recorded, Path = _folder.Path, Speed = null },
            TradingMode.Paper, feedSwitch, InstrumentBook.BuiltIn.Filters, new NoHost(), new LineLog(),
            TimeProvider.System).Run(CancellationToken.None);
    }

    private StakeWatch Watch(CandleStakes? start, Action<CandleStakes> keep) =>
        new(_log, new LogKeys(), start, keep);
}
