using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Roles.Executor.Flow;
using Quantum.Roles.Executor.State;
using Quantum.Roles.Positions;
using static Quantum.Roles.Tests.Executor.ExecutorBench;

namespace Quantum.Roles.Tests.Executor;

public class ExitTests
{
    [Fact]
    public void A_full_exit_closes_reduce_only_and_takes_its_stop_away()
    {
        var bench = new ExecutorBench();
        var (_, stop) = bench.OpenPosition();
        bench.Intent(bench.ExitAll(), "x1");
        var exit = bench.LastCommand;
        Assert.Equal((OrderPurpose.Exit, OrderType.Market, Side.Sell, 100m, true),
            (exit.Purpose, exit.Type, exit.Side, exit.Quantity, exit.ReduceOnly));
        Assert.Null(exit.DeadlineMs);
        bench.FillAll(exit, 2.02m);
        Assert.Equal((Outcome.Filled, 0m, "stop_loss"),
            (bench.LastResult.Outcome, bench.LastResult.PositionQuantity, bench.LastResult.IntentReason));
        Assert.Equal(bench.Results[0].PositionId, bench.LastResult.PositionId);
        Assert.Equal((OrderAction.Cancel, stop.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
    }

    [Fact]
    public void A_partial_exit_leaves_a_smaller_stop()
    {
        var bench = new ExecutorBench();
        bench.OpenPosition();
        bench.Intent(bench.ExitAll() with { Quantity = 30.07m, Reason = "take_profit_1" }, "x1");
        Assert.Equal(30.0m, bench.LastCommand.Quantity);
        bench.FillAll(bench.LastCommand, 2.02m);
        Assert.Equal(70m, bench.LastResult.PositionQuantity);
        Assert.Equal((OrderPurpose.Stop, OrderAction.Place, 70m),
            (bench.LastCommand.Purpose, bench.LastCommand.Action, bench.LastCommand.Quantity));
    }

    [Fact]
    public void Exits_pass_while_entries_are_blocked()
    {
        var bench = new ExecutorBench();
        bench.OpenPosition();
        bench.Send(StreamCatalog.PolicyUpdated,
            Policy(2) with { KillSwitch = true, RiskMode = RiskMode.Halt, MinConfidence = 1 });
        bench.Clock(bench.NowMs + 3_600_000);
        bench.Intent(bench.ExitAll() with { Confidence = 0 }, "x1");
        Assert.Equal(OrderPurpose.Exit, bench.LastCommand.Purpose);
    }

    [Fact]
    public void An_exit_goes_before_a_waiting_entry()
    {
        var bench = new ExecutorBench();
        bench.OpenPosition();
        bench.Intent(bench.ExitAll(), "x1");
        bench.Intent(bench.Entry(Side.Sell), "i2");
        bench.Intent(bench.ExitAll(), "x2");
        Assert.Single(bench.Placed(OrderPurpose.Exit));
        bench.FillAll(bench.Placed(OrderPurpose.Exit).Single(), 2);
        Assert.Equal([("x1", Outcome.Filled), ("x2", Outcome.Denied)],
            bench.Results.Skip(1).Select(r => (r.IntentId, r.Outcome)));
        Assert.Equal((OrderPurpose.Entry, Side.Sell), (bench.LastCommand.Purpose, bench.LastCommand.Side));
    }

    [Fact]
    public void An_exit_takes_back_the_rest_of_an_entry_in_flight()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Fill(entry, 40, 2, 40);
        bench.Intent(bench.ExitAll(), "x1");
        Assert.Contains(bench.Commands, c => c.Action == OrderAction.Cancel && c.ClientOrderId == entry.ClientOrderId);
        Assert.Equal((OrderPurpose.Exit, 40m), (bench.LastCommand.Purpose, bench.LastCommand.Quantity));
        bench.Update(entry, OrderStatus.Canceled, 40);
        Assert.Equal((Outcome.PartiallyFilled, "exit_first"), (bench.LastResult.Outcome, bench.LastResult.ReasonCode));
    }

    [Theory]
    [InlineData("no_position")]
    [InlineData("wrong_side")]
    [InlineData("other_position")]
    public void An_exit_that_reduces_nothing_is_denied(string code)
    {
        var bench = new ExecutorBench();
        if (code != "no_position") bench.OpenPosition();
        var before = bench.Commands.Count;
        var exit = code == "wrong_side" ? bench.ExitAll(Side.Buy) : bench.ExitAll();
        bench.Intent(code == "other_position" ? exit with { PositionId = "p1other" } : exit, "x1");
        Assert.Equal((Outcome.Denied, code), (bench.LastResult.Outcome, bench.LastResult.ReasonCode));
        Assert.Equal(before, bench.Commands.Count);
    }

    [Fact]
    public void An_exit_never_asks_for_more_than_is_held_and_takes_the_dust_with_it()
    {
        var bench = new ExecutorBench();
        bench.OpenPosition();
        bench.Intent(bench.ExitAll() with { Quantity = 5000 }, "x1");
        Assert.Equal(100m, bench.LastCommand.Quantity);
        bench.Update(bench.LastCommand, OrderStatus.Rejected);
        bench.Intent(bench.ExitAll() with { Quantity = 99.95m }, "x2");
        Assert.Equal(99.9m, bench.LastCommand.Quantity);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.0999)]
    public void A_part_below_the_least_quantity_is_denied_never_made_the_whole(double part)
    {
        var bench = new ExecutorBench();
        bench.OpenPosition();
        var before = bench.Commands.Count;
        bench.Intent(bench.ExitAll() with { Quantity = (decimal)part }, "x1");
        Assert.Equal((Outcome.Denied, "min_quantity", 100m),
            (bench.LastResult.Outcome, bench.LastResult.ReasonCode, bench.LastResult.PositionQuantity));
        Assert.Contains("the least is 0.1", bench.LastResult.Reason, StringComparison.Ordinal);
        Assert.Equal(before, bench.Commands.Count);
        bench.Intent(bench.ExitAll() with { Quantity = 0.1m }, "x2");
        Assert.Equal(0.1m, bench.LastCommand.Quantity);
    }

    [Fact]
    public void No_plan_of_a_reducing_order_asks_for_more_than_is_held()
    {
        var position = new PositionRecord
        {
            Id = "p", IntentId = "i", CorrelationId = "c", Net = NetPosition.At(-5, 2),
        };
        var order = OrderPlans.Reduce(position, "x", "exit", 7);
        Assert.Equal((5m, Side.Buy, true), (order.Quantity, order.Side, order.ReduceOnly));
    }

    [Fact]
    public void A_full_exit_supersedes_the_partial_ones_that_wait()
    {
        var bench = new ExecutorBench();
        bench.OpenPosition();
        bench.Intent(bench.ExitAll() with { Quantity = 10 }, "x1");
        bench.Intent(bench.ExitAll() with { Quantity = 10 }, "x2");
        bench.Intent(bench.ExitAll(), "x3");
        Assert.Equal(("x2", Outcome.Superseded), (bench.LastResult.IntentId, bench.LastResult.Outcome));
        bench.FillAll(bench.Placed(OrderPurpose.Exit).Last(), 2);
        Assert.Equal(90m, bench.Placed(OrderPurpose.Exit).Last().Quantity);
    }

    [Fact]
    public void An_expired_exit_is_not_executed()
    {
        var bench = new ExecutorBench();
        bench.OpenPosition();
        var before = bench.Commands.Count;
        bench.Intent(bench.ExitAll() with { DeadlineMs = bench.NowMs - 1 }, "x1", bench.NowMs - 10);
        Assert.Equal(Outcome.Expired, bench.LastResult.Outcome);
        Assert.Equal(before, bench.Commands.Count);
    }

    [Fact]
    public void An_exit_at_its_deadline_is_cancelled_and_final()
    {
        var bench = new ExecutorBench();
        bench.OpenPosition();
        bench.Intent(bench.ExitAll(), "x1");
        var exit = bench.LastCommand;
        bench.Fill(exit, 60, 2, 60);
        bench.Later(30_001);
        Assert.Contains(bench.Commands, c => c.Action == OrderAction.Cancel && c.ClientOrderId == exit.ClientOrderId);
        bench.Update(exit, OrderStatus.Canceled, 60);
        Assert.Equal((Outcome.PartiallyFilled, 60m, 40m),
            (bench.LastResult.Outcome, bench.LastResult.FilledQuantity, bench.LastResult.PositionQuantity));
    }
}
