using Quantum.Contracts.Units;
using Quantum.Instruments;
using Quantum.Market;
using Quantum.Market.Publishing;

namespace Quantum.Feeds.Tests;

/// <summary>What a user is told of symbols that end before their tape, or that nothing is known of.</summary>
public sealed class SilenceTests : IDisposable
{
    private readonly TapeFolder _folder = new();
    private readonly FakeMarketLog _log = new();
    private readonly LineLog _lines = new();

    public void Dispose()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void A_symbol_that_ends_with_a_position_open_is_an_alarm_at_once()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(20));
        _folder.Write("ETHUSDT.csv", TapeFolder.Minutes(6));
        _log.Held["ETHUSDT"] = -0.25m;
        var toldAt = 0;
        _log.BeforeAppend = () =>
        {
            if (toldAt == 0 && _log.Alarms.Count > 0) toldAt = _log.Count("market.klines");
        };
        Feed().Run(CancellationToken.None);
        var alarm = Assert.Single(_log.Alarms);
        Assert.Contains("no price of ETHUSDT since 2025-12-05 00:05:59Z", alarm, StringComparison.Ordinal);
        Assert.Contains("-0.25 ETHUSDT is held", alarm, StringComparison.Ordinal);
        Assert.Equal(1, _lines.Count("no price of ETHUSDT"));
        // Six candles of each, and of the rest of the tape no more than the two in which the price grew too old.
        Assert.InRange(toldAt, 13, 14);
        Assert.Equal(
            new Dictionary<string, long> { ["ETHUSDT"] = TapeFolder.StartMs + 6 * 60_000 - 1 }, _log.EndedAtMs);
    }

    [Fact]
    public void Without_a_position_it_is_a_warning_and_no_alarm()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(20));
        _folder.Write("ETHUSDT.csv", TapeFolder.Minutes(6));
        Feed().Run(CancellationToken.None);
        Assert.Empty(_log.Alarms);
        Assert.Equal(1, _lines.Count("no price of ETHUSDT"));
    }

    [Fact]
    public void A_hole_in_the_middle_is_told_each_time_and_a_candle_that_is_late_is_not()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(40));
        _folder.Write("ETHUSDT.csv", TapeFolder.Minutes(40, 3, 10, 11, 12, 13, 30, 31, 32));
        _log.Held["ETHUSDT"] = 1;
        Feed().Run(CancellationToken.None);
        Assert.Equal(2, _log.Alarms.Count);
        Assert.Contains("since 2025-12-05 00:09:59Z", _log.Alarms[0], StringComparison.Ordinal);
        Assert.Contains("since 2025-12-05 00:29:59Z", _log.Alarms[1], StringComparison.Ordinal);
        Assert.Empty(_log.EndedAtMs);
    }

    [Fact]
    public void A_restart_after_the_end_of_a_symbol_tells_the_same_words()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(20));
        _folder.Write("ETHUSDT.csv", TapeFolder.Minutes(6));
        _log.Held["ETHUSDT"] = 1;
        _log.BeforeAppend = () =>
        {
            if (_log.Count("market.klines") == 17) throw new InvalidOperationException("killed");
        };
        Assert.Throws<InvalidOperationException>(() => Feed().Run(CancellationToken.None));
        _log.BeforeAppend = () => { };
        Feed().Run(CancellationToken.None);
        Assert.Single(_log.Alarms);
        Assert.Equal(["ETHUSDT"], _log.EndedAtMs.Keys);
    }

    [Fact]
    public void An_old_price_never_becomes_new_again_at_the_end_of_the_tape()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(6));
        _folder.Write("ETHUSDT.csv", TapeFolder.Minutes(4));
        _log.Entries.Add(("quantum:stream:order.command", "an order"));
        Feed().Run(CancellationToken.None);
        var eth = _log.Of("market.tick").Where(tick => tick.Contains("symbol=ETHUSDT", StringComparison.Ordinal));
        Assert.Equal(4 * 4, eth.Count());
        Assert.Equal(
            6 * 4 + 4,
            _log.Of("market.tick").Count(tick => tick.Contains("symbol=BTCUSDT", StringComparison.Ordinal)));
        var states = _log.Of("market_data").Where(state => state.Contains("symbol=ETHUSDT", StringComparison.Ordinal));
        Assert.Equal(4 * 2, states.Count());
    }

    [Fact]
    public void A_symbol_without_facts_is_named_at_the_start_with_the_mend()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(6));
        _folder.Write("FOOUSDT.csv", TapeFolder.Minutes(6));
        _log.BeforeAppend = () => Assert.Single(_log.Alarms);
        Assert.NotNull(Feed().Run(CancellationToken.None));
        var alarm = Assert.Single(_log.Alarms);
        Assert.StartsWith("left without trading: no facts are known of FOOUSDT", alarm, StringComparison.Ordinal);
        Assert.Contains("./quantum instruments import FILE --yes", alarm, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_which_nothing_is_known_is_refused()
    {
        _folder.Write("FOOUSDT.csv", TapeFolder.Minutes(6));
        _folder.Write("BARUSDT.csv", TapeFolder.Minutes(6));
        var fault = Assert.Throws<FeedException>(() => Feed().Run(CancellationToken.None));
        Assert.Contains("known of BARUSDT, FOOUSDT", fault.Message, StringComparison.Ordinal);
        Assert.Contains("./quantum instruments import FILE --yes", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.Empty(_log.Entries);
        Assert.Single(_log.Alarms);
    }

    private MarketFeedService Feed() => new(
        _log, _ => _log, new FeedSettings { Kind = FeedKind.Recorded, Path = _folder.Path, Speed = null },
        TradingMode.Paper, new FeedSwitch(), InstrumentBook.BuiltIn.Filters, new NoHost(), _lines, TimeProvider.System);
}
