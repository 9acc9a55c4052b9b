using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Regimes;

namespace Quantum.Roles.Tests.Regimes;

/// <summary>
/// When a regime is told: on change, after dwelling, over gaps, as a heartbeat, and for the market as a whole.
/// </summary>
public sealed class MetaRegimeRoleTests
{
    private const long Start = 1_764_806_400_000;
    private const double Calm = 0.0002;
    private const double Wild = 0.004;
    private static readonly Symbol s_btc = Symbol.Parse("BTCUSDT");
    private static readonly Symbol s_eth = Symbol.Parse("ETHUSDT");
    private static readonly Symbol s_sol = Symbol.Parse("SOLUSDT");

    private readonly RoleBench _bench = new(() => new MetaRegimeRole());
    private readonly SortedDictionary<string, double> _price = [];
    private readonly List<(long Minute, MetaRegime Told)> _told = [];
    private long _minute;

    [Fact]
    public void Unknown_is_told_at_once_and_the_first_regime_with_the_fiftieth_candle()
    {
        Candles(49, Calm);
        Assert.Equal(
            [(1L, Regime.Unknown), (16L, Regime.Unknown), (31L, Regime.Unknown), (46L, Regime.Unknown)], Told(s_btc));
        Assert.Null(_told[^1].Told.Volatility);

        Candles(1, Calm);

        var first = _told[^1].Told;
        Assert.Equal(
            (Regime.Range, Regime.Unknown, 50, 0.9),
            (first.Regime, first.PreviousRegime, first.Samples, first.Confidence));
        Assert.Equal(Calm, first.Volatility!.Value, 6);
    }

    [Fact]
    public void A_regime_that_stays_is_told_again_after_fifteen_minutes()
    {
        Candles(50, Calm);
        _told.Clear();

        Candles(31, Calm);

        Assert.Equal([(65L, Regime.Range), (80L, Regime.Range)], Told(s_btc));
    }

    [Fact]
    public void Without_candles_the_clock_keeps_the_heartbeat_until_they_are_stale()
    {
        Candles(50, Calm);
        _told.Clear();

        for (var i = 0; i < 20; i++) Clock(minutes: 1);

        Assert.Equal([(56L, Regime.Unknown)], Told(s_btc));
        Assert.Equal(Regime.Range, _told.Single(told => told.Told.Symbol == s_btc).Told.PreviousRegime);
    }

    [Fact]
    public void A_volatile_turn_is_told_at_once_and_its_end_only_after_dwelling()
    {
        Candles(60, Calm);
        _told.Clear();
        Candles(12, Wild);
        var turn = Told(s_btc).First(told => told.Regime == Regime.Volatile);
        Assert.InRange(turn.Minute, 61, 67);

        Candles(100, Calm);

        var after = Told(s_btc).First(told => told.Minute > turn.Minute && told.Regime != Regime.Volatile);
        Assert.InRange(after.Minute - turn.Minute, 10, 100);
        Assert.Equal(Regime.Range, Told(s_btc)[^1].Regime);
    }

    /// <summary>Each candle would flip the reading: without hysteresis there were a change a minute.</summary>
    [Fact]
    public void A_market_on_the_edge_does_not_flap()
    {
        var told = new ToldRegime();
        var settings = new RegimeSettings();
        var changes = 0;
        for (var i = 0; i < 600; i++)
        {
            var regime = i % 2 == 0 ? Regime.Range : Regime.Uncertain;
            if (told.Take(new RegimeReading(regime, 0.9, 0.001, 0), i * 60_000, settings)) changes++;
        }

        Assert.Equal(1, changes);
    }

    [Theory]
    [InlineData(2, 20, false)]
    [InlineData(3, 9, false)]
    [InlineData(3, 10, true)]
    public void A_change_needs_confirmation_and_dwelling(int times, int minutes, bool changes)
    {
        var told = new ToldRegime();
        var settings = new RegimeSettings();
        told.Take(new RegimeReading(Regime.Range, 0.9, 0.001, 0), 0, settings);
        var took = false;
        for (var i = times; i > 0; i--)
            took = told.Take(new RegimeReading(Regime.Bull, 0.8, 0.001, 0), (minutes - i + 1) * 60_000, settings);

        Assert.Equal(changes, took);
        Assert.Equal(changes ? Regime.Bull : Regime.Range, told.Regime);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_gap_starts_the_window_anew(bool isMarked)
    {
        Candles(60, Calm);
        _told.Clear();
        if (!isMarked) _minute++;

        Candle(s_btc, Calm, gap: isMarked);

        Assert.Equal((Regime.Unknown, 1), (_told[0].Told.Regime, _told[0].Told.Samples));
        Assert.Equal(1, _bench.Counts["regime/gap"]);
        Candles(48, Calm);
        Assert.Equal(Regime.Unknown, Told(s_btc)[^1].Regime);
        Candles(1, Calm);
        Assert.Equal(Regime.Range, Told(s_btc)[^1].Regime);
    }

    [Fact]
    public void Old_doubled_and_other_candles_are_counted_and_left_out()
    {
        Candles(50, Calm);
        _minute--;
        Candle(s_btc, Wild);
        Candle(s_btc, Wild, interval: "5m");

        Assert.Equal((1, 1), (_bench.Counts["regime/not_newer"], _bench.Counts["regime/other_interval"]));
        Assert.Equal(Calm, _told[^1].Told.Volatility!.Value, 6);
    }

    [Fact]
    public void The_market_is_what_most_symbols_are()
    {
        for (var i = 0; i < 60; i++)
        {
            _minute++;
            Candle(s_btc, Calm, next: false);
            Candle(s_eth, Calm, next: false);
            Candle(s_sol, Wild, next: false);
            Clock();
        }

        var market = _told.Last(told => told.Told.Symbol is null).Told;
        Assert.Equal((Regime.Range, Regime.Unknown), (market.Regime, market.PreviousRegime));
        Assert.Equal(1.8 / 2.65 * 0.9, market.Confidence, 9);
        Assert.Equal(Calm, market.Volatility!.Value, 6);
        Assert.Equal(50, market.Samples);
    }

    [Fact]
    public void A_market_without_candles_is_unknown()
    {
        for (var i = 0; i < 55; i++)
        {
            Candle(s_btc, Calm);
            Clock();
        }

        for (var i = 0; i < 7; i++) Clock(minutes: 1);

        Assert.Equal([Regime.Range, Regime.Unknown], Told(null)[^2..].Select(told => told.Regime));
    }

    [Theory]
    [InlineData(new[] { Regime.Bull, Regime.Bear }, new[] { 0.9, 0.8 }, Regime.Bull)]
    [InlineData(new[] { Regime.Bull, Regime.Volatile }, new[] { 0.9, 0.9 }, Regime.Volatile)]
    [InlineData(new[] { Regime.Bull, Regime.Bear, Regime.Range }, new[] { 0.9, 0.9, 0.9 }, Regime.Uncertain)]
    public void Votes_weigh_by_confidence(Regime[] regimes, double[] confidences, Regime market)
    {
        var voters = regimes.Zip(confidences, (regime, confidence) =>
            new SymbolRegime { Told = new ToldRegime { Regime = regime, Confidence = confidence } });

        Assert.Equal(market, MarketVote.Count([.. voters], new RegimeSettings()).Regime);
    }

    [Fact]
    public void A_restart_after_every_candle_changes_nothing()
    {
        Candles(80, Calm);
        Candles(20, Wild);
        var other = new MetaRegimeRoleTests();
        for (var i = 0; i < 100; i++)
        {
            other.Candles(1, i < 80 ? Calm : Wild);
            other._bench.Restart();
        }

        Assert.Equal(_told, other._told);
        Assert.Contains(_told, told => told.Told.Regime == Regime.Volatile);
    }

    public static TheoryData<RegimeSettings, string> Impossible => new()
    {
        { new() { CandleMs = 0 }, "CandleMs" },
        { new() { WindowCandles = 9 }, "WindowCandles" },
        { new() { HorizonCandles = 0 }, "HorizonCandles" },
        { new() { RangeVolatilityFraction = 0 }, "RangeVolatilityFraction" },
        { new() { VolatileVolatilityFraction = 0.015 }, "VolatileVolatilityFraction" },
        { new() { TrendScore = 0 }, "TrendScore" },
        { new() { MinDriftFraction = -1 }, "MinDriftFraction" },
        { new() { ConfirmTimes = 0 }, "ConfirmTimes" },
        { new() { MinDwellMs = -1 }, "MinDwellMs" },
        { new() { HeartbeatMs = 0 }, "HeartbeatMs" },
        { new() { StaleAfterMs = 60_000 }, "StaleAfterMs" },
        { new() { MarketShare = 0 }, "MarketShare" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Impossible_settings_are_refused(RegimeSettings settings, string named) => Assert.Contains(
        named, Assert.Throws<ArgumentException>(() => new MetaRegimeRole(settings)).Message, StringComparison.Ordinal);

    private List<(long Minute, Regime Regime)> Told(Symbol? symbol) =>
        [.. _told.Where(told => told.Told.Symbol == symbol).Select(told => (told.Minute, told.Told.Regime))];

    private void Candles(int count, double step)
    {
        for (var i = 0; i < count; i++) Candle(s_btc, step);
    }

    private void Candle(Symbol symbol, double step, bool gap = false, string interval = "1m", bool next = true)
    {
        if (next) _minute++;
        var open = _price.GetValueOrDefault(symbol.Name, 100_000);
        var close = open * (1 + (_minute % 2 == 0 ? step : -step));
        _price[symbol.Name] = close;
        var openTimeMs = Start + (_minute * 60_000);
        Keep(_bench.Send(
            StreamCatalog.MarketKlines,
            new MarketKline
            {
                Symbol = symbol,
                Interval = interval,
                OpenTimeMs = openTimeMs,
                CloseTimeMs = openTimeMs + (interval == "1m" ? 60_000 : 300_000),
                Open = (decimal)open,
                High = Math.Max((decimal)open, (decimal)close),
                Low = Math.Min((decimal)open, (decimal)close),
                Close = (decimal)close,
                Volume = 1m,
                GapBefore = gap,
            },
            openTimeMs + 60_000));
    }

    private void Clock(int minutes = 0)
    {
        _minute += minutes;
        Keep(_bench.Clock(Start + (_minute * 60_000) + 60_000));
    }

    private void Keep(RecordingOutbox outbox) =>
        _told.AddRange(outbox.Of(StreamCatalog.MetaRegime).Select(told => (_minute, told)));
}
