using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Ai;
using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Tests.Ai;

/// <summary>The table of what the AI makes of a closed candle.</summary>
public sealed class AiEngineTests
{
    private const long MinuteMs = 60_000;
    private static readonly Symbol s_near = Symbol.Parse("NEARUSDT");
    private static readonly Symbol s_sol = Symbol.Parse("SOLUSDT");
    private readonly RoleBench _bench = new(() => new AiEngineRole());

    [Fact]
    public void Without_a_model_there_is_no_signal_but_a_status_at_once_and_every_60_candles()
    {
        var sent = SendAll(TestCandles.Walk(130, 1));
        Assert.All(sent, box => Assert.Empty(box.Of(StreamCatalog.SignalGenerated)));
        var told = Enumerable.Range(0, 130).Where(i => sent[i].Of(StreamCatalog.DecisionMade).Count > 0).ToArray();
        Assert.Equal([0, 60, 120], told);
        var decision = sent[0].Of(StreamCatalog.DecisionMade)[0];
        Assert.Equal((DecisionAction.Hold, "no_model"), (decision.Action, decision.ReasonCode));
        Assert.Null(decision.Side);
        Assert.Null(decision.SignalId);
        Assert.Equal(130, _bench.Counts["candle_without_signal/no_model"]);
    }

    [Fact]
    public void While_warming_up_there_is_a_status_and_then_a_signal_with_its_provenance()
    {
        var candles = TestCandles.Walk(FeatureWindow.WarmUpCandles, 1);
        Announce(0.6);
        var sent = SendAll(candles);
        Assert.Equal("warming_up", sent[0].Of(StreamCatalog.DecisionMade)[0].ReasonCode);
        Assert.All(sent.SkipLast(1), box => Assert.Empty(box.Of(StreamCatalog.SignalGenerated)));

        var signal = Assert.Single(sent[^1].Of(StreamCatalog.SignalGenerated));
        Assert.Equal((s_near, Side.Buy), (signal.Symbol, signal.Side));
        Assert.Equal(0.6, signal.Confidence, 1e-12);
        Assert.Equal(((decimal)candles[^1].Close, candles[^1].CloseTimeMs), (signal.Price, signal.CandleCloseTimeMs));
        Assert.Equal(TestCandles.WindowOf(candles).AtrFraction(), signal.AtrValue);
        Assert.Null(signal.VolatilityFactor);
        Assert.Null(signal.FundingRate);
        Assert.Equal(("direction-logit", "v1", FeatureSet.Hash),
            (signal.ModelName, signal.ModelVersion, signal.FeatureHash));
        var vote = Assert.Single(signal.Votes);
        Assert.Equal(("direction-logit", Side.Buy, 1.0), (vote.Model, vote.Side, vote.Weight));
    }

    [Fact]
    public void An_adopted_signal_becomes_a_decision_that_names_it()
    {
        var sent = Ready(0.6);
        var decision = Assert.Single(sent.Of(StreamCatalog.DecisionMade));
        Assert.Equal((DecisionAction.Enter, Side.Buy, "above_threshold"),
            (decision.Action, decision.Side, decision.ReasonCode));
        Assert.Equal(sent.IdsOf(StreamCatalog.SignalGenerated)[0], decision.SignalId);
        Assert.Equal("v1", decision.ModelVersion);
        Assert.Single(decision.Votes);
    }

    [Theory]
    [InlineData(0.515, Regime.Unknown, "below_threshold")]
    [InlineData(0.485, Regime.Unknown, "below_threshold")]
    [InlineData(0.6, Regime.Bear, "against_regime")]
    [InlineData(0.4, Regime.Bull, "against_regime")]
    [InlineData(0.6, Regime.Uncertain, "regime_uncertain")]
    [InlineData(0.6, Regime.Bull, null)]
    [InlineData(0.4, Regime.Bear, null)]
    [InlineData(0.6, Regime.Range, null)]
    [InlineData(0.6, Regime.Volatile, null)]
    public void A_signal_is_adopted_by_its_probability_and_regime(double up, Regime regime, string? against)
    {
        _bench.Send(StreamCatalog.MetaRegime, RegimeOf(s_near, regime), TestCandles.Start);
        // The whole market's regime stands behind the symbol's own.
        _bench.Send(StreamCatalog.MetaRegime, RegimeOf(null, Regime.Uncertain), TestCandles.Start);
        var sent = Ready(up);
        Assert.Equal(up > 0.5 ? Side.Buy : Side.Sell, Assert.Single(sent.Of(StreamCatalog.SignalGenerated)).Side);
        Assert.Equal(against is null ? 1 : 0, sent.Of(StreamCatalog.DecisionMade).Count);
        Assert.Equal(against is null ? 0 : 1, _bench.Counts.GetValueOrDefault($"signal_not_adopted/{against}"));
    }

    [Fact]
    public void The_markets_regime_counts_where_the_symbol_has_none()
    {
        _bench.Send(StreamCatalog.MetaRegime, RegimeOf(null, Regime.Uncertain), TestCandles.Start);
        Ready(0.6);
        Assert.Equal(1, _bench.Counts["signal_not_adopted/regime_uncertain"]);
    }

    [Fact]
    public void A_move_that_does_not_pay_the_round_trip_is_not_adopted()
    {
        var calm = TestCandles.Walk(FeatureWindow.WarmUpCandles, 1).Select(c => c with
        {
            Open = 100 + c.Open / 1e5, High = 100 + c.High / 1e5, Low = 100 + c.Low / 1e5, Close = 100 + c.Close / 1e5,
        }).ToArray();
        Announce(0.6);
        Assert.Single(SendAll(calm)[^1].Of(StreamCatalog.SignalGenerated));
        Assert.Equal(1, _bench.Counts["signal_not_adopted/move_below_cost"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_gap_says_so_and_warms_up_again(bool isMarked)
    {
        Ready(0.6);
        var at = TestCandles.Start + (FeatureWindow.WarmUpCandles + (isMarked ? 0 : 1)) * MinuteMs;
        var after = TestCandles.Walk(FeatureWindow.WarmUpCandles, 9, at);
        var first = _bench.Send(StreamCatalog.MarketKlines, after[0].Kline(s_near, isMarked), after[0].CloseTimeMs);
        Assert.Equal("gap", Assert.Single(first.Of(StreamCatalog.DecisionMade)).ReasonCode);
        var rest = SendAll(after[1..]);
        Assert.Equal("warming_up", rest[0].Of(StreamCatalog.DecisionMade)[0].ReasonCode);
        Assert.All(rest.SkipLast(1), box => Assert.Empty(box.Of(StreamCatalog.SignalGenerated)));
        Assert.Single(rest[^1].Of(StreamCatalog.SignalGenerated));
    }

    [Fact]
    public void A_late_candle_warms_up_but_gives_no_signal()
    {
        Announce(0.6);
        var candles = TestCandles.Walk(FeatureWindow.WarmUpCandles + 1, 1);
        foreach (var candle in candles[..^1])
        {
            var late = _bench.Send(
                StreamCatalog.MarketKlines, candle.Kline(s_near), candle.CloseTimeMs + 90_001);
            Assert.Empty(late.Of(StreamCatalog.SignalGenerated));
        }

        Assert.Equal(candles.Length - 1, _bench.Counts["candle_without_signal/stale_input"]);
        Assert.Single(SendAll(candles[^1..])[0].Of(StreamCatalog.SignalGenerated));
    }

    [Fact]
    public void A_model_of_other_features_is_refused_and_said()
    {
        var strange = TestModels.Always(0.6) with { FeatureHash = "0123456789abcdef" };
        _bench.Send(StreamCatalog.RetrainingCompleted, strange.Announced(), TestCandles.Start);
        Assert.Equal(1, _bench.Counts["model_refused/feature_mismatch"]);
        var sent = SendAll(TestCandles.Walk(FeatureWindow.WarmUpCandles, 1));
        Assert.Equal("feature_mismatch", sent[0].Of(StreamCatalog.DecisionMade)[0].ReasonCode);
        Assert.All(sent, box => Assert.Empty(box.Of(StreamCatalog.SignalGenerated)));
    }

    [Fact]
    public void An_artefact_that_cannot_be_read_is_refused_and_the_model_in_force_stays()
    {
        Announce(0.6);
        var broken = TestModels.Always(0.4, "v2").Announced() with { Artifact = "{}" };
        _bench.Send(StreamCatalog.RetrainingCompleted, broken, TestCandles.Start);
        Assert.Equal(1, _bench.Counts["model_refused/invalid_artifact"]);
        Assert.Equal("v1", SendAll(TestCandles.Walk(FeatureWindow.WarmUpCandles, 1))[^1]
            .Of(StreamCatalog.SignalGenerated)[0].ModelVersion);
    }

    [Fact]
    public void A_model_of_other_features_does_not_displace_one_that_fits()
    {
        Announce(0.6);
        var strange = TestModels.Always(0.4, "v2") with { FeatureHash = "0123456789abcdef" };
        _bench.Send(StreamCatalog.RetrainingCompleted, strange.Announced(), TestCandles.Start);
        Assert.Equal("v1", SendAll(TestCandles.Walk(FeatureWindow.WarmUpCandles, 1))[^1]
            .Of(StreamCatalog.SignalGenerated)[0].ModelVersion);
    }

    [Fact]
    public void A_new_model_takes_over_at_one_moment_for_every_symbol_whatever_arrives_first()
    {
        Announce(0.6);
        var candles = TestCandles.Walk(FeatureWindow.WarmUpCandles + 2, 1);
        foreach (var symbol in new[] { s_near, s_sol }) SendAll(candles[..^2], symbol);
        var announcedAt = candles[^2].CloseTimeMs;
        _bench.Send(StreamCatalog.RetrainingCompleted, TestModels.Always(0.4, "v2").Announced(), announcedAt);
        // One symbol runs ahead into the new model's time, the other comes late from the old one's.
        Assert.Equal(["v1", "v2"], VersionsOf(SendAll(candles[^2..], s_near)));
        _bench.Restart();
        Assert.Equal(["v1", "v2"], VersionsOf(SendAll(candles[^2..], s_sol)));
    }

    [Fact]
    public void Volatility_comes_from_market_data_until_a_whole_day_was_seen_and_funding_always()
    {
        Announce(0.6);
        var candles = TestCandles.Walk(1_440, 1);
        var market = new MarketData
        {
            Symbol = s_near, LastPrice = 100, High24hPrice = 110, Low24hPrice = 100, FundingRate = 0.0001,
        };
        SendAll(candles[..(FeatureWindow.WarmUpCandles - 1)]);
        var next = candles[FeatureWindow.WarmUpCandles - 1];
        _bench.Send(StreamCatalog.MarketData, market, next.OpenTimeMs - 1);
        var signal = SendAll([next])[0].Of(StreamCatalog.SignalGenerated)[0];
        Assert.Equal(1.0, signal.VolatilityFactor!.Value, 1e-12);
        Assert.Equal(0.0001, signal.FundingRate);

        var last = SendAll(candles[FeatureWindow.WarmUpCandles..])[^1].Of(StreamCatalog.SignalGenerated)[0];
        // Of 24 clock hours, so the oldest part of an hour is out.
        var day = candles.Where(c => c.OpenTimeMs / 3_600_000 > candles[^1].OpenTimeMs / 3_600_000 - 24).ToArray();
        var expected = Math.Clamp((day.Max(c => c.High) - day.Min(c => c.Low)) / day.Min(c => c.Low) * 10, 0.5, 5);
        Assert.Equal(expected, last.VolatilityFactor!.Value, 1e-12);
        Assert.Null(last.FundingRate);
    }

    [Fact]
    public void Market_data_of_the_candles_own_minute_does_not_matter_before_or_after_it()
    {
        var candles = TestCandles.Walk(FeatureWindow.WarmUpCandles, 1);
        SignalGenerated Run(bool dataFirst)
        {
            var bench = new RoleBench(() => new AiEngineRole());
            bench.Send(StreamCatalog.RetrainingCompleted, TestModels.Always(0.6).Announced(), 1);
            foreach (var candle in candles[..^1])
                bench.Send(StreamCatalog.MarketKlines, candle.Kline(s_near), candle.CloseTimeMs);
            var last = candles[^1];
            void Fund(double rate, long atMs) => bench.Send(
                StreamCatalog.MarketData, new MarketData { Symbol = s_near, LastPrice = 1, FundingRate = rate }, atMs);
            Fund(0.0001, last.OpenTimeMs - MinuteMs);
            if (dataFirst) Fund(0.0007, last.OpenTimeMs + 1);
            if (dataFirst) Fund(0.0009, last.CloseTimeMs);
            return bench.Send(StreamCatalog.MarketKlines, last.Kline(s_near), last.CloseTimeMs)
                .Of(StreamCatalog.SignalGenerated)[0];
        }

        Assert.Equal(Run(dataFirst: false), Run(dataFirst: true));
        Assert.Equal(0.0001, Run(dataFirst: true).FundingRate);
    }

    [Fact]
    public void A_candle_that_comes_twice_or_of_another_length_is_ignored_and_counted()
    {
        var candle = TestCandles.Walk(1, 1)[0];
        SendAll([candle]);
        Assert.Equal(0, SendAll([candle])[0].Total);
        var hour = candle.Kline(s_near) with
        {
            Interval = "1h", CloseTimeMs = candle.OpenTimeMs + 3_600_000,
        };
        _bench.Send(StreamCatalog.MarketKlines, hour, candle.CloseTimeMs);
        Assert.Equal(1, _bench.Counts["candle_ignored/not_newer"]);
        Assert.Equal(1, _bench.Counts["candle_ignored/other_interval"]);
    }

    [Fact]
    public void A_restart_in_the_middle_changes_nothing()
    {
        var candles = TestCandles.Walk(200, 7);
        string Run(int restartAt)
        {
            var bench = new RoleBench(() => new AiEngineRole());
            bench.Send(StreamCatalog.RetrainingCompleted, TestModels.Always(0.6).Announced(), 1);
            var text = "";
            for (var i = 0; i < candles.Length; i++)
            {
                if (i == restartAt) bench.Restart();
                var box = bench.Send(StreamCatalog.MarketKlines, candles[i].Kline(s_near), candles[i].CloseTimeMs);
                text += string.Join('\n', box.Of(StreamCatalog.SignalGenerated)) + "\n"
                    + string.Join('\n', box.Of(StreamCatalog.DecisionMade));
            }

            return text;
        }

        var through = Run(-1);
        Assert.Contains("above_threshold", through, StringComparison.Ordinal);
        Assert.Equal(through, Run(40));
        Assert.Equal(through, Run(150));
    }

    [Theory]
    [InlineData("AdoptConfidence")]
    [InlineData("RoundTripCostFraction")]
    [InlineData("StaleAfterMs")]
    [InlineData("MarketFreshnessMs")]
    [InlineData("ActivationDelayMs")]
    [InlineData("RepeatStatusCandles")]
    public void An_impossible_setting_is_refused_by_name(string name)
    {
        var settings = name switch
        {
            "AdoptConfidence" => new AiEngineSettings { AdoptConfidence = 0.49 },
            "RoundTripCostFraction" => new AiEngineSettings { RoundTripCostFraction = double.NaN },
            "StaleAfterMs" => new AiEngineSettings { StaleAfterMs = 0 },
            "MarketFreshnessMs" => new AiEngineSettings { MarketFreshnessMs = 59_999 },
            "ActivationDelayMs" => new AiEngineSettings { ActivationDelayMs = -1 },
            _ => new AiEngineSettings { RepeatStatusCandles = 0 },
        };
        var error = Assert.Throws<ArgumentException>(() => new AiEngineRole(settings));
        Assert.StartsWith($"Ai:{name} is ", error.Message, StringComparison.Ordinal);
    }

    private static MetaRegime RegimeOf(Symbol? symbol, Regime regime) => new()
    {
        Symbol = symbol, Regime = regime, Confidence = 0.8, Samples = 60, PreviousRegime = Regime.Unknown,
    };

    private static string[] VersionsOf(IEnumerable<RecordingOutbox> sent) =>
        [.. sent.SelectMany(box => box.Of(StreamCatalog.SignalGenerated)).Select(s => s.ModelVersion)];

    private void Announce(double up) =>
        _bench.Send(StreamCatalog.RetrainingCompleted, TestModels.Always(up).Announced(), TestCandles.Start - MinuteMs);

    private RecordingOutbox Ready(double up)
    {
        Announce(up);
        return SendAll(TestCandles.Walk(FeatureWindow.WarmUpCandles, 1))[^1];
    }

    private RecordingOutbox[] SendAll(IEnumerable<Candle> candles, Symbol? symbol = null) =>
        [.. candles.Select(c => _bench.Send(StreamCatalog.MarketKlines, c.Kline(symbol ?? s_near), c.CloseTimeMs))];
}
