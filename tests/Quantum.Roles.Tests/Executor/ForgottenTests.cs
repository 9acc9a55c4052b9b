using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using static Quantum.Roles.Tests.Executor.VenueWordTests;

namespace Quantum.Roles.Tests.Executor;

/// <summary>What the venue did and nobody here knows any more, or heard in another order.</summary>
public sealed class ForgottenTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_position_that_a_fill_under_our_id_opened_is_ours_though_its_order_was_forgotten(bool isFillFirst)
    {
        var bench = OnExchange();
        if (isFillFirst) Forgotten(bench, Side.Buy, 40);
        Position(bench, 40, covered: 0);
        if (!isFillFirst)
        {
            bench.Later(3_000);
            Assert.Equal(1, bench.Counts["account/foreign_position"]);
            Forgotten(bench, Side.Buy, 40);
        }

        bench.Later(3_000);
        Assert.Equal((ResultKind.Adjustment, 40m), (bench.LastResult.Kind, bench.LastResult.PositionQuantity));
        Assert.Equal((OrderAction.Place, OrderPurpose.Stop, 40m),
            (bench.LastCommand.Action, bench.LastCommand.Purpose, bench.LastCommand.Quantity));
    }

    [Theory]
    [InlineData(Side.Sell, "q1abcdefghijklmnopqrstuvwxyz", false)]
    [InlineData(Side.Buy, "web_abcdefghijklmnopqrstuvwx", false)]
    [InlineData(Side.Buy, "q1abcdefghijklmnopqrstuvwxyz", true)]
    public void A_fill_that_did_not_open_it_makes_no_position_ours(Side side, string id, bool isFlatSince)
    {
        var bench = OnExchange();
        Forgotten(bench, side, 40, id);
        if (isFlatSince)
        {
            bench.Later(1);
            Position(bench, 0, null, covered: 0);
        }

        Position(bench, 40, covered: 0);
        bench.Later(3_000);
        Assert.Equal(1, bench.Counts["account/foreign_position"]);
        Assert.Empty(bench.Commands);
    }

    [Fact]
    public void A_comparison_that_was_read_before_such_a_fill_does_not_take_the_position_away()
    {
        var bench = OnExchange();
        Forgotten(bench, Side.Buy, 40);
        Position(bench, 0, null, covered: 0);
        Position(bench, 40, covered: 0);
        bench.Later(3_000);
        Assert.Equal(OrderPurpose.Stop, bench.LastCommand.Purpose);
        Assert.DoesNotContain("account/foreign_position", bench.Counts.Keys);
    }

    private static void Forgotten(
        ExecutorBench bench, Side side, decimal quantity, string id = "q1abcdefghijklmnopqrstuvwxyz") => bench.Send(
        StreamCatalog.OrderUpdate, Word(UpdateKind.Fill) with
        {
            ClientOrderId = id, Side = side, Status = OrderStatus.Filled, LastFillQuantity = quantity,
            LastFillPrice = 2, CumulativeQuantity = quantity, VenueTradeId = "t900",
        });

    [Fact]
    public void A_balance_that_was_read_between_a_payment_and_its_word_is_told_again_after_it()
    {
        var bench = OnExchange();
        bench.OpenPosition();
        bench.Later(1_000);
        Balance(bench, 4_990);
        Assert.Equal((ResultKind.Balance, 4_990m), (bench.LastResult.Kind, bench.LastResult.WalletUsd));
        bench.Later(1_000);
        bench.Send(StreamCatalog.OrderUpdate, Word(UpdateKind.Funding) with { FundingUsd = -10, VenueTradeId = "f1" });
        Assert.Equal(ResultKind.Funding, bench.LastResult.Kind);
        bench.Later(1_000);
        Balance(bench, 4_990);
        Assert.Equal((ResultKind.Balance, 4_990m), (bench.LastResult.Kind, bench.LastResult.WalletUsd));
        var told = bench.Results.Count;
        bench.Later(1_000);
        Balance(bench, 4_990);
        Assert.Equal(told, bench.Results.Count);
    }

    [Fact]
    public void A_stop_that_is_smaller_at_the_venue_than_in_the_books_gets_another_one_in_its_place()
    {
        var bench = OnExchange();
        var (entry, small) = bench.OpenPosition();
        bench.Later(1_000);
        Position(bench, entry.Quantity, 2, covered: entry.Quantity * 0.4m);
        Assert.Equal((OrderAction.Query, small.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
        bench.Update(small, OrderStatus.Accepted);
        var whole = bench.LastCommand;
        Assert.Equal((OrderAction.Place, OrderPurpose.Stop, entry.Quantity),
            (whole.Action, whole.Purpose, whole.Quantity));
        Assert.NotEqual(small.ClientOrderId, whole.ClientOrderId);
        Assert.NotNull(bench.State.Stop.UnprotectedSinceMs);
        bench.Update(whole, OrderStatus.Accepted);
        Assert.Equal((OrderAction.Cancel, small.ClientOrderId),
            (bench.LastCommand.Action, bench.LastCommand.ClientOrderId));
        Assert.NotNull(bench.State.Stop.ProtectedSinceMs);
    }
}
