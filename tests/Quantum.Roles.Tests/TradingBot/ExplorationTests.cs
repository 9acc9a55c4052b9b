using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.TradingBot;

namespace Quantum.Roles.Tests.TradingBot;

/// <summary>What is entered to learn: a budget, the least size, a mark on everything, and never for real.</summary>
public sealed class ExplorationTests
{
    private const long DayMs = 86_400_000;
    private const long Start = 1_765_000_000_000 / DayMs * DayMs;
    private static readonly Symbol s_near = Symbol.Parse("NEARUSDT");

    private static readonly SignalGenerated s_signal = new()
    {
        Symbol = s_near, Side = Side.Sell, Confidence = 0.52, Price = 2m, CandleCloseTimeMs = Start, AtrValue = 0.006,
        VolatilityFactor = 0.55, ModelName = "m", ModelVersion = "1", FeatureHash = "f", ModelInForce = false,
        StopFraction = 0.0387, RoundTripCostFraction = 0.0013, ExpectedR = -0.02, ExpectedRError = 0.05,
    };

    private readonly TradingBotSettings _settings = new()
    {
        Symbols = TestBook.All, CooldownMs = 0, PortfolioFreshnessMs = 2 * DayMs,
    };

    [Fact]
    public void Without_a_model_in_force_the_least_order_is_wished_and_marked()
    {
        var bench = Prepared(_settings);
        var (request, intent) = Explore(bench, Start);
        var filters = TestBook.All.Find(s_near)!;
        Assert.True(request.Exploration);
        var quantity = filters.FloorQuantity(request.MaxPositionSizeUsd / s_signal.Price);
        Assert.True(quantity >= filters.MinQuantity && quantity * s_signal.Price >= filters.MinNotionalUsd);
        Assert.True(
            request.MaxPositionSizeUsd <= Math.Max(filters.MinNotionalUsd, filters.MinQuantity * s_signal.Price) * 1.1m
            + filters.StepSize * s_signal.Price, $"{request.MaxPositionSizeUsd} USD is not the least");
        Assert.Equal((true, "exploration", -0.02), (intent.IsExploration(), intent.Reason, intent.ExpectedR));
        Assert.Equal(2.077m, intent.StopLoss);
    }

    [Fact]
    public void A_day_has_so_many_trades_and_the_next_one_again()
    {
        var bench = Prepared(_settings with { Exploration = new() { DailyTrades = 3, DailyLossFraction = 0.01 } });
        for (var i = 0; i < 3; i++) End(bench, Explore(bench, Start + i * 1_000).IntentId, Start + i * 1_000, 10);
        Refused(bench, Start + 5_000, "exploration_budget");
        bench.Restart();
        Refused(bench, Start + DayMs - 1_000, "exploration_budget", 2);
        Explore(bench, Start + DayMs);
    }

    [Fact]
    public void A_day_may_lose_so_much_at_all_its_stops_together()
    {
        // Each reserves its stop and its cost: 0.04 of its notional; the day has 1 USD.
        var bench = Prepared(_settings with { Exploration = new() { DailyLossFraction = 0.0001 } });
        var reserved = 0m;
        var trades = 0;
        for (var at = Start; ; at += 1_000, trades++)
        {
            var sent = bench.Send(StreamCatalog.SignalGenerated, s_signal with { CandleCloseTimeMs = at }, at);
            if (sent.Total == 0) break;
            reserved += sent.Of(StreamCatalog.SizingRequested)[0].MaxPositionSizeUsd * 0.04m;
            End(bench, Answer(bench, sent, at).IntentId, at, 10);
        }

        Assert.Equal(1, bench.Counts["signal_without_intent/exploration_budget"]);
        Assert.InRange(reserved, 0.5m, 1m);
        Assert.True(trades > 1, $"{trades} trades");
    }

    [Fact]
    public void What_was_never_entered_gives_its_share_back()
    {
        var bench = Prepared(_settings with { Exploration = new() { DailyTrades = 1 } });
        var first = Explore(bench, Start);
        End(bench, first.IntentId, Start + 10, filled: 0);
        var second = Explore(bench, Start + 1_000);
        End(bench, second.IntentId, Start + 1_010, filled: 10);
        Refused(bench, Start + 2_000, "exploration_budget");
    }

    [Fact]
    public void What_was_never_entered_gives_its_loss_back_and_the_budget_is_told_among_the_gates()
    {
        // One trade reserves about 0.2 USD: the day has room for one.
        var bench = Prepared(_settings with { Exploration = new() { DailyLossFraction = 0.00003 } });
        var first = Explore(bench, Start);
        Assert.Contains(first.Request.Gates!.Value, gate => gate.Gate == "exploration_budget");
        End(bench, first.IntentId, Start + 10, filled: 0);
        var second = Explore(bench, Start + 1_000);
        End(bench, second.IntentId, Start + 1_010, filled: 10);
        Refused(bench, Start + 2_000, "exploration_budget");
    }

    [Theory]
    [InlineData(TradingMode.Sim, true)]
    [InlineData(TradingMode.Paper, true)]
    [InlineData(TradingMode.Testnet, false)]
    [InlineData(TradingMode.Live, false)]
    public void Nothing_real_is_ever_risked(TradingMode mode, bool isAllowed)
    {
        var bench = Prepared(_settings, mode);
        if (isAllowed) Explore(bench, Start);
        else Refused(bench, Start, "model_not_in_force");
    }

    [Fact]
    public void One_setting_turns_it_off() => Refused(
        Prepared(_settings with { Exploration = new() { IsOn = false } }), Start, "model_not_in_force");

    [Fact]
    public void A_symbol_of_unknown_filters_has_no_least_size() =>
        Refused(Prepared(_settings with { Symbols = null }), Start, "least_size_unknown");

    [Fact]
    public void While_a_model_is_in_force_nothing_is_entered_to_learn()
    {
        var bench = Prepared(_settings);
        Assert.Equal(0, bench.Send(StreamCatalog.SignalGenerated, s_signal with { ModelInForce = true }, Start).Total);
        Assert.Equal(1, bench.Counts["signal_without_intent/result_below_margin"]);
    }

    [Fact]
    public void Impossible_settings_are_refused_by_name()
    {
        Expect("TradingBot:Exploration:DailyLossFraction is 0.02", new() { DailyLossFraction = 0.02 });
        Expect("TradingBot:Exploration:DailyTrades is -1", new() { DailyTrades = -1 });
        void Expect(string start, ExplorationSettings exploration) => Assert.StartsWith(
            start, Assert.Throws<ArgumentException>(
                () => new TradingBotRole(_settings with { Exploration = exploration })).Message,
            StringComparison.Ordinal);
    }

    private static RoleBench Prepared(TradingBotSettings settings, TradingMode mode = TradingMode.Paper)
    {
        var bench = new RoleBench(() => new TradingBotRole(settings)) { Mode = mode };
        bench.Send(StreamCatalog.PolicyUpdated, new PolicyUpdated
        {
            PolicyVersion = 3, RiskMode = RiskMode.Normal, PreviousMode = RiskMode.Normal, KillSwitch = false,
            MaxLeverage = 5, MaxGrossExposureFraction = 2, MaxSymbolExposureFraction = 0.5,
            RiskPerTradeFraction = 0.01, DailyLossLimitFraction = 0.05, MaxPositions = 3, MinConfidence = 0.5,
            ReasonCode = "start", UpdatedBy = "test",
        }, Start);
        bench.Send(StreamCatalog.PortfolioSnapshot, new PortfolioSnapshot
        {
            TotalEquityUsd = 10_000, CashBalanceUsd = 10_000, TotalExposureUsd = 0, MarginUsedUsd = 0,
            FreeMarginUsd = 10_000, UnrealizedPnlUsd = 0, RealizedPnlTodayUsd = 0, FeesUsd = 0, FundingUsd = 0,
            DrawdownFraction = 0, DailyDrawdownFraction = 0, NumPositions = 0, StaleMarks = 0,
        }, Start);
        return bench;
    }

    private static (SizingRequested Request, string IntentId, TradeIntent Intent) Send(RoleBench bench, long at)
    {
        var sent = bench.Send(StreamCatalog.SignalGenerated, s_signal with { CandleCloseTimeMs = at }, at);
        var (intentId, intent) = Answer(bench, sent, at);
        return (sent.Of(StreamCatalog.SizingRequested)[0], intentId, intent);
    }

    private static Explored Explore(RoleBench bench, long at)
    {
        var (request, intentId, intent) = Send(bench, at);
        return new Explored(request, intent, intentId);
    }

    private static (string IntentId, TradeIntent Intent) Answer(RoleBench bench, RecordingOutbox sent, long at)
    {
        var request = Assert.Single(sent.Of(StreamCatalog.SizingRequested));
        var sized = bench.Send(StreamCatalog.SizingDecided, new SizingDecided
        {
            Symbol = s_near, RequestId = sent.IdsOf(StreamCatalog.SizingRequested)[0], SignalId = "s",
            Status = SizingStatus.Decided, PositionSizeUsd = request.MaxPositionSizeUsd, Leverage = 1,
            RiskFraction = 0.00002, SizeFraction = 0.25, Confidence = 0.52, PolicyName = "p", PolicyVersion = "1",
        }, at);
        return (sized.IdsOf(StreamCatalog.TradeIntent)[0], sized.Of(StreamCatalog.TradeIntent)[0]);
    }

    private static void End(RoleBench bench, string intentId, long at, decimal filled)
    {
        bench.Send(StreamCatalog.ExecutionResult, new ExecutionResult
        {
            Kind = ResultKind.Intent, IntentId = intentId, Symbol = s_near, Side = Side.Sell,
            Outcome = filled > 0 ? Outcome.Filled : Outcome.Denied, ReasonCode = filled > 0 ? "filled" : "market_stale",
            ReduceOnly = false, FilledQuantity = filled, AveragePrice = filled > 0 ? 2m : null, FeeUsd = 0,
            PositionQuantity = 0, Ilf = IlfContext.Unknown, Exploration = true,
        }, at);
    }

    private static void Refused(RoleBench bench, long at, string reason, int count = 1)
    {
        Assert.Equal(0, bench.Send(StreamCatalog.SignalGenerated, s_signal with { CandleCloseTimeMs = at }, at).Total);
        Assert.Equal(count, bench.Counts["signal_without_intent/" + reason]);
    }

    private sealed record Explored(SizingRequested Request, TradeIntent Intent, string IntentId)
    {
        public void Deconstruct(out SizingRequested request, out TradeIntent intent) =>
            (request, intent) = (Request, Intent);
    }
}
