using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Executor;
using Quantum.Roles.Executor.Flow;
using Quantum.Roles.Executor.Risk;
using Quantum.Roles.Gates;
using static Quantum.Roles.Tests.Executor.ExecutorBench;

namespace Quantum.Roles.Tests.Executor;

public class RiskGateTests
{
    private static readonly Symbol s_btc = Symbol.Parse("BTCUSDT");

    /// <summary>One row per gate: what is made wrong, and nothing else.</summary>
    private static readonly SortedDictionary<string, Action<ExecutorBench>> s_cases = new(StringComparer.Ordinal)
    {
        ["symbol_unknown"] = b => b.Intent(b.Entry() with { Symbol = Symbol.Parse("NOPEUSDT") }, "i1"),
        ["kill_switch"] = b => WithPolicy(b, Policy(2) with { KillSwitch = true }),
        ["halted"] = b => WithPolicy(b, Policy(2) with { RiskMode = RiskMode.Halt }),
        ["symbol_not_allowed"] = b => WithPolicy(b, Policy(2) with { AllowedSymbols = new(s_btc) }),
        ["low_confidence"] = b => WithPolicy(b, Policy(2) with { MinConfidence = 0.73 }),
        ["max_positions"] = b => WithPolicy(b, Policy(2) with { MaxPositions = 0 }),
        ["gross_exposure"] = b => WithPolicy(b, Policy(2) with { MaxGrossExposureFraction = 0.0199 }),
        ["symbol_exposure"] = b => WithPolicy(b, Policy(2) with { MaxSymbolExposureFraction = 0.0199 }),
        ["risk_per_trade"] = b => WithPolicy(b, Policy(2) with { RiskPerTradeFraction = 0.0001 }),
        ["market_stale"] = b =>
        {
            b.Clock(b.NowMs + 10_001);
            b.Intent(b.Entry(), "i1");
        },
        ["exposure_stale"] = b =>
        {
            b.Clock(b.NowMs + 60_001);
            b.Tick(2);
            b.Intent(b.Entry(), "i1");
        },
        ["free_margin"] = b =>
        {
            b.Send(StreamCatalog.PortfolioExposure, Exposure(freeUsd: 41));
            b.Intent(b.Entry(), "i1");
        },
        ["min_quantity"] = b => b.Intent(b.Entry() with { PositionSizeUsd = 0.1m }, "i1"),
        ["max_quantity"] = b =>
        {
            b.Send(StreamCatalog.PortfolioExposure, Exposure(equityUsd: 100_000_000));
            b.Intent(b.Entry() with { PositionSizeUsd = 2_000_002 }, "i1");
        },
        ["position_limit"] = b =>
        {
            b.Send(StreamCatalog.PortfolioExposure, Exposure(equityUsd: 100_000_000));
            b.Intent(b.Entry() with { PositionSizeUsd = 1_500_001 }, "i1");
        },
        ["min_notional"] = b => b.Intent(b.Entry() with { PositionSizeUsd = 4.9m }, "i1"),
        ["stop_wrong_side"] = b => b.Intent(b.Entry() with { StopLoss = 2.01m }, "i1"),
        ["stop_distance"] = b => b.Intent(b.Entry() with { StopLoss = 1.7m }, "i1"),
        ["price_moved"] = b => b.Intent(b.Entry() with { EntryPrice = 2.004m, StopLoss = 1.97m }, "i1"),
        ["position_open"] = b =>
        {
            b.OpenPosition(id: "first");
            b.Intent(b.Entry(), "i1");
        },
        ["opposite_position"] = b =>
        {
            b.OpenPosition(id: "first");
            b.Intent(b.Entry(Side.Sell), "i1");
        },
    };

    public static TheoryData<string> Codes => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Gate_denies_with_its_code_and_places_nothing(string code)
    {
        var bench = new ExecutorBench();
        var before = -1;
        var results = -1;
        s_cases[code](bench);
        before = bench.Placed(OrderPurpose.Entry).Count();
        results = bench.Results.Count;
        Assert.Equal((Outcome.Denied, code), (bench.LastResult.Outcome, bench.LastResult.ReasonCode));
        Assert.Equal("i1", bench.LastResult.IntentId);
        Assert.False(string.IsNullOrWhiteSpace(bench.LastResult.Reason));
        Assert.Equal(bench.Results.Count(r => r.Outcome == Outcome.Filled), before);
        Assert.Equal(1, bench.Results.Count(r => r.IntentId == "i1"));
        Assert.True(results > 0);
    }

    [Fact]
    public void Every_gate_of_the_table_has_a_test()
    {
        string[] elsewhere =
        [
            "policy_unknown", "mode_missing", "mode_mismatch", "liquidation_distance", "exploration_not_allowed",
            "venue_unseen", "foreign_position", "position_unclear",
        ];
        Assert.Equal(
            RiskGates.Entry.Select(gate => gate.Code).Except(elsewhere).Order(StringComparer.Ordinal),
            s_cases.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_entrys_command_tells_every_gate_with_what_it_found_and_asked_for()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        var command = Assert.Single(bench.Placed(OrderPurpose.Entry));
        var gates = Assert.NotNull(command.Gates);
        Assert.Equal(RiskGates.Entry.Select(gate => gate.Code), gates.Select(gate => gate.Gate));
        Assert.All(gates, gate => Assert.Equal(gate.Figure.Length == 0, gate.Limit.Length == 0));
        Assert.Contains(new PassedGate("kill_switch", "off", "off"), gates);
        Assert.Contains(new PassedGate("low_confidence", "0.72", "at least 0.5"), gates);
        Assert.Contains(new PassedGate("market_stale", "0 ms", "at most 10000 ms"), gates);
        Assert.Contains(new PassedGate("max_positions", "0 positions", "below 5 positions"), gates);
        Assert.Contains(new PassedGate("exploration_not_allowed", "", ""), gates);
        Assert.Null(bench.Placed(OrderPurpose.Stop).FirstOrDefault().Gates);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(null)]
    public void What_is_unknown_opens_no_gate(double? figure)
    {
        Assert.False(GateReading.AtMost(figure, 1).IsOpen);
        Assert.False(GateReading.AtLeast(figure, 1).IsOpen);
        Assert.False(GateReading.Below(figure, 1).IsOpen);
        Assert.False(GateReading.Above(figure, 1).IsOpen);
        Assert.False(GateReading.Within(figure, 0, 1).IsOpen);
        Assert.False(GateReading.Is(figure, 1).IsOpen);
        Assert.False(GateReading.AtMost(0.5, figure).IsOpen);
        Assert.False(GateReading.AtMost((decimal?)null, 1m).IsOpen);
    }

    [Fact]
    public void A_gate_is_open_at_its_limit_or_not_as_it_says()
    {
        Assert.True(GateReading.AtMost(1m, 1).IsOpen && GateReading.AtLeast(1m, 1).IsOpen);
        Assert.False(GateReading.Below(1m, 1).IsOpen || GateReading.Above(1m, 1).IsOpen);
        Assert.True(GateReading.Within(0.5, 0.5, 2).IsOpen && GateReading.Within(2, 0.5, 2).IsOpen);
        Assert.False(GateReading.Within(2.1, 0.5, 2).IsOpen || GateReading.Within(0.4, 0.5, 2).IsOpen);
        Assert.Equal("0.4 R, asked for: 0.5 to 2 R", GateReading.Within(0.4, 0.5, 2, "R").ToString());
        Assert.Equal("12 ms, asked for: at most 10 ms", GateReading.AtMost(12L, 10L, "ms").ToString());
        Assert.Equal("halt, asked for: not halt", GateReading.Not("halt", "halt").ToString());
    }

    [Fact]
    public void No_entry_makes_a_position_that_one_order_cannot_close()
    {
        var settings = ExecutorBench.SettingsFor(TradingMode.Sim, isTape: false, TestBook.All);
        settings.AllowPyramiding = true;
        var bench = new ExecutorBench(settings);
        bench.Send(StreamCatalog.PortfolioExposure, Exposure(equityUsd: 100_000_000));
        bench.Intent(bench.Entry() with { PositionSizeUsd = 1_000_000 }, "i1");
        bench.FillAll(bench.LastCommand, 2);
        bench.Intent(bench.Entry() with { PositionSizeUsd = 1_000_010 }, "i2");
        Assert.Equal(("i2", "max_quantity"), (bench.LastResult.IntentId, bench.LastResult.ReasonCode));
    }

    [Fact]
    public void Without_a_policy_nothing_is_entered()
    {
        var bench = new ExecutorBench(ready: false);
        bench.Clock(bench.NowMs);
        bench.Send(StreamCatalog.PortfolioExposure, Exposure());
        bench.Tick(2);
        bench.Intent(bench.Entry(), "i1");
        Assert.Equal("policy_unknown", bench.LastResult.ReasonCode);
        Assert.Empty(bench.Commands);
    }

    [Theory]
    [InlineData(TradingMode.Testnet)]
    [InlineData(TradingMode.Live)]
    public void An_intent_of_another_mode_is_denied(TradingMode mode)
    {
        var bench = new ExecutorBench(ExecutorBench.SettingsFor(mode, isTape: false, TestBook.All));
        var record = new Quantum.Roles.Executor.State.IntentRecord
        {
            Id = "i1", CorrelationId = "i1", AtMs = T0, DeadlineMs = T0 + 1, Mode = null, Intent = bench.Entry(),
        };
        Assert.Equal("mode_missing", Refused(record, mode));
        Assert.Null(Refused(record, TradingMode.Paper));
    }

    [Theory]
    [InlineData(TradingMode.Sim, false)]
    [InlineData(TradingMode.Paper, false)]
    [InlineData(TradingMode.Testnet, true)]
    [InlineData(TradingMode.Live, true)]
    public void What_is_made_to_learn_is_never_made_for_real(TradingMode mode, bool isDenied)
    {
        var record = new Quantum.Roles.Executor.State.IntentRecord
        {
            Id = "i1", CorrelationId = "i1", AtMs = T0, DeadlineMs = T0 + 1, Mode = mode,
            Intent = new ExecutorBench().Entry() with { Exploration = true },
        };
        Assert.Equal(isDenied, Refused(record, mode, RiskGates.Entry) == "exploration_not_allowed");
        var other = new Quantum.Roles.Executor.State.IntentRecord
        {
            Id = "i2", CorrelationId = "i2", AtMs = T0, DeadlineMs = T0 + 1, Mode = mode,
            Intent = new ExecutorBench().Entry(),
        };
        Assert.NotEqual("exploration_not_allowed", Refused(other, mode, RiskGates.Entry));
    }

    [Fact]
    public void A_result_bears_the_mark_of_what_was_made_to_learn()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry() with { Exploration = true, PositionSizeUsd = 0.1m }, "i1");
        Assert.Equal(("min_quantity", true), (bench.LastResult.ReasonCode, bench.LastResult.Exploration));
        bench.Intent(bench.Entry() with { PositionSizeUsd = 0.1m }, "i2");
        Assert.NotEqual(true, bench.LastResult.Exploration);
    }

    [Fact]
    public void A_mode_that_contradicts_ours_is_denied_even_for_exits()
    {
        var bench = new ExecutorBench();
        foreach (var intent in new[] { bench.Entry(), bench.ExitAll() })
        {
            var record = new Quantum.Roles.Executor.State.IntentRecord
            {
                Id = "i1", CorrelationId = "i1", AtMs = T0, DeadlineMs = T0 + 1, Mode = TradingMode.Live, Intent =
                    intent,
            };
            Assert.Equal("mode_mismatch", Refused(record, TradingMode.Sim));
        }
    }

    [Fact]
    public void A_stop_as_far_as_half_the_way_to_liquidation_is_denied_even_at_leverage_1()
    {
        var settings = ExecutorBench.SettingsFor(TradingMode.Sim, isTape: false, TestBook.All) with
        {
            MaxStopFraction = 0.499,
        };
        var bench = new ExecutorBench(settings);
        bench.Send(StreamCatalog.PolicyUpdated, Policy(2) with { RiskPerTradeFraction = 0.1 });
        bench.Intent(bench.Entry() with { StopLoss = 1.02m }, "i1");
        Assert.Equal("liquidation_distance", bench.LastResult.ReasonCode);
    }

    [Fact]
    public void Entries_in_flight_count_as_exposure_margin_and_positions()
    {
        var bench = new ExecutorBench();
        bench.Tick(100_000, s_btc);
        bench.Send(StreamCatalog.PolicyUpdated, Policy(2) with { MaxPositions = 1 });
        bench.Intent(bench.Entry(), "i1");
        bench.Intent(bench.Entry() with { Symbol = s_btc, PositionSizeUsd = 1000 }, "i2");
        Assert.Equal(("i2", "max_positions"), (bench.LastResult.IntentId, bench.LastResult.ReasonCode));
        bench.Send(StreamCatalog.PolicyUpdated, Policy(3) with { MaxGrossExposureFraction = 0.1199 });
        bench.Intent(bench.Entry() with { Symbol = s_btc, PositionSizeUsd = 1000 }, "i3");
        Assert.Equal(("i3", "gross_exposure"), (bench.LastResult.IntentId, bench.LastResult.ReasonCode));
    }

    [Fact]
    public void Approval_cannot_be_built_outside_the_risk_check()
    {
        Assert.Empty(typeof(ApprovedEntry).GetConstructors());
        Assert.All(
            typeof(ApprovedEntry).GetConstructors(
                System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance),
            constructor => Assert.True(constructor.IsPrivate));
        // The only plan of an order that is not reduce-only asks for the proof.
        var plans = typeof(OrderPlans).GetMethods().Where(m =>
            m.ReturnType == typeof(Quantum.Roles.Executor.State.OrderRecord));
        var entry = Assert.Single(plans, m => m.Name == nameof(OrderPlans.Entry));
        Assert.Equal(typeof(ApprovedEntry), entry.GetParameters()[0].ParameterType);
    }

    [Fact]
    public void An_older_policy_version_does_not_replace_a_newer_one()
    {
        var bench = new ExecutorBench();
        bench.Send(StreamCatalog.PolicyUpdated, Policy(5) with { KillSwitch = true });
        bench.Send(StreamCatalog.PolicyUpdated, Policy(4));
        bench.Intent(bench.Entry(), "i1");
        Assert.Equal("kill_switch", bench.LastResult.ReasonCode);
    }

    private static string? Refused(
        Quantum.Roles.Executor.State.IntentRecord record, TradingMode mode, IReadOnlyList<RiskGate>? table = null)
    {
        var books = new Quantum.Roles.Executor.State.ExecutorBooks(new Quantum.Contracts.Flow.RoleState());
        return RiskGates.FirstRefusal(table ?? RiskGates.Every,
            new RiskCase(record, T0, books, ExecutorBench.SettingsFor(mode, isTape: false, TestBook.All)))?.Code;
    }

    private static void WithPolicy(ExecutorBench bench, PolicyUpdated policy)
    {
        bench.Send(StreamCatalog.PolicyUpdated, policy);
        bench.Intent(bench.Entry(), "i1");
    }
}
