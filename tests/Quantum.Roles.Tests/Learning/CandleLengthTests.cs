using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Ai;
using Quantum.Roles.Ai.Features;
using Quantum.Roles.Ai.Model;
using Quantum.Roles.Learning;
using Quantum.Roles.Regimes;
using Quantum.Roles.Tests.Ai;

namespace Quantum.Roles.Tests.Learning;

/// <summary>Candles of any length from a second to a day train a model, give signals and tell regimes.</summary>
public sealed class CandleLengthTests
{
    private const int Count = 900;
    private const long Midnight = TestCandles.Start / 86_400_000 * 86_400_000;
    private static readonly Symbol s_near = Symbol.Parse("NEARUSDT");

    [Theory]
    [InlineData(1_000, "1s")]
    [InlineData(60_000, "1m")]
    [InlineData(300_000, "5m")]
    [InlineData(3_600_000, "1h")]
    [InlineData(86_400_000, "1d")]
    public void Any_length_trains_and_signals(long spanMs, string interval)
    {
        var clm = new RoleBench(() => new ClmRole(
            new ClmSettings
            {
                IntervalMs = spanMs, WindowMs = 90 * 86_400_000L, Plan = new() { HoldMs = 15 * spanMs },
            }));
        var ai = new RoleBench(() => new AiEngineRole(
            new AiEngineSettings { IntervalMs = spanMs, Plan = new() { HoldMs = 15 * spanMs } }));
        var candles = Candles(spanMs);
        foreach (var candle in candles)
            clm.Send(StreamCatalog.MarketKlines, candle.Kline(s_near) with { Interval = interval }, candle.CloseTimeMs);
        var at = candles[^1].CloseTimeMs + 60_000;
        var trained = Assert.Single(clm.Send(
            StreamCatalog.ModelRetrain,
            new ModelRetrain { JobId = "a", ModelName = OutcomeModel.ModelName, Reason = "drift" }, at)
            .Of(StreamCatalog.RetrainingCompleted));
        Assert.Equal(Count, trained.Samples);
        ai.Send(StreamCatalog.RetrainingCompleted, trained, candles[0].OpenTimeMs - 120_000);
        var signals = candles.SelectMany(candle => ai.Send(
            StreamCatalog.MarketKlines, candle.Kline(s_near) with { Interval = interval }, candle.CloseTimeMs)
            .Of(StreamCatalog.SignalGenerated)).ToArray();
        Assert.Equal(Count - FeatureWindow.WarmUpCandles + 1, signals.Length);
        // Each signal is scored after its horizon, or a candle where that is longer; a price that stands has no winner.
        var scores = new SignalScores();
        Assert.InRange(
            signals.Count(signal => scores.Add(in signal, 15 * spanMs) is not null),
            signals.Length - 40, signals.Length - 15);
        var longer = new SignalScores();
        Assert.InRange(
            signals.Count(signal => longer.Add(in signal, spanMs / 2) is not null),
            signals.Length - 26, signals.Length - 1);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(300_000)]
    [InlineData(3_600_000)]
    [InlineData(86_400_000)]
    public void Any_length_has_a_regime(long spanMs)
    {
        var regimes = new RoleBench(() => new MetaRegimeRole());
        var told = new List<MetaRegime>();
        foreach (var candle in Candles(spanMs))
        {
            told.AddRange(regimes.Send(StreamCatalog.MarketKlines, candle.Kline(s_near), candle.CloseTimeMs)
                .Of(StreamCatalog.MetaRegime));
            told.AddRange(regimes.Clock(candle.CloseTimeMs).Of(StreamCatalog.MetaRegime));
        }

        Assert.Contains(told, regime => regime is { Symbol: not null, Regime: not Regime.Unknown, Samples: 50 });
        // Never stale between two candles, so never unknown again.
        Assert.DoesNotContain(
            told.SkipWhile(regime => regime.Regime == Regime.Unknown), regime => regime.Regime == Regime.Unknown);
    }

    [Fact]
    public void A_day_is_a_day_whatever_the_length()
    {
        foreach (var spanMs in (long[])[1_000, 60_000, 3_600_000, 14_400_000, 86_400_000])
        {
            var day = new DayRange();
            var perDay = 86_400_000 / spanMs;
            for (var i = 0L; i < 3 * perDay; i++)
            {
                Assert.Equal(i >= perDay, day.VolatilityFactor() is not null);
                // The first day is ten times as wide as the ones behind it.
                var high = i < perDay ? 200.0 : 110.0;
                day.Add(new Candle(Midnight + i * spanMs, 100, high, 100, 100, 1) { SpanMs = spanMs });
            }

            Assert.Equal(1.0, day.VolatilityFactor()!.Value, 9);
        }
    }

    private static Candle[] Candles(long spanMs) =>
    [
        .. TestCandles.Walk(Count, 1, pull: 0.1).Select((candle, i) =>
            candle with { OpenTimeMs = Midnight + i * spanMs, SpanMs = spanMs }),
    ];
}
