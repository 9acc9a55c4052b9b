using Quantum.Contracts.Units;
using Quantum.Feeds.Generated;

namespace Quantum.Feeds.Tests;

public sealed class GeneratedFeedTests
{
    private static readonly long s_start = TapeFolder.StartMs;

    [Fact]
    public void The_generator_of_chance_gives_its_published_values()
    {
        var zero = new Xoshiro256(0);
        Assert.Equal(
            [0x99ec5f36cb75f2b4, 0xbf6e1f784956452a, 0x1a5f849d4933e6e0, 0x6aa594f1262d2d2c],
            new[] { zero.Next(), zero.Next(), zero.Next(), zero.Next() });
        var other = new Xoshiro256(42);
        Assert.Equal(-0.303263064678738, other.NextNormal(), 12);
        Assert.Equal(0.28846173882942383, other.NextNormal(), 12);
    }

    [Fact]
    public void Normal_chance_has_mean_0_and_deviation_1()
    {
        var chance = new Xoshiro256(7);
        var draws = Enumerable.Range(0, 200_000).Select(_ => chance.NextNormal()).ToArray();
        Assert.InRange(draws.Average(), -0.01, 0.01);
        Assert.InRange(draws.Sum(x => x * x) / draws.Length, 0.985, 1.015);
        Assert.InRange(draws.Count(x => Math.Abs(x) > 1.96) / (double)draws.Length, 0.046, 0.054);
    }

    [Fact]
    public void The_same_seed_gives_the_same_market_and_another_seed_another()
    {
        var one = RecordingSink.Of(Feed(seed: 5));
        Assert.Equal(one.Lines, RecordingSink.Of(Feed(seed: 5)).Lines);
        Assert.NotEqual(
            one.Ticks.Select(t => t.Tick.Price), RecordingSink.Of(Feed(seed: 6)).Ticks.Select(t => t.Tick.Price));
    }

    [Fact]
    public void A_further_symbol_changes_no_other_symbols_path()
    {
        var alone = RecordingSink.Of(Feed(symbols: "BTCUSDT"));
        var among = RecordingSink.Of(Feed(symbols: "BTCUSDT,NEARUSDT"));
        Assert.Equal(alone.Ticks, among.Ticks.Where(tick => tick.Tick.Symbol.Name == "BTCUSDT"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(25)]
    [InlineData(100)]
    public void A_restart_goes_on_where_it_was(int steps)
    {
        var whole = RecordingSink.Of(Feed());
        using var stop = new CancellationTokenSource();
        var before = new RecordingSink(stop, steps);
        Feed().Run(before, stop.Token);
        Assert.Equal(whole.Lines, before.Lines.Concat(RecordingSink.Of(Feed(), before.Steps[^1]).Lines));
    }

    [Fact]
    public void A_late_restart_tells_what_it_missed_as_candles()
    {
        var settings = GeneratedSettings.StartingAt(s_start, 5, 1) with { EndMs = s_start + 10 * 60_000 };
        var whole = RecordingSink.Of(new GeneratedFeed(settings));
        var late = RecordingSink.Of(
            new GeneratedFeed(settings with { LiveFromMs = s_start + 8 * 60_000 }), afterMs: s_start + 2 * 60_000);
        Assert.Equal(whole.Klines.Where(kline => kline.AtMs > s_start + 2 * 60_000), late.Klines);
        Assert.Equal(whole.Ticks.Where(tick => tick.AtMs >= s_start + 8 * 60_000), late.Ticks);
    }

    [Fact]
    public void A_second_has_a_tick_a_state_and_three_quotes_per_symbol_after_the_history()
    {
        var sink = RecordingSink.Of(Feed(history: 7));
        Assert.Equal(s_start - 6 * 60_000, sink.Klines[0].AtMs);
        Assert.Equal(s_start + 999, sink.Ticks[0].AtMs);
        Assert.Equal(5 * (7 + 3), sink.Klines.Count);
        Assert.Equal(5 * 180, sink.Ticks.Count);
        Assert.Equal(5 * 180, sink.States.Count);
        Assert.Equal(5 * 180 * 3, sink.Quotes.Count);
        Assert.Equal(sink.Steps.Distinct().Order(), sink.Steps);
        Assert.All(sink.Ticks, tick => Assert.Null(tick.Tick.Fault()));
        Assert.All(sink.States, state => Assert.Null(state.State.Fault()));
        Assert.All(sink.Quotes, quote => Assert.Null(quote.Quote.Fault()));
        Assert.Equal(["binance", "bybit", "okx"], sink.Quotes.Select(quote => quote.Quote.Exchange).Distinct());
        Assert.All(sink.States, state => Assert.Equal(0, state.State.NextFundingAtMs!.Value % (8 * 3_600_000)));
        Assert.All(sink.States, state =>
            Assert.InRange(state.State.NextFundingAtMs!.Value - state.AtMs, 1, 8 * 3_600_000));
    }

    [Fact]
    public void Candles_agree_with_the_ticks_they_are_made_of()
    {
        var sink = RecordingSink.Of(Feed());
        foreach (var (_, kline) in sink.Klines.Where(kline => kline.Kline.OpenTimeMs >= s_start))
        {
            var ticks = sink.Ticks.Where(tick => tick.Tick.Symbol == kline.Symbol && tick.AtMs >= kline.OpenTimeMs
                && tick.AtMs < kline.CloseTimeMs).Select(tick => tick.Tick).ToArray();
            Assert.Equal(60, ticks.Length);
            Assert.Equal(
                (ticks[0].Price, ticks.Max(t => t.Price), ticks.Min(t => t.Price), ticks[^1].Price,
                    ticks.Sum(t => t.Quantity)),
                (kline.Open, kline.High, kline.Low, kline.Close, kline.Volume));
            Assert.Null(kline.Fault());
        }
    }

    [Fact]
    public void The_market_behaves_as_its_laws_say()
    {
        // Thirty days of one symbol.
        const int Seconds = 30 * 86_400;
        var regime = new RegimeChain(Xoshiro256.For(11, "regime"));
        var shared = Xoshiro256.For(11, "shared");
        var path = new MarketPath(GeneratedSymbol.Find(Symbol.Parse("BTCUSDT")), 11);
        var squares = new Dictionary<Regime, (double Sum, long Count)>();
        var minuteValues = new List<double>();
        var funding = new List<double>();
        for (var second = 0; second < Seconds; second++)
        {
            regime.Advance();
            var jumps = path.Jumps;
            path.Advance(regime, shared.NextNormal());
            if (path.Jumps == jumps)
            {
                var (sum, count) = squares.GetValueOrDefault(regime.Regime);
                squares[regime.Regime] = (sum + path.LastReturn * path.LastReturn, count + 1);
            }

            if (second % 60 == 0) minuteValues.Add(0);
            minuteValues[^1] += path.ValueUsd;
            if (second % 3600 == 0) funding.Add(path.FundingRate);
        }

        Assert.Equal([Regime.Bull, Regime.Bear, Regime.Range, Regime.Volatile], squares.Keys.Order());
        foreach (var (kind, (sum, count)) in squares)
        {
            var annual = Math.Sqrt(sum / count * MarketPath.SecondsPerYear);
            Assert.InRange(annual / RegimeChain.VolatilityOf(kind), 0.95, 1.05);
        }

        // Four a day: 120 in thirty days, deviation 11.
        Assert.InRange(path.Jumps, 75, 165);
        Assert.InRange(Correlation(minuteValues, 1), 0.5, 1);
        Assert.InRange(Correlation(minuteValues, 5), 0.05, 1);
        // Twelve half-lives on, nothing is left of a deviation; one hour on, most of it.
        Assert.InRange(funding.Average(), MarketPath.FundingMean - 0.0001, MarketPath.FundingMean + 0.0001);
        Assert.InRange(Correlation(funding, 1), 0.75, 0.97);
        Assert.InRange(Correlation(funding, 72), -0.35, 0.35);
        Assert.All(funding, rate => Assert.InRange(rate, -0.0075, 0.0075));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    [InlineData(0)]
    public void What_moved_goes_on_moving_by_as_much_as_the_edge_says(double edge)
    {
        // Twenty days; each quarter of an hour, what the rule expects of the next hour beside what came.
        const int Seconds = 20 * 86_400;
        var (regime, shared) = (new RegimeChain(Xoshiro256.For(3, "regime")), Xoshiro256.For(3, "shared"));
        var path = new MarketPath(GeneratedSymbol.Find(Symbol.Parse("BTCUSDT")), 3, edge);
        var told = new List<(int At, double Momentum, double Expected)>();
        var logs = new double[Seconds + 1];
        for (var second = 0; second <= Seconds; second++)
        {
            regime.Advance();
            path.Advance(regime, shared.NextNormal());
            logs[second] = Math.Log(path.Price);
            if (second % 900 == 0 && second + 3_600 <= Seconds)
                told.Add((second, path.Momentum, path.ExpectedReturn(3_600)));
        }

        Assert.InRange(told.Sum(t => t.Momentum * t.Momentum) / told.Count, 0.8, 1.2);
        // Least squares of what came on the momentum: edge * 0.0012 * (1 - e^-4), within three errors.
        var slope = told.Sum(t => t.Momentum * (logs[t.At + 3_600] - logs[t.At]))
            / told.Sum(t => t.Momentum * t.Momentum);
        Assert.InRange(slope, edge * 0.001178 - 0.0008, edge * 0.001178 + 0.0008);
        if (edge == 0) Assert.All(told, t => Assert.Equal(0, t.Expected));
        else Assert.All(told, t => Assert.Equal(edge * 0.0012 * t.Momentum * (1 - Math.Exp(-4)), t.Expected, 1e-12));
    }

    [Fact]
    public void Another_edge_is_another_market_and_an_impossible_one_is_named()
    {
        var settings = GeneratedSettings.StartingAt(s_start, 0, 1) with { EndMs = s_start + 3 * 60_000 };
        var (usual, none) = (new GeneratedFeed(settings), new GeneratedFeed(settings with { Edge = 0 }));
        Assert.NotEqual(usual.Identity, none.Identity);
        Assert.NotEqual(RecordingSink.Of(usual).Lines, RecordingSink.Of(none).Lines);
        foreach (var edge in (double[])[-0.1, 10.1, double.NaN])
            Assert.Contains(
                "(Feed:Edge) is",
                Assert.Throws<FeedException>(() => new GeneratedFeed(settings with { Edge = edge })).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void Venues_differ_by_basis_and_lag_but_not_by_much()
    {
        var sink = RecordingSink.Of(Feed(symbols: "BTCUSDT"));
        var mids = sink.Quotes.GroupBy(quote => quote.AtMs)
            .Select(second =>
                second.Select(quote => (quote.Quote.BidPrice + quote.Quote.AskPrice) / 2).ToArray()).ToArray();
        Assert.All(mids, venues => Assert.InRange((venues.Max() - venues.Min()) / venues[0], 0, 0.01m));
        Assert.Contains(mids, venues => venues[0] != venues[1] && venues[1] != venues[2]);
    }

    [Fact]
    public void An_unknown_symbol_and_a_crooked_anchor_are_named()
    {
        Assert.Contains(
            "has no PEPEUSDT; it has BTCUSDT", Assert.Throws<FeedException>(() => Feed(symbols: "PEPEUSDT")).Message,
            StringComparison.Ordinal);
        var crooked = GeneratedSettings.StartingAt(s_start, 0, 1) with { AnchorMs = s_start + 1 };
        Assert.Contains(
            "is no whole minute", Assert.Throws<FeedException>(() => new GeneratedFeed(crooked)).Message,
            StringComparison.Ordinal);
    }

    private static GeneratedFeed Feed(ulong seed = 1, int history = 2, string? symbols = null) => new(
        GeneratedSettings.StartingAt(s_start, history, seed) with
        {
            EndMs = s_start + 3 * 60_000,
            Symbols = symbols is null ? GeneratedSymbol.Defaults : [.. symbols.Split(',').Select(Symbol.Parse)],
        });

    private static double Correlation(List<double> values, int lag)
    {
        var mean = values.Average();
        var covariance =
            Enumerable.Range(0, values.Count - lag).Sum(i => (values[i] - mean) * (values[i + lag] - mean));
        return covariance / values.Sum(value => (value - mean) * (value - mean));
    }
}
