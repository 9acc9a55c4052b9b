using Quantum.Contracts.Units;

namespace Quantum.Roles.Tests.Executor;

/// <summary>What becomes of a position that no stop protects and the venue does not close.</summary>
public sealed class RefusedCloseTests
{
    [Fact]
    public void Emergency_closes_that_the_venue_refuses_come_at_growing_pauses_and_are_told_until_it_is_over()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.FillAll(bench.LastCommand, 2);
        bench.Update(bench.LastCommand, OrderStatus.Rejected, code: "would_trigger");
        foreach (var pauseMs in (long[])[1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
        {
            var closes = bench.Placed(OrderPurpose.Exit).Count();
            bench.Update(bench.LastCommand, OrderStatus.Rejected, code: "only_reduces");
            bench.Later(pauseMs - 1);
            Assert.Equal(closes, bench.Placed(OrderPurpose.Exit).Count());
            bench.Later(1);
            Assert.Equal(closes + 1, bench.Placed(OrderPurpose.Exit).Count());
        }

        Assert.Equal(7, bench.Counts["emergency_close/close_refused"]);
        Assert.False(bench.Counts.ContainsKey("emergency_close/close_over"));
        bench.FillAll(bench.LastCommand, 1.99m);
        Assert.Equal(1, bench.Counts["emergency_close/close_over"]);
    }

    [Theory]
    [InlineData(OrderStatus.Rejected, "rate_limited")]
    [InlineData(OrderStatus.Canceled, "canceled")]
    public void A_close_that_was_not_judged_is_tried_again_as_soon_as_before(OrderStatus status, string code)
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        bench.FillAll(bench.LastCommand, 2);
        bench.Update(bench.LastCommand, OrderStatus.Rejected, code: "would_trigger");
        for (var tries = 1; tries < 5; tries++)
        {
            Assert.Equal(tries, bench.Placed(OrderPurpose.Exit).Count());
            bench.Update(bench.LastCommand, status, code: code);
            bench.Later(1_000);
        }

        Assert.False(bench.Counts.ContainsKey("emergency_close/close_refused"));
    }
}
