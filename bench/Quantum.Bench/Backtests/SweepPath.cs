using System.Diagnostics;
using Quantum.Backtest.Settings;
using Quantum.Backtest.Sweeps;
using Quantum.Feeds;

namespace Quantum.Bench.Backtests;

/// <summary>
/// How much faster the runs of a sweep are done on two cores than on one: the same trials over one recording, held once
/// in memory.
/// </summary>
internal static class SweepPath
{
    private const int Trials = 8;
    private const int Measured = 5;

    public static IEnumerable<Figure> Figures(FeedSettings feed)
    {
        var trials = Enumerable.Range(1, Trials).Select(number => new Trial(number, [])).ToArray();
        var runner = new BacktestTrialRunner(feed, _ => RunSettings.Of());
        var days = WindowPlan.Of(runner.Tape.Feed.FirstMs!.Value, runner.Tape.Feed.LastMs!.Value, null, null, false);
        var plan = new SweepPlan { Ground = new Dictionary<string, string>(), Trials = trials, Windows = days };
        var paused = new List<double>();
        // By turns: cores that change their pace change that of both ways, and a round's ratio knows nothing of it.
        var rounds = Rounds.Run(Measured, GC.Collect, () => Take(plan, runner, 1), () =>
        {
            var before = GC.GetTotalPauseDuration();
            var rate = Take(plan, runner, 2);
            paused.Add((GC.GetTotalPauseDuration() - before).TotalSeconds);
            return rate;
        });
        yield return new Figure("backtest_sweep_one_core_seconds", Trials / rounds.PerSecond(0), "s");
        yield return new Figure("backtest_sweep_two_cores_seconds", Trials / rounds.PerSecond(1), "s");
        // Where others load the machine: what two cores spend more on the same work is what they cannot gain.
        yield return new Figure("backtest_sweep_one_core_processor_seconds", rounds.CpuUs(0) * Trials / 1e6, "s");
        yield return new Figure("backtest_sweep_two_cores_processor_seconds", rounds.CpuUs(1) * Trials / 1e6, "s");
        // While memory is collected neither core works.
        yield return new Figure("backtest_sweep_two_cores_paused_seconds", Median.Of(paused.Skip(1)), "s");
        yield return new Figure("backtest_sweep_gain", rounds.Ratio(1, 0), "ratio");
        yield return new Figure(
            "backtest_sweep_candles_per_s", runner.Tape.Candles * rounds.PerSecond(1), "candles/s");
    }

    private static Rate Take(SweepPlan plan, BacktestTrialRunner runner, int cores)
    {
        var file = Path.GetTempFileName();
        File.Delete(file);
        try
        {
            using var store = SweepStore.Open(file, plan);
            return Rate.Of(Trials, () =>
            {
                var clock = Stopwatch.StartNew();
                SweepRun.Of(plan, runner, store, cores);
                return Trials / clock.Elapsed.TotalSeconds;
            });
        }
        finally
        {
            File.Delete(file);
        }
    }
}
