using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.ExitBrain;
using Quantum.Roles.Portfolio;
using static Quantum.Roles.Tests.Executor.ExecutorBench;

namespace Quantum.Roles.Tests.Executor;

/// <summary>What a venue says late, twice or not at all, while a position is open.</summary>
public sealed class LateTroubleTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_refused_emergency_close_is_tried_again_though_a_smaller_stop_rests(bool rests)
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Fill(entry, 40, 2, 40);
        if (rests) bench.Update(bench.LastCommand, OrderStatus.Accepted);
        else bench.Update(bench.LastCommand, OrderStatus.Rejected, code: "too_many_orders");
        bench.Fill(entry, 60, 2, 100);
        for (var i = 0; i < 3 && bench.LastCommand.Purpose == OrderPurpose.Stop; i++)
            bench.Update(bench.LastCommand, OrderStatus.Rejected, code: "too_many_orders");
        var close = bench.LastCommand;
        Assert.Equal((OrderPurpose.Exit, 100m), (close.Purpose, close.Quantity));
        bench.Update(close, OrderStatus.Rejected, code: "too_many_orders");
        for (var i = 0; i < 600; i++) bench.Later(1_000);
        var closes = bench.Placed(OrderPurpose.Exit).Count();
        Assert.True(closes > 1);
    }

    [Fact]
    public void A_stop_that_was_given_up_and_turns_up_is_taken_away_with_its_position()
    {
        // Long enough that the venue's silence is not ended by closing the position.
        var bench = new ExecutorBench(SettingsFor(TradingMode.Sim, isTape: false, TestBook.All) with
        {
            CloseUnprotectedMs = 3_600_000, MaxUnprotectedMs = 3_600_000,
        });
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Update(entry, OrderStatus.Accepted);
        bench.FillAll(entry, 2.0m);
        var first = bench.LastCommand;
        Assert.Equal(OrderPurpose.Stop, first.Purpose);
        for (var i = 0; i < 125; i++) bench.Later(5_000);
        var second = bench.Placed(OrderPurpose.Stop).Last();
        Assert.NotEqual(first.ClientOrderId, second.ClientOrderId);
        bench.Update(first, OrderStatus.Accepted);
        bench.Update(second, OrderStatus.Accepted);
        bench.Later(1_000);
        bench.Intent(bench.ExitAll(), "x1");
        var exit = bench.LastCommand;
        Assert.Equal(OrderPurpose.Exit, exit.Purpose);
        bench.FillAll(exit, 2.02m);
        bench.Update(second, OrderStatus.Canceled);
        for (var i = 0; i < 100; i++) bench.Later(5_000);
        var cancelled = bench.Commands.Where(c => c.Action == OrderAction.Cancel).Select(c => c.ClientOrderId);
        Assert.Contains(first.ClientOrderId, cancelled);
    }

    [Fact]
    public void Funding_while_the_entry_still_works_belongs_to_its_trade()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        var entry = bench.LastCommand;
        bench.Update(entry, OrderStatus.Accepted);
        bench.Fill(entry, 40, 2.0m, 40);
        var stop = bench.LastCommand;
        bench.Update(stop, OrderStatus.Accepted);
        bench.Send(StreamCatalog.OrderUpdate, new OrderUpdate
        {
            Kind = UpdateKind.Funding, Symbol = Near, Status = OrderStatus.Accepted,
            VenueTradeId = "f1", LastFillQuantity = 0, CumulativeQuantity = 0, FeeUsd = 0, FundingUsd = -1m,
        });
        bench.Fill(entry, 60, 2.0m, 100);
        bench.Update(bench.LastCommand, OrderStatus.Accepted);
        bench.Later(1_000);
        bench.Intent(bench.ExitAll(), "x1");
        bench.FillAll(bench.Commands.Last(c => c.Purpose == OrderPurpose.Exit && c.Action == OrderAction.Place), 2.0m);
        var brain = new RoleBench(() => new ExitBrainRole());
        var portfolio = new RoleBench(() => new PortfolioRole());
        var closed = new List<TradeClosed>();
        foreach (var result in bench.Results)
        {
            var told = brain.Send(StreamCatalog.ExecutionResult, result, bench.NowMs);
            closed.AddRange(told.Of(StreamCatalog.TradeClosed));
            portfolio.Send(StreamCatalog.ExecutionResult, result, bench.NowMs);
        }

        var snapshot = portfolio.Clock(bench.NowMs + 20_000).Of(StreamCatalog.PortfolioSnapshot)[^1];
        var trade = Assert.Single(closed);
        Assert.Equal(snapshot.TotalEquityUsd - 10_000m, trade.PnlUsd);
    }
}
