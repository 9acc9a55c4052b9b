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

    public static IEnumerable<Figure> Figures(FeedSettings feed)
    {
        var trials = Enumerable.Range(1, Trials).Select(number => new Trial(number, [])).ToArray();
        var runner = new BacktestTrialRunner(feed, _ => RunSettings.Of());
        var days = WindowPlan.Of(runner.Tape.Feed.FirstMs!.Value, runner.Tape.Feed.LastMs!.Value, null, null, false);
        var plan = new SweepPlan { Ground = new Dictionary<string, string>(), Trials = trials, Windows = days };
        runner.Run(trials[0], null, CancellationToken.None);
        // By turns, and the better of two each: what else the machine does must not decide.
        var (one, two) = (new Taken(double.MaxValue, double.MaxValue), new Taken(double.MaxValue, double.MaxValue));
        var paused = TimeSpan.Zero;
        for (var round = 0; round < 2; round++)
        {
            one = one.Best(Take(plan, runner, 1));
            var before = GC.GetTotalPauseDuration();
            two = two.Best(Take(plan, runner, 2));
            paused = GC.GetTotalPauseDuration() - before;
        }

        yield return new Figure("backtest_sweep_one_core_seconds", one.Seconds, "s");
        yield return new Figure("backtest_sweep_two_cores_seconds", two.Seconds, "s");
        // Where others load the machine: what two cores spend more on the same work is what they cannot gain.
        yield return new Figure("backtest_sweep_one_core_processor_seconds", one.ProcessorSeconds, "s");
        yield return new Figure("backtest_sweep_two_cores_processor_seconds", two.ProcessorSeconds, "s");
        // While memory is collected neither core works.
        yield return new Figure("backtest_sweep_two_cores_paused_seconds", paused.TotalSeconds, "s");
        yield return new Figure("backtest_sweep_gain", one.Seconds / two.Seconds, "ratio");
        yield return new Figure(
            "backtest_sweep_candles_per_s", Trials * runner.Tape.Candles / two.Seconds, "candles/s");
    }

    private static Taken Take(SweepPlan plan, BacktestTrialRunner runner, int cores)
    {
        var file = Path.GetTempFileName();
        File.Delete(file);
        try
        {
            using var store = SweepStore.Open(file, plan);
            var clock = WorkClock.Start();
            SweepRun.Of(plan, runner, store, cores);
            return new Taken(clock.Seconds, clock.ProcessorSeconds);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>What a sweep took, s.</summary>
    private readonly record struct Taken(double Seconds, double ProcessorSeconds)
    {
        public Taken Best(Taken other) => new(
            Math.Min(Seconds, other.Seconds), Math.Min(ProcessorSeconds, other.ProcessorSeconds));
    }
}
