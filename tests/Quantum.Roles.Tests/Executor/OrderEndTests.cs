using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Executor.Flow;
using static Quantum.Roles.Tests.Executor.ExecutorBench;

namespace Quantum.Roles.Tests.Executor;

/// <summary>How what waits, what works and what comes late ends: once, with its own figures.</summary>
public sealed class OrderEndTests
{
    private readonly ExecutorBench _bench = new();

    [Fact]
    public void An_entry_that_waited_past_its_deadline_expires_by_the_clock()
    {
        _bench.Intent(_bench.Entry(), "i1");
        _bench.Update(_bench.LastCommand, OrderStatus.Accepted);
        _bench.Intent(_bench.Entry(), "i2");
        _bench.Later(30_000);
        Assert.Empty(_bench.Results);
        _bench.Later(1);
        Assert.Equal(("i2", Outcome.Expired, "stale"), End(_bench.LastResult));
    }

    [Fact]
    public void An_entry_whose_turn_comes_after_its_deadline_is_not_sent_though_no_clock_struck()
    {
        _bench.Intent(_bench.Entry(), "i1");
        var first = _bench.LastCommand;
        _bench.Intent(_bench.Entry(), "i2");
        _bench.Clock(T0 + 28_000);
        _bench.NowMs = T0 + 30_500;
        _bench.Update(first, OrderStatus.Rejected, code: "insufficient_margin");
        Assert.Equal(("i2", Outcome.Expired, "stale"), End(_bench.LastResult));
        Assert.Single(_bench.Placed(OrderPurpose.Entry));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Exits_that_waited_past_their_deadline_expire_by_the_clock_or_when_their_turn_comes(bool byClock)
    {
        _bench.OpenPosition();
        _bench.Intent(_bench.ExitAll() with { Quantity = 40 }, "x1");
        var first = _bench.LastCommand;
        _bench.Intent(_bench.ExitAll() with { Quantity = 10 }, "x2");
        _bench.Intent(_bench.ExitAll() with { Quantity = 20 }, "x3");
        if (byClock)
        {
            _bench.Later(30_000);
            Assert.Single(_bench.Results);
            _bench.Later(1);
        }
        else
        {
            _bench.Clock(T0 + 28_000);
            _bench.NowMs = T0 + 30_500;
            _bench.FillAll(first, 2);
        }

        Assert.Equal(["x2", "x3"], _bench.Results.Where(result => result.Outcome == Outcome.Expired)
            .Select(result => result.IntentId).Order());
        Assert.Single(_bench.Placed(OrderPurpose.Exit));
    }

    [Fact]
    public void A_lost_order_is_sent_three_times_and_then_it_failed()
    {
        _bench.Intent(_bench.Entry(), "i1");
        var entry = _bench.LastCommand;
        for (var sent = 1; sent <= 3; sent++)
        {
            Assert.Equal(sent, _bench.Placed(OrderPurpose.Entry).Count());
            _bench.Update(entry, OrderStatus.Unknown);
            _bench.Update(entry, OrderStatus.NotFound);
        }

        Assert.Equal(3, _bench.Placed(OrderPurpose.Entry).Count());
        Assert.Equal(("i1", Outcome.Failed, "venue_lost"), End(_bench.LastResult));
        Assert.Contains("after 3 tries", _bench.LastResult.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_was_given_up_and_turns_up_is_taken_back()
    {
        _bench.Intent(_bench.Entry(), "i1");
        var entry = _bench.LastCommand;
        for (var i = 0; i < 121; i++) _bench.Later(5_000);
        Assert.Equal("venue_silent", _bench.LastResult.ReasonCode);
        _bench.Update(entry, OrderStatus.Accepted);
        Assert.Equal((OrderAction.Cancel, entry.ClientOrderId, 0m, (decimal?)null),
            (_bench.LastCommand.Action, _bench.LastCommand.ClientOrderId, _bench.LastCommand.Quantity,
                _bench.LastCommand.ReferencePrice));
        Assert.Equal((100m, 2m), (entry.Quantity, entry.ReferencePrice));
        // And asked for until the venue answers, however long it was silent before.
        _bench.Later(5_000);
        Assert.Equal((OrderAction.Query, entry.ClientOrderId),
            (_bench.LastCommand.Action, _bench.LastCommand.ClientOrderId));
        _bench.Update(entry, OrderStatus.Canceled);
        _bench.Later(5_000);
        Assert.Equal(OrderAction.Query, _bench.LastCommand.Action);
    }

    [Fact]
    public void What_the_venue_ended_keeps_the_venues_word_and_an_entry_without_a_fill_no_position()
    {
        _bench.Intent(_bench.Entry(), "i1");
        _bench.Update(_bench.LastCommand, OrderStatus.Canceled, code: "self_trade");
        Assert.Equal(("i1", Outcome.Failed, "self_trade"), End(_bench.LastResult));
        Assert.Null(_bench.LastResult.PositionId);
        Assert.Equal(5, _bench.LastResult.Leverage);
        Assert.Equal(1, _bench.Counts["intent/self_trade"]);
    }

    [Fact]
    public void A_fill_without_an_id_counts_by_the_orders_total()
    {
        _bench.Intent(_bench.Entry(), "i1");
        var fill = _bench.FillOf(_bench.LastCommand, 40, 2, 40) with { VenueTradeId = null };
        _bench.Send(StreamCatalog.OrderUpdate, fill);
        _bench.Send(StreamCatalog.OrderUpdate, fill);
        Assert.Equal(40, _bench.State.PositionQuantity);
    }

    [Fact]
    public void A_total_ahead_of_its_fills_is_worth_what_is_missing_to_the_average()
    {
        _bench.Intent(_bench.Entry(), "i1");
        var entry = _bench.LastCommand;
        _bench.Fill(entry, 40, 2, 40);
        // 100 at 2.03 are 203: the sixty that were not told cost 2.05.
        _bench.Update(entry, OrderStatus.Filled, 100, average: 2.03m);
        Assert.Equal((100m, 2.03m), (_bench.LastResult.FilledQuantity, _bench.LastResult.AveragePrice));
        Assert.Equal(2.03m, _bench.State.Position!.EntryPrice);
        _bench.Fill(entry, 60, 2.05m, 100);
        Assert.Equal(100, _bench.State.PositionQuantity);
    }

    [Fact]
    public void A_late_fill_is_told_with_its_own_price_and_fee_alone()
    {
        _bench.Intent(_bench.Entry(), "i1");
        var entry = _bench.LastCommand;
        _bench.Fill(entry, 40, 2, 40);
        _bench.Update(_bench.LastCommand, OrderStatus.Accepted);
        _bench.Update(entry, OrderStatus.Canceled, 40);
        _bench.Send(StreamCatalog.OrderUpdate, _bench.FillOf(entry, 60, 2.1m, 100, feeUsd: 0.2m));
        Assert.Equal((ResultKind.LateFill, 60m, 2.1m, 0.2m, 100m),
            (_bench.LastResult.Kind, _bench.LastResult.FilledQuantity, _bench.LastResult.AveragePrice!.Value,
                _bench.LastResult.FeeUsd, _bench.LastResult.PositionQuantity!.Value));
        Assert.Equal(1, _bench.Counts["account/late_fill"]);
    }

    [Fact]
    public void The_stop_that_an_intent_fixed_stays_where_it_is_whatever_the_fill_cost()
    {
        _bench.Intent(_bench.Entry() with { StopLoss = 1.95m }, "i1");
        _bench.FillAll(_bench.LastCommand, 2.01m);
        Assert.Equal(1.95m, _bench.LastCommand.TriggerPrice);
    }

    [Fact]
    public void No_liquidation_takes_more_than_is_held_and_no_funding_is_a_fill()
    {
        _bench.OpenPosition();
        _bench.Send(StreamCatalog.OrderUpdate, Word(UpdateKind.Funding) with { FundingUsd = -1 });
        Assert.Equal(Outcome.Applied, _bench.LastResult.Outcome);
        _bench.Send(StreamCatalog.OrderUpdate, Word(UpdateKind.Liquidation) with
        {
            Side = Side.Sell, LastFillQuantity = 150, LastFillPrice = 1.6m, VenueTradeId = "l1",
        });
        Assert.Equal((ResultKind.Liquidation, Outcome.Filled, 100m, 0m),
            (_bench.LastResult.Kind, _bench.LastResult.Outcome, _bench.LastResult.FilledQuantity,
                _bench.LastResult.PositionQuantity!.Value));
    }

    [Fact]
    public void An_order_of_a_symbol_that_nobody_knows_is_counted()
    {
        _bench.Send(StreamCatalog.OrderUpdate, Word(UpdateKind.Position) with
        {
            Symbol = Symbol.Parse("NOPEUSDT"), PositionQuantity = 1, PositionEntryPrice = 1,
        });
        Assert.Equal(1, _bench.Counts["order_update/symbol_unknown"]);
    }

    [Fact]
    public void A_denied_exit_names_the_position_that_was_meant()
    {
        _bench.Intent(_bench.ExitAll() with { PositionId = "p-of-before" }, "x1");
        Assert.Equal(("no_position", "p-of-before"), (_bench.LastResult.ReasonCode, _bench.LastResult.PositionId));
    }

    [Fact]
    public void A_word_that_came_too_late_names_side_and_position_all_the_same()
    {
        _bench.OpenPosition();
        var saidMs = _bench.NowMs;
        _bench.Clock(saidMs + 31_000);
        _bench.Send(StreamCatalog.GovernanceControl, new ControlCommand
        {
            Command = ControlAction.Close, Symbol = Near, PositionId = "p-of-before", Reason = "because", By = "anna",
        }, saidMs, "w1");
        Assert.Equal((Outcome.Expired, Side.Sell, OrderIds.Position("i1")),
            (_bench.LastResult.Outcome, _bench.LastResult.Side, _bench.LastResult.PositionId));
    }

    [Fact]
    public void On_a_tape_a_word_counts_from_when_it_is_heard()
    {
        var bench = new ExecutorBench(SettingsFor(TradingMode.Sim, isTape: true, TestBook.All));
        bench.OpenPosition();
        bench.Send(StreamCatalog.GovernanceControl, new ControlCommand
        {
            Command = ControlAction.Close, Symbol = Near, Reason = "because", By = "anna",
        }, T0 - 86_400_000, "w1");
        Assert.Equal(OrderPurpose.Exit, bench.LastCommand.Purpose);
    }

    [Fact]
    public void Whatever_else_the_operator_says_is_not_the_executors()
    {
        _bench.OpenPosition();
        var before = _bench.Results.Count;
        _bench.Send(StreamCatalog.GovernanceControl, new ControlCommand
        {
            Command = ControlAction.Flatten, Reason = "because", By = "anna",
        });
        Assert.Equal(before, _bench.Results.Count);
        Assert.Empty(_bench.Placed(OrderPurpose.Exit));
    }

    [Theory]
    [InlineData("q1abcdefghijklmnopqrstuvwxyz", true)]
    [InlineData("q1short", false)]
    [InlineData("x1abcdefghijklmnopqrstuvwxyz", false)]
    [InlineData(null, false)]
    public void An_order_is_ours_by_prefix_and_length(string? id, bool isOurs) =>
        Assert.Equal(isOurs, OrderIds.IsOurs(id));

    private static (string?, Outcome, string) End(ExecutionResult result) =>
        (result.IntentId, result.Outcome, result.ReasonCode);

    private static OrderUpdate Word(UpdateKind kind) => new()
    {
        Kind = kind, Symbol = Near, Status = OrderStatus.Accepted, LastFillQuantity = 0, CumulativeQuantity = 0,
        FeeUsd = 0,
    };
}
