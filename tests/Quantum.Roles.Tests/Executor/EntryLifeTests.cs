using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Roles.Executor.Flow;
using static Quantum.Roles.Tests.Executor.ExecutorBench;

namespace Quantum.Roles.Tests.Executor;

public class EntryLifeTests
{
    [Fact]
    public void A_fresh_intent_becomes_one_market_order_with_a_deterministic_id()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        var command = Assert.Single(bench.Commands);
        Assert.Equal((OrderAction.Place, OrderType.Market, OrderPurpose.Entry),
            (command.Action, command.Type, command.Purpose));
        Assert.Equal((Side.Buy, 100m, false), (command.Side, command.Quantity, command.ReduceOnly));
        Assert.Equal(OrderIds.Client("i1", "entry"), command.ClientOrderId);
        Assert.InRange(command.ClientOrderId.Length, 1, 36);
        Assert.StartsWith("q1", command.ClientOrderId, StringComparison.Ordinal);
        Assert.Equal(bench.NowMs + 30_000, command.DeadlineMs);
    }

    [Fact]
    public void Order_ids_are_128_bit_base32_and_differ_by_intent_and_leg()
    {
        Assert.Equal(28, OrderIds.Client("i1", "entry").Length);
        Assert.Matches("^q1[a-z2-7]{26}$", OrderIds.Client("i1", "entry"));
        Assert.NotEqual(OrderIds.Client("i1", "entry"), OrderIds.Client("i1", "exit"));
        Assert.NotEqual(OrderIds.Client("i1", "entry"), OrderIds.Client("i2", "entry"));
        // SHA-256 of "i1|entry" begins with these bytes; a change of the scheme would orphan live orders.
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("i1|entry"u8)[..16]),
            HexOf(OrderIds.Client("i1", "entry")));
    }

    [Fact]
    public void The_result_tells_fills_and_forwards_the_ILF()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Update(entry, OrderStatus.Accepted);
        bench.Fill(entry, 40, 2.0m, 40);
        Assert.Empty(bench.Results);
        bench.Fill(entry, 60, 2.01m, 100);
        var result = Assert.Single(bench.Results);
        Assert.Equal((ResultKind.Intent, Outcome.Filled, "filled"), (result.Kind, result.Outcome, result.ReasonCode));
        Assert.Equal(("i1", 100m, 2.006m, 0.2m),
            (result.IntentId, result.FilledQuantity, result.AveragePrice, result.FeeUsd));
        Assert.Equal((100m, 5), (result.PositionQuantity, result.Leverage));
        Assert.Equal(bench.Entry().Ilf, result.Ilf);
        Assert.Equal(("signal-1", "logistic", 0.72), (result.SignalId, result.ModelName, result.Confidence));
        Assert.Equal(OrderIds.Position("i1"), result.PositionId);
        Assert.NotNull(result.StopPrice);
    }

    [Fact]
    public void One_entry_in_flight_per_symbol_and_the_newest_waiting_one_wins()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.Intent(bench.Entry(), "i2");
        bench.Intent(bench.Entry(Side.Sell), "i3");
        Assert.Single(bench.Commands);
        var superseded = Assert.Single(bench.Results);
        Assert.Equal(("i2", Outcome.Superseded), (superseded.IntentId, superseded.Outcome));
        bench.Update(bench.Commands[0], OrderStatus.Rejected, code: "insufficient_margin");
        Assert.Equal(("i1", Outcome.Rejected, "insufficient_margin"),
            (bench.LastResult.IntentId, bench.LastResult.Outcome, bench.LastResult.ReasonCode));
        Assert.Equal(OrderIds.Client("i3", "entry"), bench.LastCommand.ClientOrderId);
    }

    [Fact]
    public void An_intent_older_than_one_already_taken_is_superseded()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.Intent(bench.Entry(), "late", bench.NowMs - 1000);
        Assert.Equal(("late", Outcome.Superseded), (bench.LastResult.IntentId, bench.LastResult.Outcome));
    }

    [Fact]
    public void The_same_intent_twice_is_one_order_and_one_result()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.Intent(bench.Entry(), "i1");
        Assert.Single(bench.Commands);
        bench.FillAll(bench.Commands[0], 2);
        bench.Intent(bench.Entry(), "i1");
        Assert.Single(bench.Results);
        Assert.Equal(2, bench.Counts["intent/duplicate"]);
    }

    [Fact]
    public void A_partial_fill_at_the_deadline_is_final_after_the_rest_is_cancelled()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Update(entry, OrderStatus.Accepted);
        bench.Fill(entry, 40, 2, 40);
        bench.Later(30_001);
        var cancel = Assert.Single(bench.Commands, c => c.Action == OrderAction.Cancel);
        Assert.Equal(entry.ClientOrderId, cancel.ClientOrderId);
        Assert.Empty(bench.Results);
        bench.Update(entry, OrderStatus.Canceled, 40);
        var result = Assert.Single(bench.Results);
        Assert.Equal((Outcome.PartiallyFilled, "deadline", 40m),
            (result.Outcome, result.ReasonCode, result.FilledQuantity));
    }

    [Fact]
    public void An_unfilled_order_at_the_deadline_expires()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.Update(bench.LastCommand, OrderStatus.Accepted);
        bench.Later(30_001);
        bench.Update(bench.Commands[0], OrderStatus.Canceled);
        Assert.Equal((Outcome.Expired, "deadline"), (bench.LastResult.Outcome, bench.LastResult.ReasonCode));
    }

    [Fact]
    public void An_ambiguous_answer_is_asked_about_before_anything_is_sent_again()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Update(entry, OrderStatus.Unknown);
        Assert.Equal((OrderAction.Query, entry.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
        bench.Update(entry, OrderStatus.NotFound);
        Assert.Equal((OrderAction.Place, entry.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
        bench.FillAll(entry, 2);
        Assert.Single(bench.Results);
        Assert.Equal(Outcome.Filled, bench.LastResult.Outcome);
    }

    [Fact]
    public void A_lost_order_is_not_sent_again_after_its_deadline()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.Later(5_000);
        Assert.Equal(OrderAction.Query, bench.LastCommand.Action);
        bench.Later(26_000);
        bench.Update(bench.Commands[0], OrderStatus.NotFound);
        Assert.Single(bench.Placed(OrderPurpose.Entry));
        Assert.Equal(Outcome.Expired, bench.LastResult.Outcome);
    }

    [Fact]
    public void An_answer_that_comes_after_the_deadline_sends_nothing_even_before_the_clock_strikes()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.Clock(T0 + 28_000);
        Assert.Equal(OrderAction.Query, bench.LastCommand.Action);
        bench.NowMs = T0 + 30_500;
        bench.Update(bench.Commands[0], OrderStatus.NotFound);
        Assert.Single(bench.Placed(OrderPurpose.Entry));
        Assert.Equal((Outcome.Expired, "deadline"), (bench.LastResult.Outcome, bench.LastResult.ReasonCode));
    }

    [Fact]
    public void A_not_found_that_nobody_asked_for_ends_nothing()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.Later(5_000);
        bench.Update(bench.Commands[0], OrderStatus.Accepted);
        bench.Update(bench.Commands[0], OrderStatus.NotFound);
        Assert.Empty(bench.Results);
        Assert.Single(bench.Placed(OrderPurpose.Entry));
    }

    [Fact]
    public void A_venue_that_never_answers_ends_the_intent_as_failed()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        for (var i = 0; i < 121; i++) bench.Later(5_000);
        Assert.Equal((Outcome.Failed, "venue_silent"), (bench.LastResult.Outcome, bench.LastResult.ReasonCode));
        Assert.Single(bench.Placed(OrderPurpose.Entry));
    }

    [Fact]
    public void The_kill_switch_takes_back_what_works_and_denies_what_waits()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.Intent(bench.Entry(), "i2");
        bench.Send(StreamCatalog.PolicyUpdated, Policy(2) with { KillSwitch = true });
        Assert.Equal(("i2", Outcome.Denied, "kill_switch"),
            (bench.LastResult.IntentId, bench.LastResult.Outcome, bench.LastResult.ReasonCode));
        Assert.Equal(OrderAction.Cancel, bench.LastCommand.Action);
        bench.Update(bench.Commands[0], OrderStatus.Canceled);
        Assert.Equal(("i1", Outcome.Denied, "kill_switch"),
            (bench.LastResult.IntentId, bench.LastResult.Outcome, bench.LastResult.ReasonCode));
    }

    [Fact]
    public void Fills_are_counted_once_by_the_venues_trade_id()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        var fill = bench.FillOf(bench.LastCommand, 40, 2, 40, tradeId: "dup");
        bench.Send(StreamCatalog.OrderUpdate, fill);
        bench.Send(StreamCatalog.OrderUpdate, fill);
        bench.Fill(bench.Commands[0], 60, 2, 100);
        bench.Send(StreamCatalog.OrderUpdate, fill);
        Assert.Equal((100m, 100m), (bench.Results[0].FilledQuantity, bench.Results[0].PositionQuantity));
        Assert.Single(bench.Results);
    }

    [Fact]
    public void A_restart_in_the_middle_goes_on_where_it_was()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Fill(entry, 40, 2, 40);
        bench.Restart();
        bench.Clock(bench.NowMs + 1);
        bench.Fill(entry, 60, 2, 100);
        Assert.Equal((Outcome.Filled, 100m), (Assert.Single(bench.Results).Outcome, bench.LastResult.FilledQuantity));
    }

    [Fact]
    public void Totals_that_run_ahead_of_their_fills_are_counted_once()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Update(entry, OrderStatus.PartiallyFilled, 40, average: 2m);
        bench.Fill(entry, 40, 2, 40);
        bench.Fill(entry, 60, 2, 100);
        Assert.Equal((100m, 2m, 100m),
            (bench.LastResult.FilledQuantity, bench.LastResult.AveragePrice, bench.LastResult.PositionQuantity));
    }

    [Fact]
    public void A_fill_after_the_intents_end_is_one_visible_adjustment_and_is_protected()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Update(entry, OrderStatus.Rejected, code: "venue_expired");
        bench.Send(StreamCatalog.OrderUpdate, bench.FillOf(entry, 100, 2, 100, OrderStatus.Filled));
        Assert.Equal([Outcome.Rejected, Outcome.Filled], bench.Results.Select(r => r.Outcome));
        Assert.Equal((ResultKind.LateFill, "late_fill", 100m),
            (bench.LastResult.Kind, bench.LastResult.ReasonCode, bench.LastResult.FilledQuantity));
        Assert.Equal((OrderPurpose.Stop, 100m), (bench.LastCommand.Purpose, bench.LastCommand.Quantity));
    }

    [Fact]
    public void A_fee_that_comes_after_the_total_is_told_once_and_moves_nothing()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Update(entry, OrderStatus.Filled, 100, average: 2m);
        Assert.Equal((Outcome.Filled, 100m, 0m),
            (bench.LastResult.Outcome, bench.LastResult.FilledQuantity, bench.LastResult.FeeUsd));
        var fill = bench.FillOf(entry, 100, 2, 100, feeUsd: 0.13m);
        bench.Send(StreamCatalog.OrderUpdate, fill);
        bench.Send(StreamCatalog.OrderUpdate, fill);
        Assert.Equal(2, bench.Results.Count);
        Assert.Equal((ResultKind.LateFill, "late_fee", 0m, 0.13m, 100m, (decimal?)null),
            (bench.LastResult.Kind, bench.LastResult.ReasonCode, bench.LastResult.FilledQuantity,
                bench.LastResult.FeeUsd, bench.LastResult.PositionQuantity, bench.LastResult.AveragePrice));
        Assert.Equal(bench.Results[0].PositionId, bench.LastResult.PositionId);
    }

    private static string HexOf(string clientId)
    {
        const string alphabet = "abcdefghijklmnopqrstuvwxyz234567";
        var bits = string.Concat(clientId[2..].Select(c =>
            Convert.ToString(alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var bytes = Enumerable.Range(0, 16).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        return Convert.ToHexStringLower(bytes);
    }
}
