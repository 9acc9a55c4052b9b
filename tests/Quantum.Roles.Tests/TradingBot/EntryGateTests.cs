using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.Roles.Symbols;
using Quantum.Roles.TradingBot;

namespace Quantum.Roles.Tests.TradingBot;

/// <summary>Every gate of the bot's table closes for its own reason, when one fact of an open way changes.</summary>
public sealed class EntryGateTests
{
    private const long Now = 1_765_000_000_000;
    private static readonly Symbol s_near = Symbol.Parse("NEARUSDT");

    private static readonly Dictionary<string, Func<EntryQuestion, EntryQuestion>> s_closed = new()
    {
        ["symbol_unknown"] = q => q with { Settings = new() { Symbols = new SymbolFilterBook() } },
        ["policy_unknown"] = q => Policy(q, _ => null),
        ["kill_switch"] = q => Policy(q, p => p with { KillSwitch = true }),
        ["halted"] = q => Policy(q, p => p with { RiskMode = RiskMode.Halt }),
        ["symbol_not_allowed"] = q => Policy(
            q, p => p with { AllowedSymbols = new WireList<Symbol>(Symbol.Parse("BTCUSDT")) }),
        ["signal_stale"] = q => q with { Signal = q.Signal with { CandleCloseTimeMs = Now - 60_001 } },
        ["low_confidence"] = q => q with { Signal = q.Signal with { Confidence = 0.54 } },
        ["atr_unknown"] = q => q with { Signal = q.Signal with { AtrValue = null } },
        ["portfolio_unknown"] = q => Portfolio(q, _ => null),
        ["portfolio_stale"] = q => Portfolio(q, p => p, Now - 60_001),
        ["no_equity"] = q => Portfolio(q, p => p with { TotalEquityUsd = 0 }),
        ["position_open"] = q => q with { Symbol = new() { PositionQuantity = -1 } },
        ["in_flight"] = q => q with { Symbol = new() { Pending = Pending(q.Signal) } },
        ["cooldown"] = q => q with { Symbol = new() { CooldownUntilMs = Now + 1 } },
        ["max_positions"] = q => Portfolio(q, p => p with { NumPositions = 3 }),
        ["gross_exposure"] = q => q with { UnderWayUsd = 19_000 },
        ["funding_extreme"] = q => q with { FundingRate = -0.001 },
    };

    public static TheoryData<string> Gates => [.. s_closed.Keys];

    [Fact]
    public void Every_entry_gate_of_the_table_has_a_case() => Assert.Equal(
        EntryGates.Passed(Open()).Select(gate => gate.Gate).Order(StringComparer.Ordinal),
        s_closed.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void An_open_way_is_open() => Assert.Null(EntryGates.FirstClosed(Open(), out _));

    [Theory]
    [MemberData(nameof(Gates))]
    public void A_gate_closes_for_its_own_reason(string reason) =>
        Assert.Equal(reason, EntryGates.FirstClosed(s_closed[reason](Open()), out _));

    private static EntryQuestion Open() => new()
    {
        Signal = new()
        {
            Symbol = s_near, Side = Side.Buy, Confidence = 0.55, Price = 5.25m, CandleCloseTimeMs = Now - 60_000,
            AtrValue = 0.02, VolatilityFactor = 0.55, ModelName = "logit", ModelVersion = "1", FeatureHash = "abc",
            ModelInForce = true, StopFraction = 0.04, RoundTripCostFraction = 0.0013, ExpectedR = 0.2,
            ExpectedRError = 0.1,
        },
        System = new()
        {
            NowMs = Now, PortfolioAtMs = Now - 60_000,
            Policy = new PolicyUpdated
            {
                PolicyVersion = 3, RiskMode = RiskMode.Normal, PreviousMode = RiskMode.Normal, KillSwitch = false,
                MaxLeverage = 5, MaxGrossExposureFraction = 2, MaxSymbolExposureFraction = 0.5,
                RiskPerTradeFraction = 0.01, DailyLossLimitFraction = 0.05, MaxPositions = 3, MinConfidence = 0.55,
                ReasonCode = "start", UpdatedBy = "test",
            },
            Portfolio = new PortfolioSnapshot
            {
                TotalEquityUsd = 10_000, CashBalanceUsd = 10_000, TotalExposureUsd = 1_000, MarginUsedUsd = 200,
                FreeMarginUsd = 9_800, UnrealizedPnlUsd = 0, RealizedPnlTodayUsd = 0, FeesUsd = 0, FundingUsd = 0,
                DrawdownFraction = 0, DailyDrawdownFraction = 0, NumPositions = 2, StaleMarks = 0,
            },
        },
        Symbol = new(),
        FundingRate = 0.00099,
        Settings = new(),
        UnderWayUsd = 0,
    };

    private static EntryQuestion Policy(EntryQuestion question, Func<PolicyUpdated, PolicyUpdated?> change)
    {
        question.System.Policy = change(question.Policy);
        return question;
    }

    private static EntryQuestion Portfolio(
        EntryQuestion question, Func<PortfolioSnapshot, PortfolioSnapshot?> change, long atMs = Now)
    {
        question.System.Portfolio = change(question.Portfolio);
        question.System.PortfolioAtMs = atMs;
        return question;
    }

    private static PendingEntry Pending(SignalGenerated signal) => new()
    {
        Signal = signal, SignalId = "s1", CorrelationId = "c1", RequestId = "r1", SizeUsd = 100,
        GiveUpAtMs = Now + 1, Ilf = IlfContext.Unknown,
    };
}
