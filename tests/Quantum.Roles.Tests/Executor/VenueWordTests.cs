using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Executor;

namespace Quantum.Roles.Tests.Executor;

/// <summary>The account as the venue tells it, against what the fills made of it.</summary>
public sealed class VenueWordTests
{
    internal static ExecutorBench OnExchange(bool isCompared = true)
    {
        var bench = new ExecutorBench(ExecutorSettings.For(TradingMode.Testnet, isTape: false, TestBook.All));
        if (isCompared) Balance(bench, 5_000);
        return bench;
    }

    internal static void Balance(ExecutorBench bench, decimal walletUsd) => bench.Send(
        StreamCatalog.OrderUpdate, Word(UpdateKind.Balance) with { WalletUsd = walletUsd });

    internal static void Position(ExecutorBench bench, decimal quantity, decimal? entry = 2, decimal? covered = null) =>
        bench.Send(StreamCatalog.OrderUpdate, Word(UpdateKind.Position) with
        {
            PositionQuantity = quantity, PositionEntryPrice = entry, StopQuantity = covered,
        });

    internal static OrderUpdate Word(UpdateKind kind) => new()
    {
        Kind = kind, Symbol = ExecutorBench.Near, Status = OrderStatus.Accepted, LastFillQuantity = 0,
        CumulativeQuantity = 0, FeeUsd = 0,
    };

    [Fact]
    public void Nothing_is_entered_before_the_account_was_compared_with_the_venue_or_too_long_after()
    {
        var bench = OnExchange(isCompared: false);
        bench.Intent(bench.Entry(), "i1");
        Assert.Equal((Outcome.Denied, "venue_unseen"), (bench.LastResult.Outcome, bench.LastResult.ReasonCode));
        Balance(bench, 5_000);
        bench.Later(120_001);
        bench.MakeReady();
        bench.Intent(bench.Entry(), "i2");
        Assert.Equal(("i2", "venue_unseen"), (bench.LastResult.IntentId, bench.LastResult.ReasonCode));
        Balance(bench, 5_000);
        bench.Intent(bench.Entry(), "i3");
        Assert.Equal(OrderPurpose.Entry, bench.LastCommand.Purpose);
    }

    [Fact]
    public void A_position_that_nobody_here_opened_is_left_alone_and_blocks_its_symbol()
    {
        var bench = OnExchange();
        Position(bench, 40);
        bench.Later(3_000);
        bench.Later(600_000);
        Assert.Empty(bench.Commands);
        Assert.DoesNotContain(bench.Results, result => result.Kind == ResultKind.Adjustment);
        Assert.Equal(1, bench.Counts["account/foreign_position"]);
        bench.MakeReady();
        Balance(bench, 5_000);
        bench.Intent(bench.Entry(), "i1");
        Assert.Equal("foreign_position", bench.LastResult.ReasonCode);
        Position(bench, 0, null);
        bench.Intent(bench.Entry(), "i2");
        Assert.Equal(OrderPurpose.Entry, bench.LastCommand.Purpose);
    }

    [Fact]
    public void A_person_takes_a_foreign_position_over_and_it_gets_its_stop()
    {
        var bench = OnExchange();
        Position(bench, -40);
        bench.Later(3_000);
        bench.Send(StreamCatalog.GovernanceControl, new ControlCommand
        {
            Command = ControlAction.Adopt, Symbol = ExecutorBench.Near, Reason = "it is mine", By = "anna",
        });
        Assert.Equal((ResultKind.Adjustment, -40m), (bench.LastResult.Kind, bench.LastResult.PositionQuantity));
        Assert.Equal((OrderPurpose.Stop, Side.Buy, 40m),
            (bench.LastCommand.Purpose, bench.LastCommand.Side, bench.LastCommand.Quantity));
        Assert.True(bench.LastCommand.TriggerPrice > 2);
    }

    [Fact]
    public void Adopting_nothing_changes_nothing_and_is_counted()
    {
        var bench = OnExchange();
        bench.Send(StreamCatalog.GovernanceControl, new ControlCommand
        {
            Command = ControlAction.Adopt, Symbol = ExecutorBench.Near, Reason = "?", By = "anna",
        });
        Assert.Empty(bench.Commands);
        Assert.Equal(1, bench.Counts["control/nothing_to_adopt"]);
    }

    [Fact]
    public void A_position_that_is_gone_is_believed_when_the_fills_were_read_and_not_before()
    {
        var bench = OnExchange();
        var (entry, stop) = bench.OpenPosition();
        Position(bench, 0, null);
        bench.Later(10_000);
        Assert.DoesNotContain(bench.Results, result => result.Kind == ResultKind.Adjustment);
        bench.FillAll(stop, 1.9m);
        Assert.Equal((ResultKind.Stop, 0m), (bench.LastResult.Kind, bench.LastResult.PositionQuantity));
        Assert.DoesNotContain(bench.Results, result => result.Kind == ResultKind.Adjustment);
    }

    [Fact]
    public void What_the_venue_owes_an_answer_for_is_asked_at_once_after_a_restart()
    {
        var bench = OnExchange();
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Later(1_000);
        Assert.Equal(entry, bench.LastCommand);
        bench.Restart();
        bench.Later(1_000);
        Assert.Equal((OrderAction.Query, entry.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
        var asked = bench.Commands.Count;
        bench.Later(1_000);
        Assert.Equal(asked, bench.Commands.Count);
    }

    [Fact]
    public void A_difference_that_a_comparison_found_is_adopted()
    {
        var bench = OnExchange();
        var (entry, stop) = bench.OpenPosition();
        Position(bench, entry.Quantity / 2, 2);
        bench.Later(10_000);
        bench.Update(stop, OrderStatus.Accepted);
        Position(bench, entry.Quantity / 2, 2, covered: entry.Quantity);
        bench.Later(1_000);
        Assert.Contains(bench.Results, result =>
            result.Kind == ResultKind.Adjustment && result.PositionQuantity == entry.Quantity / 2);
    }

    [Fact]
    public void A_stop_that_the_venue_does_not_have_is_asked_for_and_placed_anew()
    {
        var bench = OnExchange();
        var (entry, stop) = bench.OpenPosition();
        bench.Later(1);
        Position(bench, entry.Quantity, 2, covered: entry.Quantity);
        Assert.Equal(OrderAction.Place, bench.LastCommand.Action);
        Position(bench, entry.Quantity, 2, covered: 0);
        Assert.Equal((OrderAction.Query, stop.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
        bench.Update(stop, OrderStatus.NotFound);
        Assert.Equal((OrderAction.Place, OrderPurpose.Stop), (bench.LastCommand.Action, bench.LastCommand.Purpose));
        Assert.NotEqual(stop.ClientOrderId, bench.LastCommand.ClientOrderId);
    }

    [Fact]
    public void A_stop_that_outlived_everything_is_cancelled_but_not_while_it_may_protect()
    {
        var bench = OnExchange();
        var stray = new OrderUpdate
        {
            Kind = UpdateKind.Order, Symbol = ExecutorBench.Near, ClientOrderId = "q1abcdefghijklmnopqrstuvwxyz",
            Status = OrderStatus.Accepted, Side = Side.Sell, LastFillQuantity = 0, CumulativeQuantity = 0, FeeUsd = 0,
        };
        bench.Intent(bench.Entry(), "i1");
        bench.FillAll(bench.LastCommand, 2);
        var stop = bench.LastCommand;
        bench.Send(StreamCatalog.OrderUpdate, stray);
        Assert.Equal(stop, bench.LastCommand);
        bench.Update(stop, OrderStatus.Accepted);
        bench.Send(StreamCatalog.OrderUpdate, stray);
        Assert.Equal((OrderAction.Cancel, stray.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
        bench.Send(StreamCatalog.OrderUpdate, stray with { ClientOrderId = "somebody-elses-order" });
        Assert.Equal(stray.ClientOrderId, bench.LastCommand.ClientOrderId);
    }

    [Fact]
    public void Cash_is_passed_on_when_nothing_is_under_way_and_once()
    {
        var bench = OnExchange();
        Assert.Equal((ResultKind.Balance, 5_000m), (bench.LastResult.Kind, bench.LastResult.WalletUsd));
        Balance(bench, 5_000);
        Assert.Single(bench.Results);
        bench.Intent(bench.Entry(), "i1");
        Balance(bench, 4_999);
        Assert.Single(bench.Results);
        var entry = bench.LastCommand;
        bench.FillAll(entry, 2);
        bench.Update(bench.LastCommand, OrderStatus.Accepted);
        bench.Later(1);
        Balance(bench, 4_999);
        Assert.Equal((ResultKind.Balance, 4_999m), (bench.LastResult.Kind, bench.LastResult.WalletUsd));
    }

    [Fact]
    public void A_stop_that_the_venue_does_not_confirm_in_time_is_followed_by_a_close()
    {
        var bench = OnExchange();
        bench.Intent(bench.Entry(), "i1");
        bench.FillAll(bench.LastCommand, 2);
        Assert.Equal(OrderPurpose.Stop, bench.LastCommand.Purpose);
        for (var s = 0; s < 8; s++) bench.Later(1_000);
        Assert.Empty(bench.Placed(OrderPurpose.Exit));
        bench.Later(1_000);
        var close = Assert.Single(bench.Placed(OrderPurpose.Exit));
        Assert.True(close.ReduceOnly);
        for (var s = 0; s < 6; s++) bench.Later(1_000);
        Assert.DoesNotContain("protection/beyond_limit", bench.Counts.Keys);
        bench.Later(1_000);
        Assert.Equal(1, bench.Counts["protection/beyond_limit"]);
    }

    [Fact]
    public void The_ledger_says_since_when_the_venue_has_confirmed_a_stop_for_all()
    {
        var bench = OnExchange();
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Fill(entry, 40, 2, 40);
        var first = bench.LastCommand;
        bench.Later(1_000);
        bench.Update(first, OrderStatus.Accepted);
        var guard = bench.State.Stop;
        Assert.Equal((ExecutorBench.T0 + 1_000, (long?)null), (guard.ProtectedSinceMs, guard.UnprotectedSinceMs));
        bench.Later(1_000);
        bench.Fill(entry, 60, 2, 100);
        guard = bench.State.Stop;
        Assert.Equal((null, ExecutorBench.T0 + 2_000), (guard.ProtectedSinceMs, guard.UnprotectedSinceMs!.Value));
        bench.Later(1_000);
        bench.Update(bench.LastCommand, OrderStatus.Accepted);
        Assert.Equal(ExecutorBench.T0 + 3_000, bench.State.Stop.ProtectedSinceMs);
    }

    [Fact]
    public void A_close_whose_end_was_lost_is_asked_for_when_the_account_is_compared_and_its_fills_are_told()
    {
        var bench = OnExchange();
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Fill(entry, 40, 2, 40);
        var stop = bench.LastCommand;
        bench.Update(stop, OrderStatus.Accepted);
        bench.Fill(entry, 60, 2, 100);
        // The larger stop would trigger: everything is closed, while the smaller one still rests.
        bench.Update(bench.LastCommand, OrderStatus.Rejected, code: "would_trigger");
        var close = bench.LastCommand;
        Assert.Equal((OrderPurpose.Exit, 100m), (close.Purpose, close.Quantity));
        bench.Update(close, OrderStatus.Accepted);
        bench.FillAll(stop, 1.98m);
        bench.Fill(close, 60, 1.98m, 60);
        Assert.Equal(0, bench.State.PositionQuantity);
        // The venue lets go of the rest of it, and nobody hears.
        bench.Later(30_000);
        Position(bench, 0, null, covered: 0);
        Assert.Equal((OrderAction.Query, close.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
        bench.Update(close, OrderStatus.Expired, 60);
        Assert.Equal((ResultKind.Stop, "unprotected", 60m, 0m), (bench.LastResult.Kind, bench.LastResult.ReasonCode,
            bench.LastResult.FilledQuantity, bench.LastResult.PositionQuantity));
    }

    [Fact]
    public void A_word_that_was_read_before_a_fill_says_nothing_of_it()
    {
        var bench = OnExchange();
        var beganMs = bench.NowMs;
        bench.Later(400);
        bench.OpenPosition();
        bench.Send(
            StreamCatalog.OrderUpdate,
            Word(UpdateKind.Position) with { PositionQuantity = 0, StopQuantity = 0 }, atMs: beganMs);
        bench.Send(
            StreamCatalog.OrderUpdate, Word(UpdateKind.Balance) with { WalletUsd = 4_000 }, atMs: beganMs);
        for (var s = 0; s < 10; s++) bench.Later(1_000);
        Assert.Equal(100, bench.State.PositionQuantity);
        Assert.DoesNotContain(bench.Results, result => result.Kind == ResultKind.Adjustment);
        Assert.DoesNotContain(bench.Results, result => result.WalletUsd == 4_000);
        Assert.DoesNotContain(bench.Commands, command => command.Action == OrderAction.Cancel);
    }

    [Fact]
    public void A_position_whose_stop_is_ours_is_ours_though_everything_of_it_was_forgotten()
    {
        var bench = OnExchange();
        Position(bench, 40, covered: 40);
        bench.Send(StreamCatalog.OrderUpdate, new OrderUpdate
        {
            Kind = UpdateKind.Order, Symbol = ExecutorBench.Near, ClientOrderId = "q1abcdefghijklmnopqrstuvwxyz",
            Status = OrderStatus.Accepted, Side = Side.Sell, LastFillQuantity = 0, CumulativeQuantity = 0, FeeUsd = 0,
        });
        Assert.Empty(bench.Commands);
        bench.Later(3_000);
        Assert.Equal((ResultKind.Adjustment, 40m), (bench.LastResult.Kind, bench.LastResult.PositionQuantity));
        Assert.Equal((OrderAction.Place, OrderPurpose.Stop), (bench.LastCommand.Action, bench.LastCommand.Purpose));
    }

    [Fact]
    public void A_stop_that_was_hit_while_nobody_listened_is_asked_for_and_its_fill_is_booked()
    {
        var bench = OnExchange();
        var (entry, stop) = bench.OpenPosition();
        bench.Later(1_000);
        Position(bench, 0, null, covered: 0);
        bench.Later(3_000);
        Assert.Equal((OrderAction.Query, stop.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
        bench.Update(stop, OrderStatus.Filled, cumulative: entry.Quantity, average: 1.9m);
        bench.Later(1_000);
        var told = bench.Results.Last(result => result.Kind == ResultKind.Stop);
        Assert.Equal((entry.Quantity, 1.9m, 0m),
            (told.FilledQuantity, told.AveragePrice!.Value, told.PositionQuantity!.Value));
        Assert.DoesNotContain(bench.Results, result => result.Kind == ResultKind.Adjustment);
    }

    [Fact]
    public void A_reducing_fill_of_a_position_that_is_gone_opens_none()
    {
        var bench = OnExchange();
        var (entry, stop) = bench.OpenPosition();
        bench.Later(1_000);
        Position(bench, 0, null, covered: 0);
        bench.Later(3_000);
        bench.Later(5_000);
        Assert.Equal(ResultKind.Adjustment, bench.LastResult.Kind);
        bench.Fill(stop, entry.Quantity, 1.9m, entry.Quantity);
        Assert.Equal(0, bench.State.PositionQuantity);
        Assert.Equal(ResultKind.Adjustment, bench.LastResult.Kind);
        Assert.Equal(1, bench.Counts["order/nothing_to_reduce"]);
    }

    [Fact]
    public void Somebody_elses_liquidation_is_no_loss_of_ours()
    {
        var bench = OnExchange();
        Position(bench, 40);
        bench.Later(3_000);
        bench.Send(StreamCatalog.OrderUpdate, Word(UpdateKind.Liquidation) with
        {
            Side = Side.Sell, LastFillQuantity = 40, LastFillPrice = 1, CumulativeQuantity = 40, VenueTradeId = "l1",
        });
        Assert.DoesNotContain(bench.Results, result => result.Kind == ResultKind.Liquidation);
        Assert.Equal(1, bench.Counts["order/nothing_to_reduce"]);
    }

    [Fact]
    public void A_stop_refused_for_the_rate_is_tried_again_and_says_nothing_against_it()
    {
        var bench = OnExchange();
        bench.Intent(bench.Entry(), "i1");
        bench.FillAll(bench.LastCommand, 2);
        for (var i = 0; i < 5; i++)
        {
            bench.Update(bench.LastCommand, OrderStatus.Rejected, code: "rate_limited");
            bench.Later(1_000);
            Assert.Equal((OrderAction.Place, OrderPurpose.Stop),
                (bench.LastCommand.Action, bench.LastCommand.Purpose));
        }

        Assert.Empty(bench.Placed(OrderPurpose.Exit));
    }

    [Fact]
    public void Nothing_is_entered_while_the_venue_holds_what_no_fill_explains()
    {
        var bench = OnExchange();
        Position(bench, 2);
        bench.Intent(bench.Entry(), "i1");
        Assert.Equal("position_unclear", bench.LastResult.ReasonCode);
    }

    [Fact]
    public void An_exit_without_an_answer_does_not_keep_the_emergency_from_closing()
    {
        var bench = OnExchange();
        var (_, stop) = bench.OpenPosition();
        bench.Intent(bench.ExitAll(), "x1");
        var exit = bench.LastCommand;
        bench.Update(stop, OrderStatus.Canceled);
        for (var s = 0; s < 40; s++) bench.Later(1_000);
        var closes = bench.Placed(OrderPurpose.Exit).Where(order => order.ClientOrderId != exit.ClientOrderId);
        Assert.NotEmpty(closes);
    }
}
