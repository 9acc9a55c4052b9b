using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Executor.State;
using Quantum.Roles.Positions;

namespace Quantum.Roles.Tests.Executor;

/// <summary>What of a symbol is remembered, watched, and waited for.</summary>
public sealed class SymbolStateTests
{
    private const long NowMs = ExecutorBench.T0;

    [Fact]
    public void Of_finished_orders_the_last_twelve_are_kept_and_none_that_is_still_spoken_of()
    {
        var state = NewState();
        for (var i = 0; i < 20; i++) state.Orders.Add(Order($"o{i}", OrderStage.Done));
        state.Orders.Insert(0, Order("live", OrderStage.Known));
        (state.Entry, state.Exit, state.StopMove) = (FlightOf("o0"), FlightOf("o1"), FlightOf("o2"));
        (state.Stop.RestingId, state.Stop.PendingId, state.Stop.CloseId) = ("o3", "o4", "o5");

        state.Prune();

        Assert.Equal(
            "live o0 o1 o2 o3 o4 o5 o14 o15 o16 o17 o18 o19",
            string.Join(' ', state.Orders.Select(order => order.ClientOrderId)));
        state.Prune();
        Assert.Equal(13, state.Orders.Count);
    }

    [Fact]
    public void The_last_96_trades_of_the_venue_and_the_last_64_intents_are_known_again()
    {
        var state = NewState();
        for (var i = 0; i < 100; i++) Assert.True(state.TryCountTrade($"t{i}"));
        Assert.False(state.TryCountTrade("t4"));
        Assert.Equal((96, "t4", "t99"), (state.Trades.Count, state.Trades[0], state.Trades[^1]));

        var seen = new SeenIntents();
        for (var i = 0; i < 70; i++) Assert.True(seen.TryAdd($"i{i}"));
        Assert.False(seen.TryAdd("i6"));
        Assert.Equal((64, "i6", "i69"), (seen.Ids.Count, seen.Ids[0], seen.Ids[^1]));
    }

    public static TheoryData<string, bool, bool> Causes => new()
    {
        { "nothing", false, false },
        { "entry", true, true },
        { "exit", true, true },
        { "difference", true, true },
        { "order that is awaited", true, true },
        { "funding that is not told", false, true },
        { "fill that is not told", false, true },
        { "fee that is not told", false, true },
        { "fee that is not told for a minute", false, false },
        { "stop that moves", true, false },
        { "entry that waits", true, false },
        { "exit that waits", true, false },
        { "position without a stop", true, false },
        { "position with its stop", false, false },
        { "position with its stop and something refused", true, false },
        { "order that rests", false, false },
    };

    [Theory, MemberData(nameof(Causes))]
    public void Each_cause_alone_has_its_symbol_watched_or_its_cash_waited_for(string cause, bool clock, bool underWay)
    {
        var state = NewState();
        var order = Order("o", OrderStage.Known);
        state.Orders.Add(order);
        switch (cause)
        {
            case "entry": state.Entry = FlightOf("o"); break;
            case "exit": state.Exit = FlightOf("o"); break;
            case "difference": state.Difference = new VenueDifference(1, 2, NowMs); break;
            case "order that is awaited": order.Stage = OrderStage.Sending; break;
            case "funding that is not told": state.HeldFundingUsd = -1; break;
            case "fill that is not told": order.AddFill(1, 2, 0); break;
            case "fee that is not told": (order.UntoldQuantity, order.AwaitedSinceMs) = (1, NowMs - 59_999); break;
            case "fee that is not told for a minute":
                (order.UntoldQuantity, order.AwaitedSinceMs) = (1, NowMs - 60_000);
                break;
            case "stop that moves": state.StopMove = FlightOf("o"); break;
            case "entry that waits": state.WaitingEntry = Record; break;
            case "exit that waits": state.WaitingExits.Add(Record); break;
            case "position without a stop": state.Position = Position(2); break;
            case "position with its stop": (state.Position, state.Stop.RestingId) = (Position(2), "o"); break;
            case "position with its stop and something refused":
                (state.Position, state.Stop.RestingId, state.Stop.NotBeforeMs) = (Position(2), "o", NowMs);
                break;
        }

        Assert.Equal((clock, underWay), (state.NeedsClock, state.IsUnderWay(NowMs)));
    }

    [Fact]
    public void Results_are_held_back_once_an_entry_that_works_has_a_fill()
    {
        var state = NewState();
        var order = Order("o", OrderStage.Known);
        state.Orders.Add(order);
        state.Entry = FlightOf("o");
        Assert.False(state.HoldsResults);
        order.AddFill(1, 2, 0);
        Assert.True(state.HoldsResults);
    }

    [Theory]
    [InlineData(null, null, null, false)]
    [InlineData("o", null, null, true)]
    [InlineData(null, "o", null, true)]
    [InlineData(null, null, "o", true)]
    public void A_stop_is_at_work_when_one_rests_or_comes_or_its_position_is_closed(
        string? resting, string? pending, string? close, bool isAtWork) => Assert.Equal(
        isAtWork, new StopGuard { RestingId = resting, PendingId = pending, CloseId = close }.IsAtWork);

    [Fact]
    public void A_position_that_cost_nothing_was_told_without_its_price()
    {
        Assert.True(Position(2).IsEntryKnown);
        Assert.False(Position(0).IsEntryKnown);
    }

    private static IntentRecord Record => new()
    {
        Id = "i", CorrelationId = "i", AtMs = NowMs, DeadlineMs = NowMs, Mode = TradingMode.Sim,
        Intent = new ExecutorBench().Entry(),
    };

    private static SymbolState NewState() => new() { Symbol = ExecutorBench.Near };

    private static PositionRecord Position(decimal price) => new()
    {
        Id = "p", IntentId = "i", CorrelationId = "c", Net = new NetPosition(1, price),
    };

    private static Flight FlightOf(string id) => new() { Record = Record, ClientOrderId = id, PositionId = "p" };

    private static OrderRecord Order(string id, OrderStage stage) => new()
    {
        ClientOrderId = id, IntentId = "i", PositionId = "p", CorrelationId = "c", Purpose = OrderPurpose.Entry,
        Type = OrderType.Market, Side = Side.Buy, Quantity = 10, ReduceOnly = false, Stage = stage,
    };
}
