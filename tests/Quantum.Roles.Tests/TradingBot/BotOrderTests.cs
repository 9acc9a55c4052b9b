using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.Roles.TradingBot;

namespace Quantum.Roles.Tests.TradingBot;

/// <summary>Who is asked first, what is waited for and for how long, and what is known too long to count.</summary>
public sealed class BotOrderTests
{
    private const long Start = 1_765_000_000_000;
    private static readonly Symbol s_near = Symbol.Parse("NEARUSDT");
    private static readonly Symbol s_sol = Symbol.Parse("SOLUSDT");
    private static readonly Symbol s_btc = Symbol.Parse("BTCUSDT");

    private static readonly SignalGenerated s_signal = new()
    {
        Symbol = s_near, Side = Side.Buy, Confidence = 0.72, Price = 5.25m, CandleCloseTimeMs = Start, AtrValue = 0.02,
        VolatilityFactor = 0.55, ModelName = "logit", ModelVersion = "1", FeatureHash = "abc", ModelInForce = true,
        StopFraction = 0.04, RoundTripCostFraction = 0.0013, ExpectedR = 0.2, ExpectedRError = 0.1,
    };

    private static readonly ExecutionResult s_result = new()
    {
        Kind = ResultKind.Intent, Symbol = s_near, Side = Side.Buy, Outcome = Outcome.Filled, ReasonCode = "filled",
        ReduceOnly = false, FilledQuantity = 10, AveragePrice = 5.26m, FeeUsd = 0.1m, PositionQuantity = 10,
        Ilf = IlfContext.Unknown,
    };

    [Fact]
    public void Of_equal_results_the_first_name_is_asked_and_the_better_result_before_any_name()
    {
        var bench = Prepared();
        var asked = Asked(bench, s_signal);
        bench.Send(StreamCatalog.SignalGenerated, s_signal with { Symbol = s_sol }, Start);
        bench.Send(StreamCatalog.SignalGenerated, s_signal with { Symbol = s_btc }, Start);
        var next = Answer(bench, asked, s_near);
        Assert.Equal(s_btc, next.Of(StreamCatalog.SizingRequested)[0].Symbol);
        bench.Send(
            StreamCatalog.SignalGenerated, s_signal with { Symbol = Symbol.Parse("ETHUSDT"), ExpectedR = 0.15 }, Start);
        next = Answer(bench, next.IdsOf(StreamCatalog.SizingRequested)[0], s_btc);
        Assert.Equal(s_sol, next.Of(StreamCatalog.SizingRequested)[0].Symbol);
    }

    [Fact]
    public void The_newer_signal_of_a_symbol_takes_the_place_of_the_one_that_waits()
    {
        var bench = Prepared();
        var asked = Asked(bench, s_signal);
        bench.Send(StreamCatalog.SignalGenerated, s_signal with { Symbol = s_sol, Side = Side.Buy }, Start, "old");
        bench.Send(StreamCatalog.SignalGenerated, s_signal with { Symbol = s_sol, Side = Side.Sell }, Start, "new");
        var next = Answer(bench, asked, s_near);
        var request = Assert.Single(next.Of(StreamCatalog.SizingRequested));
        Assert.Equal(("new", Side.Sell), (request.SignalId, request.Side));
        Answer(bench, next.IdsOf(StreamCatalog.SizingRequested)[0], s_sol);
        Assert.False(bench.Counts.ContainsKey("signal_without_intent/in_flight"));
    }

    [Fact]
    public void After_a_refused_size_the_next_in_line_is_asked_for()
    {
        var bench = Prepared();
        var asked = Asked(bench, s_signal);
        bench.Send(StreamCatalog.SignalGenerated, s_signal with { Symbol = s_sol }, Start);
        var next = Answer(bench, asked, s_near, SizingStatus.Refused);
        Assert.Equal(s_sol, Assert.Single(next.Of(StreamCatalog.SizingRequested)).Symbol);
    }

    [Fact]
    public void A_size_is_waited_for_until_its_deadline_and_then_the_next_in_line_is_asked_for()
    {
        var bench = Prepared();
        bench.Send(StreamCatalog.SignalGenerated, s_signal, Start);
        bench.Send(StreamCatalog.SignalGenerated, s_signal with { Symbol = s_sol }, Start);
        Assert.Equal(0, bench.Clock(Start + 5_000).Total);
        Assert.Equal(s_sol, Assert.Single(bench.Clock(Start + 5_001).Of(StreamCatalog.SizingRequested)).Symbol);
        Assert.Equal(1, bench.Counts["signal_without_intent/sizing_timeout"]);
    }

    [Fact]
    public void A_result_is_waited_for_beyond_the_intents_deadline_and_its_want_has_a_name_of_its_own()
    {
        var settings = new TradingBotSettings();
        var bench = Prepared();
        Answer(bench, Asked(bench, s_signal), s_near);
        var lastMs = Start + 1 + settings.IntentLifetimeMs + settings.ResultGraceMs;
        bench.Clock(lastMs);
        Assert.Empty(bench.Counts);
        bench.Clock(lastMs + 1);
        Assert.Equal(1, bench.Counts["signal_without_intent/result_missing"]);
        Assert.False(bench.Counts.ContainsKey("signal_without_intent/sizing_timeout"));
    }

    [Fact]
    public void The_end_of_another_intent_is_not_the_end_of_ours()
    {
        var bench = Prepared();
        Answer(bench, Asked(bench, s_signal), s_near);
        // Denied with nothing filled, and nothing held: it neither frees the symbol nor cools it down.
        bench.Send(StreamCatalog.ExecutionResult, s_result with
        {
            IntentId = "another", Outcome = Outcome.Denied, FilledQuantity = 0, AveragePrice = null,
            PositionQuantity = 0,
        }, Start + 10);
        Assert.Equal(0, bench.Send(StreamCatalog.SignalGenerated, s_signal, Start + 20).Total);
        Assert.Equal(1, bench.Counts["signal_without_intent/in_flight"]);
        Assert.Single(bench.Counts);
    }

    [Theory]
    [InlineData(0, 10, "cooldown")]
    [InlineData(0, 0, null)]
    public void A_symbol_cools_down_when_its_position_ended_by_a_fill(int held, int filled, string? reason)
    {
        var bench = Prepared();
        bench.Send(StreamCatalog.ExecutionResult, s_result with
        {
            Kind = ResultKind.Stop, IntentId = "i", PositionQuantity = held, FilledQuantity = filled,
            AveragePrice = filled > 0 ? 5m : null,
        }, Start + 10);
        var sent = bench.Send(StreamCatalog.SignalGenerated, s_signal, Start + 20);
        Assert.Equal(reason is null ? 1 : 0, sent.Total);
        if (reason is not null) Assert.Equal(1, bench.Counts["signal_without_intent/" + reason]);
    }

    [Fact]
    public void A_position_that_only_grew_smaller_does_not_cool_its_symbol_down()
    {
        var bench = Prepared();
        bench.Send(StreamCatalog.ExecutionResult, s_result with { Kind = ResultKind.Stop, IntentId = "i" }, Start + 10);
        // It ends by the venue's word, with no fill: the way is free at once.
        bench.Send(StreamCatalog.ExecutionResult, s_result with
        {
            Kind = ResultKind.Adjustment, FilledQuantity = 0, AveragePrice = null, PositionQuantity = 0,
        }, Start + 20);
        Assert.Equal(1, bench.Send(StreamCatalog.SignalGenerated, s_signal, Start + 30).Total);
    }

    [Theory]
    [InlineData(0, 0.0004, 0.0001)]
    [InlineData(1, null, 0.0003)]
    public void Quotes_count_as_long_as_they_are_fresh_and_before_the_signals_own_word(
        long beyondMs, double? divergence, double funding)
    {
        var settings = new TradingBotSettings { SignalFreshnessMs = 600_000, PortfolioFreshnessMs = 600_000 };
        var bench = Prepared(settings);
        bench.Send(StreamCatalog.ExchangeNormalized, new ExchangeNormalized
        {
            Symbol = s_near, MidPrice = 5.25m, VenueCount = 3, ExchangeDivergence = 0.0004, FundingRate = 0.0001,
        }, Start);
        var at = Start + settings.QuoteFreshnessMs + beyondMs;
        bench.Clock(at);
        var request = Assert.Single(bench.Send(
            StreamCatalog.SignalGenerated, s_signal with { FundingRate = 0.0003 }, at)
            .Of(StreamCatalog.SizingRequested));
        Assert.Equal((divergence, (double?)funding), (request.Ilf.ExchangeDivergence, request.Ilf.FundingRate));
    }

    [Fact]
    public void A_symbol_that_policy_names_may_be_entered_at_the_leverage_of_its_bracket()
    {
        var bench = Prepared(new() { Symbols = TestBook.All }, new WireList<Symbol>(s_near));
        var request = Assert.Single(
            bench.Send(StreamCatalog.SignalGenerated, s_signal, Start).Of(StreamCatalog.SizingRequested));
        Assert.Equal(5, request.MaxLeverage);
        Assert.DoesNotContain(request.Gates!.Value, gate => gate.Gate == "exploration_budget");
    }

    [Fact]
    public void A_late_size_is_counted_and_the_one_that_is_awaited_still_comes()
    {
        var bench = Prepared();
        var asked = Asked(bench, s_signal);
        Assert.Equal(0, Answer(bench, "another", s_near).Total);
        Assert.Equal(1, bench.Counts["sizing_without_request/late"]);
        Assert.Single(Answer(bench, asked, s_near).Of(StreamCatalog.TradeIntent));
    }

    private static RoleBench Prepared(TradingBotSettings? settings = null, WireList<Symbol> allowed = default)
    {
        var bench = new RoleBench(() => new TradingBotRole(settings ?? new()));
        bench.Send(StreamCatalog.PolicyUpdated, new PolicyUpdated
        {
            PolicyVersion = 3, RiskMode = RiskMode.Normal, PreviousMode = RiskMode.Normal, KillSwitch = false,
            MaxLeverage = 5, MaxGrossExposureFraction = 2, MaxSymbolExposureFraction = 0.2,
            RiskPerTradeFraction = 0.01, DailyLossLimitFraction = 0.05, MaxPositions = 9, MinConfidence = 0.55,
            AllowedSymbols = allowed, ReasonCode = "start", UpdatedBy = "test",
        }, Start);
        bench.Send(StreamCatalog.PortfolioSnapshot, new PortfolioSnapshot
        {
            TotalEquityUsd = 10_000, CashBalanceUsd = 10_000, TotalExposureUsd = 1_000, MarginUsedUsd = 200,
            FreeMarginUsd = 9_800, UnrealizedPnlUsd = 0, RealizedPnlTodayUsd = 0, FeesUsd = 0, FundingUsd = 0,
            DrawdownFraction = 0, DailyDrawdownFraction = 0, NumPositions = 1, StaleMarks = 0,
        }, Start);
        return bench;
    }

    private static string Asked(RoleBench bench, SignalGenerated signal) =>
        bench.Send(StreamCatalog.SignalGenerated, signal, Start).IdsOf(StreamCatalog.SizingRequested)[0];

    private static RecordingOutbox Answer(
        RoleBench bench, string requestId, Symbol symbol, SizingStatus status = SizingStatus.Decided)
    {
        var isDecided = status == SizingStatus.Decided;
        return bench.Send(StreamCatalog.SizingDecided, new SizingDecided
        {
            Symbol = symbol, RequestId = requestId, SignalId = "s", Status = status,
            PositionSizeUsd = isDecided ? 200 : null, Leverage = isDecided ? 1 : null, RiskFraction = 0.005,
            SizeFraction = 0.1, Confidence = 0.72, PolicyName = "p", PolicyVersion = "1",
        }, Start + 1);
    }
}
