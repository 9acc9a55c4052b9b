using Quantum.Contracts.Catalog;
using Quantum.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace Quantum.EndToEnd.Tests;

/// <summary>One symbol, two days, as fast as it goes, through the service processes and a real Redis.</summary>
public sealed class RecordedRunTests(UndisturbedRun undisturbed, ITestOutputHelper output)
    : IClassFixture<UndisturbedRun>
{
    /// <summary>Streams that two days of one symbol need not reach: each needs an event that may not happen.</summary>
    private static readonly string[] s_needNotFill =
    [
        // The sizing policy is trained after ten finished trades.
        "rl_v3.training.started", "rl_v3.training.completed",
        // One job ends either way; which one depends on the candles.
        "learning.retraining.completed", "learning.retraining.failed",
    ];

    [Fact]
    public async Task Two_days_of_one_symbol_balance()
    {
        output.WriteLine(
            $"{undisturbed.Market.Candles} {undisturbed.Market.Source} took {undisturbed.Took.TotalSeconds:0.0} s");
        output.WriteLine(undisturbed.Summary.ToString());
        await RunChecks.HoldAsync(undisturbed.Run.Redis, undisturbed.Summary, undisturbed.Market.Candles);
    }

    [Fact]
    public void Every_stream_of_the_audit_carries_events()
    {
        var counts = undisturbed.Summary.GetProperty("streams").EnumerateObject()
            .ToDictionary(stream => stream.Name, stream => stream.Value.GetInt64());
        Assert.Equal(
            StreamCatalog.All.Where(s => !s.IsInternal).Select(s => s.Name).Order(StringComparer.Ordinal),
            counts.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(counts.Where(pair => pair.Value == 0).Select(pair => pair.Key).Except(s_needNotFill));
        Assert.True(
            counts["learning.retraining.completed"] + counts["learning.retraining.failed"] > 0,
            "no retraining ended, neither well nor badly");
    }

    [Fact]
    public async Task Kill_9_of_each_service_in_turn_changes_nothing()
    {
        using var run = SystemRun.OfTape(undisturbed.Market);
        await run.WatchAsync(async () =>
        {
            var victims = new Queue<string>(BuiltProgram.Services.Keys);
            var between = undisturbed.Market.Candles / (victims.Count + 1);
            run.StartAll();
            var summary = await run.FinishAsync(2 * UndisturbedRun.Limit, async () =>
            {
                var next = (BuiltProgram.Services.Count - victims.Count + 1) * between;
                if (victims.Count == 0 || await run.CandlesPlayedAsync() < next) return;
                output.WriteLine($"candle {next}: kill -9 of {victims.Peek()}");
                run.KillAndRestart(victims.Dequeue());
            });
            output.WriteLine(summary.ToString());
            Assert.Empty(victims);
            await RunChecks.HoldAsync(run.Redis, summary, undisturbed.Market.Candles);
            Assert.Equal(undisturbed.Signals, await run.Redis.PayloadsAsync(StreamCatalog.SignalGenerated));
        });
    }
}
