using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Executor;
using Quantum.Roles.Executor.Flow;
using Quantum.Roles.Symbols;
using static Quantum.Roles.Tests.Executor.ExecutorBench;

namespace Quantum.Roles.Tests.Executor;

/// <summary>A position is protected by what covers all of it, and else it is closed.</summary>
public sealed class ProtectionTests
{
    [Theory]
    [InlineData(40, true)]
    [InlineData(null, false)]
    public void Only_an_exit_of_the_whole_spares_an_unprotected_position_its_close(int? part, bool closes)
    {
        var bench = new ExecutorBench();
        var (_, stop) = bench.OpenPosition();
        bench.Intent(bench.ExitAll() with { Quantity = part }, "x1");
        var exit = bench.LastCommand;
        Assert.Equal((OrderPurpose.Exit, (decimal)(part ?? 100)), (exit.Purpose, exit.Quantity));
        bench.Update(stop, OrderStatus.Canceled);
        // The market is beyond where the stop was to rest.
        bench.Update(bench.LastCommand, OrderStatus.Rejected, code: "would_trigger");

        var closing = bench.Placed(OrderPurpose.Exit).Where(order => order.ClientOrderId != exit.ClientOrderId);

        Assert.Equal(closes ? [100m] : [], closing.Select(order => order.Quantity));
    }

    [Fact]
    public void A_stop_that_is_being_filled_is_left_to_do_its_work()
    {
        var bench = new ExecutorBench();
        var (_, stop) = bench.OpenPosition();
        var before = bench.Commands.Count;
        bench.Fill(stop, 40, 1.98m, 40);
        bench.Later(1_000);
        Assert.Equal(before, bench.Commands.Count);
        bench.Fill(stop, 60, 1.98m, 100);
        Assert.Equal(100m, bench.LastResult.FilledQuantity);
    }

    [Fact]
    public void While_an_exit_works_the_stop_over_all_of_it_stays()
    {
        var bench = new ExecutorBench();
        bench.OpenPosition();
        bench.Intent(bench.ExitAll() with { Quantity = 40 }, "x1");
        var exit = bench.LastCommand;
        bench.Fill(exit, 10, 2, 10);
        Assert.Equal(exit, bench.LastCommand);
        bench.Fill(exit, 30, 2, 40);
        Assert.Equal((OrderPurpose.Stop, 60m), (bench.LastCommand.Purpose, bench.LastCommand.Quantity));
    }

    [Fact]
    public void A_stop_that_is_lost_three_times_is_no_protection()
    {
        var bench = new ExecutorBench();
        var (_, stop) = bench.OpenPosition();
        for (var lost = 1; lost < 3; lost++)
        {
            bench.Update(stop, OrderStatus.Canceled);
            stop = bench.LastCommand;
            Assert.Equal(OrderPurpose.Stop, stop.Purpose);
            bench.Update(stop, OrderStatus.Accepted);
        }

        bench.Update(stop, OrderStatus.Canceled);
        Assert.Equal((OrderPurpose.Exit, 100m), (bench.LastCommand.Purpose, bench.LastCommand.Quantity));
        Assert.Equal(1, bench.Counts["unprotected/closing"]);
    }

    [Fact]
    public void A_close_that_is_under_way_is_not_sent_a_second_time_before_it_hangs()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.FillAll(bench.LastCommand, 2);
        bench.Update(bench.LastCommand, OrderStatus.Rejected, code: "would_trigger");
        for (var s = 0; s < 8; s++) bench.Later(1_000);
        Assert.Single(bench.Placed(OrderPurpose.Exit));
        Assert.Equal(8, bench.Counts["unprotected/unconfirmed"]);
        bench.Later(1_000);
        Assert.Equal(2, bench.Placed(OrderPurpose.Exit).Count());
    }

    [Fact]
    public void One_close_is_no_larger_than_the_venue_takes_and_the_rest_follows()
    {
        var book = new SymbolFilterBook(TestBook.Near with { MaxMarketQuantity = 60 });
        var bench = new ExecutorBench(SettingsFor(TradingMode.Sim, isTape: false, book), ready: false);
        bench.Clock(T0);
        bench.Send(StreamCatalog.OrderUpdate, PositionOf(-100, null));
        bench.Later(3_000);
        bench.Later(5_000);
        Assert.Equal((OrderPurpose.Exit, 60m), (bench.LastCommand.Purpose, bench.LastCommand.Quantity));
        bench.FillAll(bench.LastCommand, 2);
        bench.Later(1_000);
        Assert.Equal((OrderPurpose.Exit, 40m), (bench.LastCommand.Purpose, bench.LastCommand.Quantity));
    }

    [Fact]
    public void Since_when_a_position_is_protected_is_told_from_the_first_confirmation()
    {
        var bench = new ExecutorBench();
        bench.OpenPosition();
        var sinceMs = bench.State.Stop.ProtectedSinceMs;
        bench.Later(5_000);
        bench.Send(StreamCatalog.OrderUpdate, PositionOf(100, 2));
        Assert.Equal(sinceMs, Assert.NotNull(bench.State.Stop.ProtectedSinceMs));
    }

    [Fact]
    public void A_stop_move_waits_for_the_first_stop_and_one_to_the_same_place_is_refused()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.FillAll(bench.LastCommand, 2);
        var first = bench.LastCommand;
        bench.Intent(bench.MoveStop(1.995m), "m1");
        Assert.Equal(first, bench.LastCommand);
        bench.Update(first, OrderStatus.Accepted);
        var second = bench.LastCommand;
        Assert.Equal(1.995m, second.TriggerPrice);
        bench.Update(second, OrderStatus.Accepted);
        bench.Intent(bench.MoveStop(1.995m), "m2");
        Assert.Equal(("m2", "stop_not_tighter"), (bench.LastResult.IntentId, bench.LastResult.ReasonCode));
    }

    [Fact]
    public void What_would_be_left_below_the_least_order_goes_with_the_exit()
    {
        var bench = new ExecutorBench();
        bench.Send(StreamCatalog.OrderUpdate, PositionOf(30.05m, 2));
        bench.Later(3_000);
        bench.Update(bench.LastCommand, OrderStatus.Accepted);
        bench.Intent(bench.ExitAll() with { Quantity = 30 }, "x1");
        Assert.Equal((OrderPurpose.Exit, 30.05m), (bench.LastCommand.Purpose, bench.LastCommand.Quantity));
    }

    [Theory]
    [InlineData(50, 2.1, 50, true)]
    [InlineData(50, null, 50, true)]
    [InlineData(-50, 2.1, 50, false)]
    [InlineData(0, null, 0, true)]
    public void What_the_venue_corrects_is_the_same_position_as_long_as_it_is_on_the_same_side(
        int quantity, double? entry, int covered, bool isSame)
    {
        var bench = new ExecutorBench();
        var (_, stop) = bench.OpenPosition();
        bench.Later(1_000);
        bench.Send(StreamCatalog.OrderUpdate, PositionOf(quantity, (decimal?)entry));
        bench.Later(3_000);
        Assert.Equal((ResultKind.Adjustment, Outcome.Applied, (decimal)quantity),
            (bench.LastResult.Kind, bench.LastResult.Outcome, bench.LastResult.PositionQuantity!.Value));
        Assert.Equal(isSame, bench.LastResult.PositionId == OrderIds.Position("i1"));
        Assert.Equal(isSame, bench.LastResult.IntentId == "i1");
        if (quantity == 0)
        {
            Assert.Equal((OrderAction.Cancel, stop.ClientOrderId),
                (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
            return;
        }

        Assert.Equal((decimal)(entry ?? 2), bench.State.Position!.EntryPrice);
        Assert.Equal((OrderAction.Place, OrderPurpose.Stop, (decimal)covered),
            (bench.LastCommand.Action, bench.LastCommand.Purpose, bench.LastCommand.Quantity));
    }

    [Fact]
    public void While_an_order_works_a_difference_is_not_believed()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.Update(bench.LastCommand, OrderStatus.Accepted);
        bench.Send(StreamCatalog.OrderUpdate, PositionOf(100, 2));
        bench.Later(4_000);
        Assert.Empty(bench.Results);
    }

    [Fact]
    public void What_an_adopted_position_cost_is_learnt_once_the_venue_says_it()
    {
        var bench = new ExecutorBench();
        bench.Send(StreamCatalog.OrderUpdate, PositionOf(30, null));
        bench.Later(3_000);
        Assert.NotNull(bench.LastResult.PositionId);
        Assert.False(bench.State.Position!.IsEntryKnown);
        bench.Send(StreamCatalog.OrderUpdate, PositionOf(30, 1.9m));
        Assert.Equal(1.9m, bench.State.Position!.EntryPrice);
    }

    [Fact]
    public void A_stray_order_is_cancelled_as_what_it_is()
    {
        var bench = new ExecutorBench(ExecutorSettings.For(TradingMode.Testnet, isTape: false, TestBook.All));
        bench.Send(StreamCatalog.OrderUpdate, new OrderUpdate
        {
            Kind = UpdateKind.Order, Symbol = Near, ClientOrderId = "q1abcdefghijklmnopqrstuvwxyz",
            Status = OrderStatus.Accepted, Side = Side.Buy, LastFillQuantity = 0, CumulativeQuantity = 0, FeeUsd = 0,
        });
        Assert.Equal((OrderAction.Cancel, Side.Buy, true),
            (bench.LastCommand.Action, bench.LastCommand.Side, bench.LastCommand.ReduceOnly));
        Assert.Equal((1, 1), (bench.Counts["order/stray"], bench.Counts["order/not_ours"]));
    }

    [Fact]
    public void An_order_that_was_only_accepted_moves_no_cash()
    {
        var bench = new ExecutorBench(ExecutorSettings.For(TradingMode.Testnet, isTape: false, TestBook.All));
        bench.Send(StreamCatalog.OrderUpdate, Balance(5_000));
        bench.Later(1_000);
        bench.Intent(bench.Entry(), "i1");
        bench.Later(1_000);
        bench.Update(bench.LastCommand, OrderStatus.Accepted);
        bench.Update(bench.LastCommand, OrderStatus.Rejected, code: "insufficient_margin");
        // Read before the order was answered, it is as good as any.
        bench.Send(StreamCatalog.OrderUpdate, Balance(4_990), bench.NowMs - 500);
        Assert.Equal(4_990m, bench.LastResult.WalletUsd);
    }

    private static OrderUpdate Balance(decimal walletUsd) =>
        PositionOf(0, null) with { Kind = UpdateKind.Balance, PositionQuantity = null, WalletUsd = walletUsd };

    private static OrderUpdate PositionOf(decimal quantity, decimal? price) => new()
    {
        Kind = UpdateKind.Position, Symbol = Near, Status = OrderStatus.Accepted, LastFillQuantity = 0,
        CumulativeQuantity = 0, FeeUsd = 0, PositionQuantity = quantity, PositionEntryPrice = price,
    };
}
