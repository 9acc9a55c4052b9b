using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Portfolio;
using Quantum.Roles.Tests.ExitBrain;
using Quantum.Roles.Tests.Executor;
using Quantum.Roles.Tests.Governance;
using Quantum.Roles.Tests.Portfolio;

namespace Quantum.Roles.Tests;

/// <summary>
/// A machine an hour ahead is put right: what was noted meanwhile lies in the future, and nothing may wait for it.
/// </summary>
public sealed class SetBackClockTests
{
    private const long HourMs = 3_600_000;

    [Fact]
    public void An_exit_is_executed()
    {
        var bench = new ExecutorBench();
        bench.OpenPosition();
        bench.Later(-HourMs);
        bench.Intent(bench.ExitAll(), "x1");
        Assert.Equal((OrderAction.Place, OrderPurpose.Exit), (bench.LastCommand.Action, bench.LastCommand.Purpose));
        Assert.Equal(1, bench.Counts["clock/set_back"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stop_without_an_answer_is_asked_for_and_its_position_is_closed_in_time(bool isRestarted)
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.FillAll(bench.LastCommand, 2);
        var stop = bench.LastCommand;
        Assert.Equal(OrderPurpose.Stop, stop.Purpose);
        if (isRestarted) bench.Restart();
        bench.Later(-HourMs);
        bench.Later(5_000);
        Assert.Contains(bench.Commands, command =>
            command.Action == OrderAction.Query && command.ClientOrderId == stop.ClientOrderId);
        bench.Later(4_000);
        Assert.True(bench.Placed(OrderPurpose.Exit).Single().ReduceOnly);
    }

    [Fact]
    public void A_close_that_was_to_wait_a_second_does_not_wait_an_hour()
    {
        var bench = new ExecutorBench();
        var (_, stop) = bench.OpenPosition();
        bench.Update(stop, OrderStatus.Canceled);
        bench.Update(bench.LastCommand, OrderStatus.Rejected, code: "rate_limited");
        var placed = bench.Placed(OrderPurpose.Stop).Count();
        bench.Later(-HourMs);
        Assert.Equal(placed + 1, bench.Placed(OrderPurpose.Stop).Count());
    }

    [Fact]
    public void An_exit_that_works_ends_at_its_deadline_and_not_an_hour_later()
    {
        var bench = new ExecutorBench();
        bench.OpenPosition();
        bench.Intent(bench.ExitAll(), "x1");
        var exit = bench.LastCommand;
        bench.Update(exit, OrderStatus.Accepted);
        bench.Later(-HourMs);
        bench.Later(30_001);
        Assert.Contains(bench.Commands, command =>
            command.Action == OrderAction.Cancel && command.ClientOrderId == exit.ClientOrderId);
    }

    [Fact]
    public void A_price_and_an_exposure_of_the_hour_ahead_are_old_and_the_next_ones_are_taken()
    {
        var bench = new ExecutorBench();
        bench.Later(-HourMs);
        bench.Intent(bench.Entry(), "i1");
        Assert.Equal("market_stale", bench.LastResult.ReasonCode);
        bench.Tick(2.0m);
        bench.Intent(bench.Entry(), "i2");
        Assert.Equal("exposure_stale", bench.LastResult.ReasonCode);
        bench.Send(StreamCatalog.PortfolioExposure, ExecutorBench.Exposure());
        bench.Intent(bench.Entry(), "i3");
        Assert.Equal(OrderPurpose.Entry, bench.LastCommand.Purpose);
    }

    [Fact]
    public void A_clock_put_right_by_less_than_the_tolerance_changes_nothing()
    {
        var bench = new ExecutorBench();
        bench.Later(-5_000);
        bench.Intent(bench.Entry(), "i1");
        Assert.Equal(OrderPurpose.Entry, bench.LastCommand.Purpose);
        Assert.DoesNotContain("clock/set_back", bench.Counts.Keys);
    }

    [Fact]
    public void ExitBrain_takes_prices_and_closes_what_lost_its_stop()
    {
        var bench = new ExitBench();
        bench.Open();
        bench.Price(100m);
        bench.Clock();
        bench.After(-HourMs).Clock();
        bench.Price(97m);
        bench.After(6_000).Clock();
        bench.Price(97m);
        var exit = Assert.Single(bench.Intents, sent => sent.Intent.Reason != TradeIntent.MoveStopReason).Intent;
        Assert.InRange(exit.DeadlineMs!.Value, bench.NowMs, bench.NowMs + 30_000);
    }

    [Fact]
    public void ExitBrain_holds_a_trade_of_the_hour_ahead_no_longer_than_another()
    {
        var bench = new ExitBench();
        bench.Open();
        bench.Clock();
        bench.After(-HourMs).Clock();
        bench.After(86_400_000).Clock();
        Assert.Equal(["time_stop"], bench.LastReasons);
    }

    [Fact]
    public void The_portfolio_turns_the_day_that_is()
    {
        const long midnight = 1_764_806_400_000;
        var bench = new RoleBench(() => new PortfolioRole());
        bench.Clock(midnight + HourMs + (5 * 24 * HourMs));
        bench.Clock(midnight - HourMs);
        bench.Send(StreamCatalog.ExecutionResult, Results.Fill(Side.Buy, 1m, 100m, fee: 1m), midnight - 60_100);
        bench.Send(StreamCatalog.ExecutionResult, Results.Fill(Side.Sell, 1m, 150m, fee: 1m), midnight - 60_050);
        Assert.Equal(48m, bench.Clock(midnight - 1).Of(StreamCatalog.PortfolioSnapshot)[^1].RealizedPnlTodayUsd);
        Assert.Equal(0m, bench.Clock(midnight + 60_000).Of(StreamCatalog.PortfolioSnapshot)[^1].RealizedPnlTodayUsd);
    }

    [Fact]
    public void The_portfolio_speaks_and_takes_marks()
    {
        const long start = 1_764_810_000_000;
        var bench = new RoleBench(() => new PortfolioRole());
        bench.Clock(start);
        bench.Send(StreamCatalog.ExecutionResult, Results.Fill(Side.Buy, 0.1m, 50_000m), start + 10);
        bench.Send(StreamCatalog.MarketTick, Results.Tick(50_000m), start + 20);
        var back = start - HourMs;
        Assert.Single(bench.Clock(back).Of(StreamCatalog.PortfolioSnapshot));
        bench.Send(StreamCatalog.MarketTick, Results.Tick(51_000m), back + 500);
        var told = Assert.Single(bench.Clock(back + 1_000).Of(StreamCatalog.PortfolioSnapshot));
        Assert.Equal((10_100m, 0), (told.TotalEquityUsd, told.StaleMarks));
    }

    [Fact]
    public void Governance_hears_a_loss()
    {
        var bench = new GovernanceBench();
        bench.Clock();
        bench.Snapshot();
        bench.After(-HourMs).Clock();
        bench.After(1_000).Snapshot(daily: 0.2);
        Assert.Equal("daily_drawdown", bench.Last.ReasonCode);
    }

    [Fact]
    public void Governance_sees_that_the_portfolio_is_silent()
    {
        var bench = new GovernanceBench();
        bench.Clock();
        bench.Snapshot();
        bench.After(-HourMs).Clock();
        for (var s = 0; s < 140; s++) bench.After(1_000).Clock();
        Assert.Equal((RiskMode.Defensive, "portfolio_stale"), (bench.Last.RiskMode, bench.Last.ReasonCode));
    }
}
