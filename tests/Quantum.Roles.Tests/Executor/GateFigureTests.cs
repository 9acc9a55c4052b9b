using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.Roles.Executor;
using static Quantum.Roles.Tests.Executor.ExecutorBench;

namespace Quantum.Roles.Tests.Executor;

/// <summary>What a gate counts, and that its refusal tells the figures that it is about.</summary>
public sealed class GateFigureTests
{
    private static readonly Symbol s_btc = Symbol.Parse("BTCUSDT");
    private readonly ExecutorBench _bench = new();

    [Theory]
    [InlineData("gross_exposure", "gross exposure would be 200 USD, 199 USD is the limit")]
    [InlineData("symbol_exposure", "NEARUSDT would be 200 USD, 199 USD is the limit")]
    [InlineData("free_margin", "margin of 42 USD is needed, 41 USD is free")]
    [InlineData("market_stale", "the last price is 10001 ms old, 10000 ms is the limit")]
    [InlineData("exposure_stale", "the last exposure is 60001 ms old, 60000 ms is the limit")]
    [InlineData("kill_switch", "policy 2: because")]
    public void A_refusal_tells_what_is_and_what_may_be(string code, string words)
    {
        switch (code)
        {
            case "gross_exposure": Policy(policy => policy with { MaxGrossExposureFraction = 0.0199 }); break;
            case "symbol_exposure": Policy(policy => policy with { MaxSymbolExposureFraction = 0.0199 }); break;
            case "kill_switch": Policy(policy => policy with { KillSwitch = true, Reason = "because" }); break;
            case "free_margin": _bench.Send(StreamCatalog.PortfolioExposure, Exposure(freeUsd: 41)); break;
            case "market_stale": _bench.Later(10_001); break;
            default:
                _bench.Later(60_001);
                _bench.Tick(2);
                break;
        }

        _bench.Intent(_bench.Entry(), "i1");
        Assert.Equal(code, _bench.LastResult.ReasonCode);
        Assert.Contains(words, _bench.LastResult.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_never_heard_is_told_as_such_and_not_as_old()
    {
        var bench = new ExecutorBench(ready: false);
        bench.Clock(T0);
        bench.Send(StreamCatalog.PolicyUpdated, ExecutorBench.Policy());
        bench.Intent(bench.Entry(), "i1");
        Assert.Contains("no price of NEARUSDT was consumed yet", bench.LastResult.Reason, StringComparison.Ordinal);
        bench.Tick(2);
        bench.Intent(bench.Entry(), "i2");
        Assert.Contains("no exposure was consumed yet", bench.LastResult.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_that_was_not_compared_is_told_apart_from_one_that_was_long_ago()
    {
        var bench = new ExecutorBench(ExecutorSettings.For(TradingMode.Testnet, isTape: false, TestBook.All));
        bench.Intent(bench.Entry(), "i1");
        Assert.Contains("was not compared with the venue yet", bench.LastResult.Reason, StringComparison.Ordinal);
        bench.Send(StreamCatalog.OrderUpdate, new OrderUpdate
        {
            Kind = UpdateKind.Balance, Symbol = Near, Status = OrderStatus.Accepted, LastFillQuantity = 0,
            CumulativeQuantity = 0, FeeUsd = 0, WalletUsd = 5_000,
        });
        bench.Later(120_001);
        bench.MakeReady();
        bench.Intent(bench.Entry(), "i2");
        Assert.Contains("120001 ms ago, 120000 ms is the limit", bench.LastResult.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_age_is_told_from_the_intents_own_time_and_from_its_deadline()
    {
        _bench.Intent(_bench.Entry() with { DeadlineMs = T0 + 86_400_000 }, "i1", T0 - 31_000);
        Assert.Contains("31000 ms old", _bench.LastResult.Reason, StringComparison.Ordinal);
        Assert.Contains("1000 ms past its deadline", _bench.LastResult.Reason, StringComparison.Ordinal);
        _bench.Intent(_bench.Entry() with { DeadlineMs = T0 + 60_000 }, "i2", T0 + 6_000);
        Assert.Contains("is 6000 ms ahead of the clock", _bench.LastResult.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_symbol_that_policy_names_may_be_entered()
    {
        Policy(policy => policy with { AllowedSymbols = new WireList<Symbol>(Near) });
        _bench.Intent(_bench.Entry(), "i1");
        Assert.Single(_bench.Placed(OrderPurpose.Entry));
    }

    [Fact]
    public void A_price_that_moved_by_less_than_a_tenth_of_the_way_to_the_stop_is_still_the_trade_that_was_planned()
    {
        _bench.Intent(_bench.Entry() with { EntryPrice = 2.001m, StopLoss = 1.97m }, "i1");
        Assert.Single(_bench.Placed(OrderPurpose.Entry));
    }

    [Theory]
    [InlineData(0.0499, true)]
    [InlineData(0.05, false)]
    public void What_is_held_counts_at_the_price_of_now(double mostFraction, bool isDenied)
    {
        _bench.OpenPosition();
        // 100 at 2 are 400 USD by now; a hundred more of another symbol make 500.
        _bench.Tick(4m);
        _bench.Tick(100_000m, s_btc);
        Policy(policy => policy with { MaxGrossExposureFraction = mostFraction });
        _bench.Intent(_bench.Entry() with { Symbol = s_btc, PositionSizeUsd = 150 }, "i2");
        Assert.Equal(isDenied ? "gross_exposure" : "filled", _bench.LastResult.ReasonCode);
        Assert.Equal(isDenied ? 1 : 2, _bench.Placed(OrderPurpose.Entry).Count());
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(0, false)]
    public void A_position_that_only_the_portfolio_knows_counts_among_those_that_are_open(int quantity, bool isDenied)
    {
        _bench.Send(StreamCatalog.PortfolioExposure, Exposure() with
        {
            ExposureBySymbol = new([new SymbolExposure(Symbol.Parse("SOLUSDT"), quantity * 10m, quantity, 10m)]),
        });
        Policy(policy => policy with { MaxPositions = 1 });
        _bench.Intent(_bench.Entry(), "i1");
        Assert.Equal(isDenied ? 0 : 1, _bench.Placed(OrderPurpose.Entry).Count());
    }

    [Fact]
    public void Nothing_of_another_mode_is_taken_in()
    {
        var (_, stop) = _bench.OpenPosition();
        _bench.Mode = TradingMode.Paper;
        _bench.Send(StreamCatalog.PolicyUpdated, ExecutorBench.Policy(9) with { KillSwitch = true });
        _bench.Send(StreamCatalog.PortfolioExposure, Exposure(equityUsd: 1));
        _bench.Tick(100_000m, s_btc);
        _bench.FillAll(stop, 1.9m);
        _bench.Send(StreamCatalog.GovernanceControl, new ControlCommand
        {
            Command = ControlAction.Close, Symbol = Near, Reason = "because", By = "anna",
        });
        Assert.Equal(100, _bench.State.PositionQuantity);
        Assert.Empty(_bench.Placed(OrderPurpose.Exit));
        foreach (var what in (string[])["policy", "exposure", "tick", "order_update", "control"])
            Assert.Equal(1, _bench.Counts[what + "/mode_mismatch"]);
        _bench.Mode = TradingMode.Sim;
        _bench.Intent(_bench.Entry() with { Symbol = s_btc, PositionSizeUsd = 150 }, "i2");
        Assert.Equal("market_stale", _bench.LastResult.ReasonCode);
        _bench.Tick(100_000m, s_btc);
        _bench.Intent(_bench.Entry() with { Symbol = s_btc, PositionSizeUsd = 150 }, "i3");
        Assert.Equal(s_btc, _bench.LastCommand.Symbol);
    }

    [Fact]
    public void An_older_price_does_not_replace_a_newer_one()
    {
        _bench.Send(StreamCatalog.MarketTick, new MarketTick { Symbol = Near, Price = 3, Quantity = 1 }, T0 - 1);
        _bench.Intent(_bench.Entry(), "i1");
        Assert.Equal(2m, _bench.LastCommand.ReferencePrice);
    }

    [Fact]
    public void Of_two_policies_of_one_version_the_later_holds_and_an_older_one_is_counted()
    {
        Policy(policy => policy);
        Policy(policy => policy with { KillSwitch = true });
        _bench.Send(StreamCatalog.PolicyUpdated, ExecutorBench.Policy(1));
        _bench.Intent(_bench.Entry(), "i1");
        Assert.Equal("kill_switch", _bench.LastResult.ReasonCode);
        Assert.Equal(1, _bench.Counts["policy/older_version"]);
    }

    [Theory]
    [InlineData(RiskMode.Halt, "halted")]
    [InlineData(RiskMode.Normal, null)]
    public void A_halt_takes_back_what_works_and_denies_what_waits_with_its_reason_and_no_other_policy_does(
        RiskMode mode, string? code)
    {
        _bench.Intent(_bench.Entry(), "i1");
        _bench.Intent(_bench.Entry(), "i2");
        Policy(policy => policy with { RiskMode = mode, Reason = "lost too much today" });
        if (code is null)
        {
            Assert.Single(_bench.Commands);
            Assert.Empty(_bench.Results);
            return;
        }

        Assert.Equal(("i2", code, "lost too much today"),
            (_bench.LastResult.IntentId, _bench.LastResult.ReasonCode, _bench.LastResult.Reason));
        Assert.Equal(OrderAction.Cancel, _bench.LastCommand.Action);
    }

    [Fact]
    public void The_kill_switch_takes_back_what_works_though_nothing_waits()
    {
        _bench.Intent(_bench.Entry(), "i1");
        Policy(policy => policy with { KillSwitch = true });
        Assert.Equal(OrderAction.Cancel, _bench.LastCommand.Action);
    }

    private void Policy(Func<PolicyUpdated, PolicyUpdated> change) =>
        _bench.Send(StreamCatalog.PolicyUpdated, change(ExecutorBench.Policy(2)));
}
