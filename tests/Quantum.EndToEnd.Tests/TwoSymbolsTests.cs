using Quantum.Contracts.Catalog;
using Quantum.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace Quantum.EndToEnd.Tests;

/// <summary>Two symbols that share an account, through real processes and as a backtest.</summary>
public sealed class TwoSymbolsTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-two-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Which_meets_the_limits_first_depends_on_nobodys_speed()
    {
        var market = RecordedMarket.Write(_folder, 240, "NEARUSDT", "SOLUSDT");
        using var run = SystemRun.OfTape(market);
        await run.WatchAsync(async () =>
        {
            run.StartAll();
            await run.FinishAsync(UndisturbedRun.Limit);
            var played = await BacktestBeside.CompareAsync(run.Redis, market.File, output);
            Assert.Equal(2, played[StreamCatalog.SignalGenerated].DistinctBy(entry => entry["symbol"]).Count());
        });
    }
}
