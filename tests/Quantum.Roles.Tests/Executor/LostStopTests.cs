using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Executor;

namespace Quantum.Roles.Tests.Executor;

/// <summary>A position whose stop, or whose close, was lost on the way: it does not wait for certainty.</summary>
public sealed class LostStopTests
{
    private static ExecutorBench OnExchange()
    {
        var bench = new ExecutorBench(ExecutorSettings.For(TradingMode.Testnet, isTape: false, TestBook.All));
        bench.Send(StreamCatalog.OrderUpdate, new OrderUpdate
        {
            Kind = UpdateKind.Balance, Symbol = ExecutorBench.Near, Status = OrderStatus.Accepted, WalletUsd = 5_000,
            LastFillQuantity = 0, CumulativeQuantity = 0, FeeUsd = 0,
        });
        return bench;
    }

    /// <summary>A position whose first stop got an answer that says nothing.</summary>
    private static (ExecutorBench Bench, OrderCommand Lost) WithLostStop()
    {
        var bench = OnExchange();
        bench.Intent(bench.Entry(), "i1");
        bench.FillAll(bench.LastCommand, 2);
        var lost = bench.LastCommand;
        Assert.Equal(OrderPurpose.Stop, lost.Purpose);
        bench.Update(lost, OrderStatus.Unknown, code: "no_answer");
        Assert.Equal((OrderAction.Query, lost.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
        return (bench, lost);
    }

    private static string[] Stops(ExecutorBench bench) =>
        [.. bench.Placed(OrderPurpose.Stop).Select(stop => stop.ClientOrderId)];

    [Fact]
    public void A_stop_that_is_not_there_yet_gets_another_one_beside_it_and_is_not_sent_again()
    {
        var (bench, lost) = WithLostStop();
        Assert.Single(Stops(bench));
        bench.Update(lost, OrderStatus.Unknown, code: "not_there_yet");
        var second = bench.LastCommand;
        Assert.Equal((OrderAction.Place, OrderPurpose.Stop, lost.Quantity, lost.TriggerPrice),
            (second.Action, second.Purpose, second.Quantity, second.TriggerPrice));
        Assert.NotEqual(lost.ClientOrderId, second.ClientOrderId);
        bench.Update(second, OrderStatus.Accepted);
        bench.Update(lost, OrderStatus.NotFound, code: "not_found");
        bench.Later(60_000);
        Assert.Equal([lost.ClientOrderId, second.ClientOrderId], Stops(bench));
        Assert.Null(bench.State.Stop.UnprotectedSinceMs);
        Assert.Empty(bench.Placed(OrderPurpose.Exit));
    }

    [Fact]
    public void One_that_turns_up_after_all_protects_until_the_other_does_and_then_goes()
    {
        var (bench, lost) = WithLostStop();
        bench.Update(lost, OrderStatus.Unknown, code: "not_there_yet");
        var second = bench.LastCommand;
        bench.Update(lost, OrderStatus.Accepted);
        Assert.NotNull(bench.State.Stop.ProtectedSinceMs);
        Assert.DoesNotContain(bench.Commands, command => command.Action == OrderAction.Cancel);
        bench.Update(second, OrderStatus.Accepted);
        Assert.Equal((OrderAction.Cancel, lost.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
        Assert.NotNull(bench.State.Stop.ProtectedSinceMs);
    }

    [Fact]
    public void However_many_are_lost_each_gets_another_one_until_it_is_time_to_close()
    {
        var (bench, lost) = WithLostStop();
        for (var tries = 2; tries <= 6; tries++)
        {
            bench.Update(lost, OrderStatus.Unknown, code: "not_there_yet");
            lost = bench.LastCommand;
            Assert.Equal(tries, Stops(bench).Distinct().Count());
        }

        bench.Later(9_000);
        Assert.True(bench.Placed(OrderPurpose.Exit).Single().ReduceOnly);
    }

    [Fact]
    public void A_close_that_is_not_there_yet_gets_another_one_as_well()
    {
        var (bench, _) = WithLostStop();
        bench.Later(9_000);
        var close = bench.Placed(OrderPurpose.Exit).Single();
        bench.Update(close, OrderStatus.Unknown, code: "no_answer");
        bench.Update(close, OrderStatus.Unknown, code: "not_there_yet");
        var closes = bench.Placed(OrderPurpose.Exit).ToArray();
        Assert.Equal(2, closes.Select(order => order.ClientOrderId).Distinct().Count());
        Assert.All(closes, order => Assert.True(order.ReduceOnly));
        // Both may arrive: the second one finds nothing to close.
        bench.FillAll(closes[1], 2);
        bench.Update(close, OrderStatus.NotFound, code: "not_found");
        Assert.Equal(2, bench.Placed(OrderPurpose.Exit).Count());
        Assert.Null(bench.State.Position);
    }

    [Fact]
    public void An_exit_that_somebody_asked_for_is_never_sent_under_a_second_id()
    {
        var bench = OnExchange();
        bench.OpenPosition();
        bench.Intent(bench.ExitAll(), "i2");
        var exit = bench.LastCommand;
        bench.Update(exit, OrderStatus.Unknown, code: "no_answer");
        bench.Update(exit, OrderStatus.Unknown, code: "not_there_yet");
        Assert.Equal(exit.ClientOrderId, bench.Placed(OrderPurpose.Exit).Single().ClientOrderId);
        // Once that is certain the same one goes again.
        bench.Update(exit, OrderStatus.NotFound, code: "not_found");
        Assert.Equal([exit.ClientOrderId, exit.ClientOrderId],
            bench.Placed(OrderPurpose.Exit).Select(order => order.ClientOrderId));
    }

    [Fact]
    public void While_another_stop_rests_a_lost_one_is_waited_for()
    {
        var bench = OnExchange();
        bench.OpenPosition();
        bench.Intent(bench.MoveStop(1.95m), "i2");
        var moved = bench.LastCommand;
        bench.Update(moved, OrderStatus.Unknown, code: "no_answer");
        var stops = Stops(bench).Length;
        bench.Update(moved, OrderStatus.Unknown, code: "not_there_yet");
        Assert.Equal(stops, Stops(bench).Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_market_order_that_does_not_tell_its_end_is_asked_for_at_an_exchange(bool isRestarted)
    {
        var bench = OnExchange();
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Update(entry, OrderStatus.Accepted);
        if (isRestarted) bench.Restart();
        bench.Later(isRestarted ? 0 : 2_000);
        Assert.Equal((OrderAction.Query, entry.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
        bench.Update(entry, OrderStatus.Filled, entry.Quantity, average: 2);
        Assert.Equal((OrderAction.Place, OrderPurpose.Stop), (bench.LastCommand.Action, bench.LastCommand.Purpose));
    }

    [Fact]
    public void A_venue_that_tells_every_fill_itself_is_not_asked()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.Update(bench.LastCommand, OrderStatus.Accepted);
        bench.Later(4_000);
        Assert.DoesNotContain(bench.Commands, command => command.Action == OrderAction.Query);
    }
}
