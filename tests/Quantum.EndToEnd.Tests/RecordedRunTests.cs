using Quantum.Contracts.Catalog;
using Quantum.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace Quantum.EndToEnd.Tests;

/// <summary>One symbol, one day, as fast as it goes, through the service processes and a real Redis.</summary>
[Collection(UndisturbedRun.Name)]
public sealed class RecordedRunTests(UndisturbedRun undisturbed, ITestOutputHelper output)
{
    // The sizing policy is trained on every tenth finished trade whose size is known; half may come without one.
    private const int TradesThatTrain = 20;

    /// <summary>Streams that one day of one symbol need not reach: the market decides which of them do.</summary>
    private static readonly string[] s_dependOnTrades = ["rl_v3.training.started", "rl_v3.training.completed"];
    private static readonly string[] s_endsOfRetraining =
        ["learning.retraining.completed", "learning.retraining.failed"];

    [Fact]
    public async Task One_day_of_one_symbol_balances()
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
        var empty = counts.Where(pair => pair.Value == 0).Select(pair => pair.Key).ToList();
        output.WriteLine($"without events: {string.Join(", ", empty)}");
        Assert.Empty(empty.Except(s_dependOnTrades).Except(s_endsOfRetraining));
        Assert.Contains(s_endsOfRetraining, name => counts[name] > 0);
        if (undisturbed.Summary.GetProperty("trades").GetInt64() >= TradesThatTrain)
            Assert.Empty(empty.Intersect(s_dependOnTrades));
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
