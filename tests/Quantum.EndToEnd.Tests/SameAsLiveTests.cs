using Quantum.Contracts.Catalog;
using Quantum.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace Quantum.EndToEnd.Tests;

/// <summary>A day through Redis and real processes, and the same day as a backtest: entry by entry the same.</summary>
[Collection(UndisturbedRun.Name)]
public sealed class SameAsLiveTests(UndisturbedRun undisturbed, ITestOutputHelper output)
{
    [Fact]
    public async Task A_backtest_does_what_the_services_did()
    {
        var played = await BacktestBeside.CompareAsync(
            undisturbed.Run.Redis, undisturbed.Market.File, output);
        Assert.NotEmpty(played[StreamCatalog.TradeIntent]);
        Assert.NotEmpty(played[StreamCatalog.TradeClosed]);
    }
}
