using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Ilf;
using static Quantum.Roles.Tests.Executor.ExecutorBench;

namespace Quantum.Roles.Tests.Executor;

public class StopTests
{
    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    public void The_first_fill_places_a_reduce_only_stop_on_the_losing_side(Side side)
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(side), "i1");
        bench.Fill(bench.LastCommand, 40, 2, 40);
        var stop = bench.LastCommand;
        Assert.Equal((OrderType.StopMarket, true, 40m), (stop.Type, stop.ReduceOnly, stop.Quantity));
        Assert.Equal(side.Opposite(), stop.Side);
        var fraction = AdaptiveLevels.For(5, 0.55, 0, null).StopLossFraction;
        var exact = 2 * (1 - side.Sign() * (decimal)fraction);
        // On the tick, and never farther than the formula says.
        Assert.Equal(0, stop.TriggerPrice % 0.001m);
        Assert.InRange((stop.TriggerPrice!.Value - exact) * side.Sign(), 0, 0.001m);
        Assert.True((2 - stop.TriggerPrice) * side.Sign() > 0);
    }

    [Fact]
    public void The_intents_own_stop_price_is_used()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry() with { StopLoss = 1.9501m }, "i1");
        bench.FillAll(bench.LastCommand, 2);
        Assert.Equal(1.951m, bench.LastCommand.TriggerPrice);
    }

    [Fact]
    public void A_further_fill_replaces_the_stop_new_one_first()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Fill(entry, 40, 2, 40);
        var first = bench.LastCommand;
        bench.Update(first, OrderStatus.Accepted);
        bench.Fill(entry, 60, 2, 100);
        var second = bench.LastCommand;
        Assert.Equal((OrderAction.Place, 100m), (second.Action, second.Quantity));
        Assert.DoesNotContain(bench.Commands, c => c.Action == OrderAction.Cancel);
        bench.Update(second, OrderStatus.Accepted);
        Assert.Equal((OrderAction.Cancel, first.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
    }

    [Theory]
    [InlineData(Side.Buy, 1.99)]
    [InlineData(Side.Sell, 2.01)]
    public void A_further_fill_at_a_better_price_does_not_loosen_the_stop(Side side, double better)
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(side), "i1");
        var entry = bench.LastCommand;
        bench.Fill(entry, 40, 2, 40);
        var first = bench.LastCommand;
        bench.Update(first, OrderStatus.Accepted);
        bench.Fill(entry, 60, (decimal)better, 100);
        Assert.Equal((100m, first.TriggerPrice), (bench.LastCommand.Quantity, bench.LastCommand.TriggerPrice));
    }

    [Fact]
    public void Filled_at_once_while_the_first_stop_is_unanswered_still_ends_fully_covered()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Fill(entry, 40, 2, 40);
        var first = bench.LastCommand;
        bench.Fill(entry, 60, 2, 100);
        Assert.Equal(first.ClientOrderId, bench.LastCommand.ClientOrderId);
        bench.Update(first, OrderStatus.Accepted);
        Assert.Equal((OrderAction.Place, 100m), (bench.LastCommand.Action, bench.LastCommand.Quantity));
    }

    [Fact]
    public void The_stops_fill_is_told_and_ends_the_position()
    {
        var bench = new ExecutorBench();
        var (entry, stop) = bench.OpenPosition();
        bench.FillAll(stop, 1.98m);
        var result = bench.LastResult;
        Assert.Equal((ResultKind.Stop, "stop_loss", 100m, 0m),
            (result.Kind, result.ReasonCode, result.FilledQuantity, result.PositionQuantity));
        Assert.Equal(("i1", 1.98m, true), (result.IntentId, result.AveragePrice, result.ReduceOnly));
        Assert.Equal(bench.Results[0].PositionId, result.PositionId);
        Assert.NotEqual(entry.ClientOrderId, result.ClientOrderId);
    }

    [Fact]
    public void A_stop_that_fills_while_its_entry_still_works_is_told_after_the_entry()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Fill(entry, 40, 2, 40);
        var stop = bench.LastCommand;
        bench.FillAll(stop, 1.98m);
        Assert.Empty(bench.Results);
        Assert.Equal((OrderAction.Cancel, entry.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
        bench.Update(entry, OrderStatus.Canceled, 40);
        Assert.Equal(
            [(ResultKind.Intent, Outcome.PartiallyFilled, 40m), (ResultKind.Stop, Outcome.Filled, 0m)],
            bench.Results.Select(r => (r.Kind, r.Outcome, r.PositionQuantity!.Value)));
    }

    [Fact]
    public void A_refused_stop_is_tried_again_then_the_position_is_closed()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.FillAll(bench.LastCommand, 2);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(i + 1, bench.Placed(OrderPurpose.Stop).Count());
            bench.Update(bench.LastCommand, OrderStatus.Rejected, code: "precision");
        }

        var close = bench.LastCommand;
        Assert.Equal((OrderPurpose.Exit, OrderType.Market, true, 100m),
            (close.Purpose, close.Type, close.ReduceOnly, close.Quantity));
        bench.FillAll(close, 1.99m);
        Assert.Equal((ResultKind.Stop, "unprotected", 0m),
            (bench.LastResult.Kind, bench.LastResult.ReasonCode, bench.LastResult.PositionQuantity));
        Assert.Equal(3, bench.Placed(OrderPurpose.Stop).Select(c => c.ClientOrderId).Distinct().Count());
    }

    [Fact]
    public void A_stop_that_the_market_has_crossed_closes_at_once()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.FillAll(bench.LastCommand, 2);
        bench.Update(bench.LastCommand, OrderStatus.Rejected, code: "would_trigger");
        Assert.Equal((OrderPurpose.Exit, OrderType.Market), (bench.LastCommand.Purpose, bench.LastCommand.Type));
    }

    [Fact]
    public void A_position_that_cannot_be_protected_grows_no_more_while_it_is_closed()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Fill(entry, 10, 2, 10);
        bench.Update(bench.LastCommand, OrderStatus.Rejected, code: "would_trigger");
        Assert.Contains(bench.Commands, command =>
            command.Action == OrderAction.Cancel && command.ClientOrderId == entry.ClientOrderId);
        Assert.Equal((OrderAction.Place, OrderPurpose.Exit, 10m),
            (bench.LastCommand.Action, bench.LastCommand.Purpose, bench.LastCommand.Quantity));
    }

    [Fact]
    public void A_refused_emergency_close_is_tried_again_after_a_pause()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.FillAll(bench.LastCommand, 2);
        bench.Update(bench.LastCommand, OrderStatus.Rejected, code: "would_trigger");
        bench.Update(bench.LastCommand, OrderStatus.Rejected, code: "busy");
        Assert.Single(bench.Placed(OrderPurpose.Exit));
        bench.Later(1_000);
        Assert.Equal(2, bench.Placed(OrderPurpose.Exit).Count());
    }

    [Fact]
    public void A_lost_stop_is_placed_again()
    {
        var bench = new ExecutorBench();
        var (_, stop) = bench.OpenPosition();
        bench.Update(stop, OrderStatus.Canceled);
        Assert.Equal((OrderAction.Place, OrderPurpose.Stop), (bench.LastCommand.Action, bench.LastCommand.Purpose));
        Assert.NotEqual(stop.ClientOrderId, bench.LastCommand.ClientOrderId);
    }

    [Fact]
    public void An_unanswered_stop_is_asked_for()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.FillAll(bench.LastCommand, 2);
        var stop = bench.LastCommand;
        bench.Later(5_000);
        Assert.Equal((OrderAction.Query, stop.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
        bench.Update(stop, OrderStatus.NotFound);
        Assert.Equal((OrderAction.Place, stop.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
    }

    [Fact]
    public void Moving_the_stop_places_the_new_one_before_the_old_one_goes()
    {
        var bench = new ExecutorBench();
        var (_, old) = bench.OpenPosition();
        bench.Tick(2.1m);
        bench.Intent(bench.MoveStop(2.05m), "m1");
        var moved = bench.LastCommand;
        Assert.Equal((OrderAction.Place, 2.05m, 100m), (moved.Action, moved.TriggerPrice, moved.Quantity));
        Assert.DoesNotContain(bench.Results, r => r.IntentId == "m1");
        bench.Update(moved, OrderStatus.Accepted);
        Assert.Equal((Outcome.Applied, "stop_moved", 0m, 2.05m),
            (bench.LastResult.Outcome, bench.LastResult.ReasonCode, bench.LastResult.FilledQuantity,
                bench.LastResult.StopPrice));
        Assert.Equal((OrderAction.Cancel, old.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
    }

    [Theory]
    [InlineData(Side.Buy, 1.5, "stop_not_tighter")]
    [InlineData(Side.Sell, 2.5, "stop_not_tighter")]
    [InlineData(Side.Buy, 2.0, "stop_wrong_side")]
    [InlineData(Side.Sell, 2.0, "stop_wrong_side")]
    public void Stops_only_tighten_and_stay_on_their_side(Side side, double price, string code)
    {
        var bench = new ExecutorBench();
        bench.OpenPosition(side);
        var before = bench.Commands.Count;
        bench.Intent(bench.MoveStop((decimal)price, side.Opposite()), "m1");
        Assert.Equal((Outcome.Denied, code), (bench.LastResult.Outcome, bench.LastResult.ReasonCode));
        Assert.Equal(before, bench.Commands.Count);
    }

    [Fact]
    public void A_refused_new_stop_leaves_the_old_one()
    {
        var bench = new ExecutorBench();
        bench.OpenPosition();
        bench.Tick(2.1m);
        bench.Intent(bench.MoveStop(2.05m), "m1");
        bench.Update(bench.LastCommand, OrderStatus.Rejected, code: "would_trigger");
        Assert.Equal((Outcome.Rejected, "would_trigger"), (bench.LastResult.Outcome, bench.LastResult.ReasonCode));
        Assert.DoesNotContain(bench.Commands, c => c.Action == OrderAction.Cancel);
        Assert.Empty(bench.Placed(OrderPurpose.Exit));
    }

    [Fact]
    public void A_position_the_venue_tells_of_is_adopted_once_and_protected()
    {
        var bench = new ExecutorBench();
        bench.Send(StreamCatalog.OrderUpdate, PositionOf(30, 2.0m));
        Assert.Empty(bench.Results);
        bench.Later(3_000);
        var result = Assert.Single(bench.Results);
        Assert.Equal((ResultKind.Adjustment, "position_adjusted", 30m, 0m),
            (result.Kind, result.ReasonCode, result.PositionQuantity, result.FilledQuantity));
        Assert.Equal((OrderPurpose.Stop, Side.Sell, 30m),
            (bench.LastCommand.Purpose, bench.LastCommand.Side, bench.LastCommand.Quantity));
        bench.Later(3_000);
        Assert.Single(bench.Results);
    }

    [Fact]
    public void A_position_without_any_price_is_closed_and_no_entry_price_is_invented()
    {
        var bench = new ExecutorBench(ready: false);
        bench.Clock(T0);
        bench.Send(StreamCatalog.OrderUpdate, PositionOf(-30, null));
        bench.Later(3_000);
        Assert.Empty(bench.Commands);
        bench.Later(5_000);
        Assert.Equal((ResultKind.Adjustment, -30m, (decimal?)null),
            (bench.LastResult.Kind, bench.LastResult.PositionQuantity, bench.LastResult.StopPrice));
        Assert.Equal((OrderPurpose.Exit, OrderType.Market, Side.Buy, 30m, true),
            (bench.LastCommand.Purpose, bench.LastCommand.Type, bench.LastCommand.Side, bench.LastCommand.Quantity,
                bench.LastCommand.ReduceOnly));
    }

    [Fact]
    public void A_position_without_its_entry_price_is_protected_from_the_mark()
    {
        var bench = new ExecutorBench(ready: false);
        bench.Clock(T0);
        bench.Send(StreamCatalog.OrderUpdate, PositionOf(30, null));
        bench.Later(4_000);
        bench.Tick(50m);
        bench.Later(1_000);
        Assert.Equal((OrderPurpose.Stop, Side.Sell, 30m),
            (bench.LastCommand.Purpose, bench.LastCommand.Side, bench.LastCommand.Quantity));
        Assert.InRange(bench.LastCommand.TriggerPrice!.Value, 49m, 49.9m);
        Assert.Empty(bench.Placed(OrderPurpose.Exit));
    }

    [Fact]
    public void A_cancel_that_is_not_answered_is_asked_for_however_old_the_order_is()
    {
        var bench = new ExecutorBench();
        var (_, stop) = bench.OpenPosition();
        bench.Later(3_600_000);
        bench.Intent(bench.ExitAll(), "x1");
        bench.FillAll(bench.LastCommand, 2.02m);
        Assert.Equal((OrderAction.Cancel, stop.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
        for (var i = 0; i < 200; i++)
        {
            bench.Later(5_000);
            Assert.Equal((OrderAction.Query, stop.ClientOrderId),
                (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
        }

        Assert.Equal(200, bench.Commands.Count(command => command.Action == OrderAction.Query));
        bench.Update(stop, OrderStatus.Accepted);
        Assert.Equal(OrderAction.Cancel, bench.LastCommand.Action);
        bench.Update(stop, OrderStatus.Canceled);
        bench.Later(5_000);
        Assert.Equal(OrderAction.Cancel, bench.LastCommand.Action);
    }

    [Fact]
    public void A_position_update_ahead_of_its_fills_is_no_difference()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.Send(StreamCatalog.OrderUpdate, PositionOf(100, 2));
        bench.FillAll(bench.Commands[0], 2);
        bench.Later(4_000);
        Assert.DoesNotContain(bench.Results, r => r.Kind == ResultKind.Adjustment);
    }

    [Fact]
    public void Liquidation_and_funding_are_told_with_the_position()
    {
        var bench = new ExecutorBench();
        bench.OpenPosition();
        var position = bench.Results[0].PositionId;
        var funding = PositionOf(100, 2) with { Kind = UpdateKind.Funding, FundingUsd = -0.02m, VenueTradeId = "f1" };
        bench.Send(StreamCatalog.OrderUpdate, funding);
        bench.Send(StreamCatalog.OrderUpdate, funding);
        Assert.Equal((ResultKind.Funding, -0.02m, position),
            (bench.LastResult.Kind, bench.LastResult.FundingUsd, bench.LastResult.PositionId));
        Assert.Equal(2, bench.Results.Count);
        bench.Send(StreamCatalog.OrderUpdate, PositionOf(0, null) with
        {
            Kind = UpdateKind.Liquidation, Side = Side.Sell, LastFillQuantity = 100, LastFillPrice = 1.6m,
            VenueTradeId = "l1", FeeUsd = 2,
        });
        Assert.Equal((ResultKind.Liquidation, 100m, 1.6m, 0m, position),
            (bench.LastResult.Kind, bench.LastResult.FilledQuantity, bench.LastResult.AveragePrice,
                bench.LastResult.PositionQuantity, bench.LastResult.PositionId));
        Assert.Equal(OrderAction.Cancel, bench.LastCommand.Action);
    }

    private static OrderUpdate PositionOf(decimal quantity, decimal? price) => new()
    {
        Kind = UpdateKind.Position,
        Symbol = Near,
        Status = OrderStatus.Accepted,
        LastFillQuantity = 0,
        CumulativeQuantity = 0,
        FeeUsd = 0,
        PositionQuantity = quantity,
        PositionEntryPrice = price,
    };
}
