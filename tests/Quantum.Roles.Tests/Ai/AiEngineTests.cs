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
    private readonly RoleBench _bench = new(() => new AiEngineRole(TestModels.OfMinutes));

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
        var candles = TestCandles.Walk(FeatureWindow.WarmUpCandles, 1, drift: TestModels.Rising);
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
        Assert.Equal(("outcome-linear", "v1", FeatureSet.Hash),
            (signal.ModelName, signal.ModelVersion, signal.FeatureHash));
        var vote = Assert.Single(signal.Votes);
        Assert.Equal(("outcome-linear", Side.Buy, 1.0), (vote.Model, vote.Side, vote.Weight));
    }

    /// <summary>What a page shows of them must explain the figure that was decided by, on either side.</summary>
    [Theory]
    [InlineData(0.6, Side.Buy)]
    [InlineData(0.4, Side.Sell)]
    public void The_features_shares_less_the_costs_are_the_expected_result(double up, Side side)
    {
        Announce(up);
        var sent = SendAll(TestCandles.Walk(FeatureWindow.WarmUpCandles, 1, drift: TestModels.Rising))[^1];
        var signal = Assert.Single(sent.Of(StreamCatalog.SignalGenerated));
        var shares = Assert.NotNull(signal.Contributions);
        Assert.Equal(FeatureSet.Directional.Select(place => FeatureSet.Names[place]), shares.Select(s => s.Feature));
        Assert.Equal(side, signal.Side);
        Assert.All(shares, s => Assert.InRange(s.Deviations, -4, 4));
        Assert.Contains(shares, s => s.ResultR > 0);
        Assert.Equal(
            signal.ExpectedR!.Value,
            shares.Sum(s => s.ResultR) - signal.RoundTripCostFraction!.Value / signal.StopFraction!.Value, 1e-5);
    }

    [Fact]
    public void An_adopted_signal_becomes_a_decision_that_names_it()
    {
        var sent = Ready(0.6);
        var decision = Assert.Single(sent.Of(StreamCatalog.DecisionMade));
        Assert.Equal((DecisionAction.Enter, Side.Buy, "worth_its_cost"),
            (decision.Action, decision.Side, decision.ReasonCode));
        Assert.Equal(sent.IdsOf(StreamCatalog.SignalGenerated)[0], decision.SignalId);
        Assert.Equal("v1", decision.ModelVersion);
        Assert.Single(decision.Votes);
    }

    [Theory]
    [InlineData(0.6, true, Side.Buy, null)]
    [InlineData(0.4, true, Side.Sell, null)]
    [InlineData(0.51, true, Side.Buy, "result_below_margin")]
    [InlineData(0.49, true, Side.Sell, "result_below_margin")]
    [InlineData(0.6, false, Side.Buy, "model_not_in_force")]
    public void A_signal_is_adopted_when_its_trade_is_worth_its_cost(
        double up, bool isInForce, Side side, string? against)
    {
        Announce(up, isInForce);
        var sent = SendAll(TestCandles.Walk(FeatureWindow.WarmUpCandles, 1, drift: TestModels.Rising))[^1];
        var signal = Assert.Single(sent.Of(StreamCatalog.SignalGenerated));
        Assert.Equal((side, isInForce), (signal.Side, signal.ModelInForce));
        var entered = sent.Of(StreamCatalog.DecisionMade).Where(d => d.Action == DecisionAction.Enter);
        Assert.Equal(against is null ? 1 : 0, entered.Count());
        if (against is null) return;
        if (isInForce) Assert.Equal(1, _bench.Counts[$"signal_not_adopted/{against}"]);
        else Assert.Equal(against, Assert.Single(sent.Of(StreamCatalog.DecisionMade)).ReasonCode);
    }

    [Fact]
    public void A_signal_tells_what_its_trade_is_expected_to_make_after_all_costs()
    {
        Announce(0.6);
        var candles = TestCandles.Walk(FeatureWindow.WarmUpCandles, 1, drift: TestModels.Rising);
        SendAll(candles[..^1]);
        _bench.Send(StreamCatalog.MarketData, new MarketData
        {
            Symbol = s_near, LastPrice = 100, BidPrice = 99.9m, AskPrice = 100.1m, FundingRate = 0.0008,
        }, candles[^1].OpenTimeMs - 1);
        var signal = SendAll(candles[^1..])[0].Of(StreamCatalog.SignalGenerated)[0];
        var window = TestCandles.WindowOf(candles);
        var stop = Math.Min(0.09, 4 * window.AtrFraction() * Math.Sqrt(30));
        Assert.Equal(stop, signal.StopFraction!.Value, 1e-12);
        var minuteUsd = candles[^20..].Average(c => c.Volume) * candles[^1].Close;
        // Two fees, the spread once, impact both ways, half an hour of eight of funding.
        var cost = 0.001 + 0.002 + 2 * 0.001 * Math.Sqrt(Math.Min(1, 2_500 / minuteUsd)) + 0.0008 / 16;
        Assert.Equal(cost, signal.RoundTripCostFraction!.Value, 1e-12);
        Assert.Equal(TestModels.MeanOf(0.6) - cost / stop, signal.ExpectedR!.Value, 1e-9);
        Assert.InRange(signal.ExpectedRError!.Value, 0, 1e-6);
        Assert.Equal(signal.ExpectedR.Value * stop, signal.ExpectedReturnFraction!.Value, 1e-12);
        Assert.Equal(signal.ExpectedRError.Value * stop, signal.ExpectedReturnError!.Value, 1e-12);
    }

    [Fact]
    public void Signals_of_one_candle_time_are_told_together_and_the_best_first()
    {
        Announce(0.6);
        var candles = TestCandles.Walk(FeatureWindow.WarmUpCandles + 1, 1, drift: TestModels.Rising);
        // The same moves at a hundredth of the volume: impact makes the trade dearer.
        var thin = candles.Select(c => c with { Volume = c.Volume / 100 }).ToArray();
        for (var i = 0; i < candles.Length - 1; i++)
        {
            SendAll([thin[i]]);
            SendAll([candles[i]], s_sol);
        }

        Assert.Empty(SendAll(thin[^1..])[0].Of(StreamCatalog.SignalGenerated));
        _bench.Restart();
        var told = SendAll(candles[^1..], s_sol)[0].Of(StreamCatalog.SignalGenerated);
        Assert.Equal([s_sol, s_near], told.Select(signal => signal.Symbol));
        Assert.True(told[0].ExpectedR > told[1].ExpectedR);
    }

    [Fact]
    public void A_symbol_whose_candle_is_missing_holds_nobody_up_for_long()
    {
        Announce(0.6);
        var candles = TestCandles.Walk(FeatureWindow.WarmUpCandles + 1, 1, drift: TestModels.Rising);
        foreach (var symbol in new[] { s_near, s_sol }) SendAll(candles[..^1], symbol);
        var at = candles[^1].CloseTimeMs;
        Assert.Empty(SendAll(candles[^1..])[0].Of(StreamCatalog.SignalGenerated));
        Assert.Empty(_bench.Clock(at + 1_000).Of(StreamCatalog.SignalGenerated));
        Assert.Single(_bench.Clock(at + 2_000).Of(StreamCatalog.SignalGenerated));
    }

    [Fact]
    public void Decisions_are_made_on_candles_built_up_from_finer_ones()
    {
        var bench = new RoleBench(() => new AiEngineRole(new AiEngineSettings { IntervalMs = 5 * MinuteMs }));
        bench.Send(
            StreamCatalog.RetrainingCompleted,
            (TestModels.Always(0.6) with { IntervalMs = 5 * MinuteMs }).Announced(), 1);
        var start = TestCandles.Start / (5 * MinuteMs) * 5 * MinuteMs;
        var candles = TestCandles.Walk(5 * FeatureWindow.WarmUpCandles, 1, start, drift: TestModels.Rising);
        var signals = candles.SelectMany(c => bench.Send(StreamCatalog.MarketKlines, c.Kline(s_near), c.CloseTimeMs)
            .Of(StreamCatalog.SignalGenerated)).ToArray();
        var signal = Assert.Single(signals);
        Assert.Equal(candles[^1].CloseTimeMs, signal.CandleCloseTimeMs);
        var built = candles.Chunk(5).Select(five => new Candle(
            five[0].OpenTimeMs, five[0].Open, five.Max(c => c.High), five.Min(c => c.Low), five[^1].Close,
            five.Sum(c => c.Volume)) { SpanMs = 5 * MinuteMs });
        Assert.Equal(TestCandles.WindowOf(built).AtrFraction(), signal.AtrValue!.Value, 1e-12);
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
        var sent = SendAll(TestCandles.Walk(FeatureWindow.WarmUpCandles, 1, drift: TestModels.Rising));
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
        Assert.Equal("v1", SendAll(TestCandles.Walk(FeatureWindow.WarmUpCandles, 1, drift: TestModels.Rising))[^1]
            .Of(StreamCatalog.SignalGenerated)[0].ModelVersion);
    }

    [Fact]
    public void A_model_of_other_features_does_not_displace_one_that_fits()
    {
        Announce(0.6);
        var strange = TestModels.Always(0.4, "v2") with { FeatureHash = "0123456789abcdef" };
        _bench.Send(StreamCatalog.RetrainingCompleted, strange.Announced(), TestCandles.Start);
        Assert.Equal("v1", SendAll(TestCandles.Walk(FeatureWindow.WarmUpCandles, 1, drift: TestModels.Rising))[^1]
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
        var candles = TestCandles.Walk(FeatureWindow.WarmUpCandles, 1, drift: TestModels.Rising);
        SignalGenerated Run(bool dataFirst)
        {
            var bench = new RoleBench(() => new AiEngineRole(TestModels.OfMinutes));
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
            var bench = new RoleBench(() => new AiEngineRole(TestModels.OfMinutes));
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
        Assert.Contains("worth_its_cost", through, StringComparison.Ordinal);
        Assert.Equal(through, Run(40));
        Assert.Equal(through, Run(150));
    }

    [Theory]
    [InlineData("IntervalMs")]
    [InlineData("RankWaitMs")]
    [InlineData("Plan:HoldMs")]
    [InlineData("Cost:ImpactFraction")]
    [InlineData("Worth:MarginErrors")]
    [InlineData("StaleAfterMs")]
    [InlineData("MarketFreshnessMs")]
    [InlineData("ActivationDelayMs")]
    [InlineData("RepeatStatusCandles")]
    public void An_impossible_setting_is_refused_by_name(string name)
    {
        var settings = name switch
        {
            "IntervalMs" => new AiEngineSettings { IntervalMs = 999 },
            "RankWaitMs" => new AiEngineSettings { RankWaitMs = 999 },
            "Plan:HoldMs" => new AiEngineSettings { Plan = new() { HoldMs = 0 } },
            "Cost:ImpactFraction" => new AiEngineSettings { Cost = new() { ImpactFraction = double.NaN } },
            "Worth:MarginErrors" => new AiEngineSettings { Worth = new() { MarginErrors = -1 } },
            "StaleAfterMs" => new AiEngineSettings { StaleAfterMs = 0 },
            "MarketFreshnessMs" => new AiEngineSettings { MarketFreshnessMs = 59_999 },
            "ActivationDelayMs" => new AiEngineSettings { ActivationDelayMs = -1 },
            _ => new AiEngineSettings { RepeatStatusCandles = 0 },
        };
        var error = Assert.Throws<ArgumentException>(() => new AiEngineRole(settings));
        Assert.StartsWith($"Ai:{name} is ", error.Message, StringComparison.Ordinal);
    }

    private static string[] VersionsOf(IEnumerable<RecordingOutbox> sent) =>
        [.. sent.SelectMany(box => box.Of(StreamCatalog.SignalGenerated)).Select(s => s.ModelVersion)];

    private void Announce(double up, bool isInForce = true) => _bench.Send(
        StreamCatalog.RetrainingCompleted, TestModels.Always(up).Announced(isInForce: isInForce),
        TestCandles.Start - MinuteMs);

    private RecordingOutbox Ready(double up)
    {
        Announce(up);
        return SendAll(TestCandles.Walk(FeatureWindow.WarmUpCandles, 1, drift: TestModels.Rising))[^1];
    }

    private RecordingOutbox[] SendAll(IEnumerable<Candle> candles, Symbol? symbol = null) =>
        [.. candles.Select(c => _bench.Send(StreamCatalog.MarketKlines, c.Kline(symbol ?? s_near), c.CloseTimeMs))];
}
