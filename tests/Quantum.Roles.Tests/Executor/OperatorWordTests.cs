using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Executor;
using static Quantum.Roles.Tests.Executor.ExecutorBench;

namespace Quantum.Roles.Tests.Executor;

/// <summary>Close and stop move by hand: each word has its one end under its own id.</summary>
public sealed class OperatorWordTests
{
    private readonly ExecutorBench _bench = new();

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    public void Close_closes_reduce_only_and_ends_with_what_was_filled(Side side)
    {
        _bench.OpenPosition(side);
        Close("w1");
        var exit = _bench.LastCommand;
        Assert.Equal((OrderPurpose.Exit, OrderType.Market, 100m, true),
            (exit.Purpose, exit.Type, exit.Quantity, exit.ReduceOnly));
        Assert.NotEqual(side, exit.Side);
        Assert.DoesNotContain(_bench.Results, result => result.IntentId == "w1");
        _bench.Restart();
        _bench.FillAll(exit, 2.02m);
        var end = Assert.Single(_bench.Results, result => result.IntentId == "w1");
        Assert.Equal((Outcome.Filled, "operator_close", 0m, 2.02m),
            (end.Outcome, end.IntentReason, end.PositionQuantity, end.AveragePrice));
    }

    [Fact]
    public void Close_passes_while_entries_are_blocked()
    {
        _bench.OpenPosition();
        _bench.Send(StreamCatalog.PolicyUpdated, Policy(2) with { KillSwitch = true, RiskMode = RiskMode.Halt });
        Close("w1");
        Assert.Equal(OrderPurpose.Exit, _bench.LastCommand.Purpose);
    }

    [Theory]
    [InlineData(Side.Buy, 1.99)]
    [InlineData(Side.Sell, 2.01)]
    public void A_tighter_stop_is_placed_before_the_old_one_goes_and_the_word_ends_applied(Side side, double wanted)
    {
        var (_, old) = _bench.OpenPosition(side);
        Move("w1", (decimal)wanted);
        var stop = _bench.LastCommand;
        Assert.Equal((OrderPurpose.Stop, OrderAction.Place, (decimal)wanted),
            (stop.Purpose, stop.Action, stop.TriggerPrice));
        _bench.Update(stop, OrderStatus.Accepted);
        var end = Assert.Single(_bench.Results, result => result.IntentId == "w1");
        Assert.Equal((Outcome.Applied, "stop_moved", "operator_stop", (decimal)wanted),
            (end.Outcome, end.ReasonCode, end.IntentReason, end.StopPrice));
        Assert.Equal((OrderAction.Cancel, old.ClientOrderId),
            (_bench.LastCommand.Action, _bench.LastCommand.ClientOrderId));
    }

    [Theory]
    [InlineData(1.5, "stop_not_tighter", "is not tighter than the stop at")]
    [InlineData(2.5, "stop_wrong_side", "is already crossed by the last price 2.0")]
    public void A_stop_that_is_looser_or_crossed_is_refused_with_the_figures(double wanted, string code, string words)
    {
        var (_, old) = _bench.OpenPosition();
        var before = _bench.Commands.Count;
        Move("w1", (decimal)wanted);
        Assert.Equal((Outcome.Denied, code, old.TriggerPrice),
            (_bench.LastResult.Outcome, _bench.LastResult.ReasonCode, _bench.LastResult.StopPrice));
        Assert.Contains(words, _bench.LastResult.Reason, StringComparison.Ordinal);
        Assert.Contains($"{wanted}", _bench.LastResult.Reason, StringComparison.Ordinal);
        Assert.Equal(before, _bench.Commands.Count);
    }

    [Theory]
    [InlineData(ControlAction.Close)]
    [InlineData(ControlAction.MoveStop)]
    public void Without_a_position_it_is_denied_without_a_side(ControlAction action)
    {
        Say(action, "w1", 1.9m);
        Assert.Equal((Outcome.Denied, "no_position", null),
            (_bench.LastResult.Outcome, _bench.LastResult.ReasonCode, _bench.LastResult.Side));
        Assert.Empty(_bench.Commands);
    }

    [Fact]
    public void A_word_about_another_position_than_the_open_one_is_denied()
    {
        _bench.OpenPosition();
        Say(ControlAction.Close, "w1", position: "p-of-before");
        Assert.Equal("other_position", _bench.LastResult.ReasonCode);
        Say(ControlAction.Close, "w2", position: _bench.LastResult.PositionId);
        Assert.Equal(OrderPurpose.Exit, _bench.LastCommand.Purpose);
    }

    [Fact]
    public void What_is_not_ours_is_not_closed_before_it_is_adopted()
    {
        var bench = new ExecutorBench(ExecutorSettings.For(TradingMode.Testnet, isTape: false, TestBook.All));
        bench.Send(StreamCatalog.OrderUpdate, new OrderUpdate
        {
            Kind = UpdateKind.Position, Symbol = Near, Status = OrderStatus.Accepted, LastFillQuantity = 0,
            CumulativeQuantity = 0, FeeUsd = 0, PositionQuantity = 40, PositionEntryPrice = 2,
        });
        bench.Later(3_000);
        bench.Send(StreamCatalog.GovernanceControl, Word(ControlAction.Close), id: "w1");
        Assert.Equal("no_position", bench.LastResult.ReasonCode);
        Assert.Contains("the 40 at the venue is not ours: adopt it first", bench.LastResult.Reason);
        Assert.Empty(bench.Commands);
    }

    [Fact]
    public void Heard_twice_it_is_done_once_also_after_a_restart()
    {
        _bench.OpenPosition();
        Close("w1");
        _bench.Restart();
        _bench.Clock(_bench.NowMs);
        Close("w1");
        Assert.Single(_bench.Placed(OrderPurpose.Exit));
        Assert.Equal(1, _bench.Counts["control/duplicate"]);
    }

    [Fact]
    public void An_old_word_is_not_followed_and_ends_as_expired()
    {
        _bench.OpenPosition();
        var saidMs = _bench.NowMs;
        _bench.Clock(saidMs + 31_000);
        _bench.Send(StreamCatalog.GovernanceControl, Word(ControlAction.Close), saidMs, "w1");
        Assert.Equal((Outcome.Expired, "stale"), (_bench.LastResult.Outcome, _bench.LastResult.ReasonCode));
        Assert.Empty(_bench.Placed(OrderPurpose.Exit));
    }

    [Fact]
    public void A_tighter_stop_that_waits_is_not_given_up_for_a_looser_one()
    {
        _bench.OpenPosition();
        _bench.Tick(2.5m);
        _bench.Intent(_bench.MoveStop(2.05m), "m1");
        var first = _bench.LastCommand;
        Move("w1", 2.2m);
        _bench.Intent(_bench.MoveStop(2.1m), "m2");
        _bench.Update(first, OrderStatus.Accepted);
        var second = _bench.Placed(OrderPurpose.Stop).Last();
        Assert.Equal(2.2m, second.TriggerPrice);
        _bench.Update(second, OrderStatus.Accepted);
        Assert.Equal("applied applied denied", string.Join(' ', ((string[])["m1", "w1", "m2"]).Select(id =>
            Assert.Single(_bench.Results, result => result.IntentId == id).Outcome.ToString().ToLowerInvariant())));
    }

    private void Close(string id) => Say(ControlAction.Close, id);

    private void Move(string id, decimal price) => Say(ControlAction.MoveStop, id, price);

    private void Say(ControlAction action, string id, decimal? price = null, string? position = null) => _bench.Send(
        StreamCatalog.GovernanceControl,
        Word(action) with { StopPrice = action == ControlAction.MoveStop ? price : null, PositionId = position },
        id: id);

    private static ControlCommand Word(ControlAction action) => new()
    {
        Command = action, Symbol = Near, Reason = "because", By = "anna",
    };
}
