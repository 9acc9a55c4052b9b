using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

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
}
