using System.Collections.Concurrent;
using System.Diagnostics;
using Quantum.Backtest.Figures;

namespace Quantum.Backtest.Sweeps;

/// <summary>
/// Runs the trials of a plan, one a core at a time. What is done stands in the store, so that a sweep that was ended in
/// any way goes on where it was; how many cores it has changes nothing of what it finds.
/// </summary>
public sealed class SweepRun
{
    private readonly SweepPlan _plan;
    private readonly ITrialRunner _runner;
    private readonly SweepStore _store;
    private readonly int _cores;
    private readonly Action<SweepProgress>? _onProgress;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private readonly int _total;
    private int _done;
    private int _fresh;

    private SweepRun(
        SweepPlan plan, ITrialRunner runner, SweepStore store, int cores, Action<SweepProgress>? onProgress)
    {
        (_plan, _runner, _store, _cores, _onProgress) = (plan, runner, store, cores, onProgress);
        var left = plan.Trials.Count;
        foreach (var _ in plan.Halving?.Rungs ?? [])
        {
            _total += left;
            left = HalvingPlan.Kept(left, plan.Halving!.KeepOneIn);
        }

        _total += left;
    }

    /// <summary>
    /// Runs what the store does not hold yet, and writes what was found; throws what a run throws, and
    /// <see cref="OperationCanceledException"/> when cancelled.
    /// </summary>
    /// <param name="plan">What is tried.</param>
    /// <param name="runner">Makes one run.</param>
    /// <param name="store">A file of this plan.</param>
    /// <param name="cores">Runs at once, from 1.</param>
    /// <param name="onProgress">Told after every run, by one thread at a time.</param>
    /// <param name="cancel">Ends it; what is done stays.</param>
    public static SweepResult Of(
        SweepPlan plan, ITrialRunner runner, SweepStore store, int cores, Action<SweepProgress>? onProgress = null,
        CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cores, 1);
        var sweep = new SweepRun(plan, runner, store, cores, onProgress);
        var left = plan.Trials;
        for (var rung = 0; rung < (plan.Halving?.Rungs.Count ?? 0); rung++) left = sweep.Rung(rung, left, cancel);
        sweep.Each(left, store.DoneTrials(), trial =>
        {
            var result = runner.Run(trial, null, cancel);
            return () => store.Save(trial, result, plan.Score);
        }, cancel);
        var found = SweepResult.Of(
            plan, store.Results(), plan.DaysOfFirstRung is null ? null : store.RungSharpes(0));
        store.Save(found);
        return found;
    }

    private IReadOnlyList<Trial> Rung(int rung, IReadOnlyList<Trial> left, CancellationToken cancel)
    {
        var untilMs = _plan.Halving!.Rungs[rung];
        var fromMs = _plan.Windows[0].TrainFromMs;
        Each(left, _store.RungScores(rung).Keys, trial =>
        {
            var days = _runner.Run(trial, untilMs, cancel).Between(fromMs, untilMs);
            var (score, sharpe) = (_plan.Score.Of(days), RiskRatios.Sharpe(days));
            return () => _store.SaveRung(rung, untilMs, trial.Number, score, sharpe);
        }, cancel);
        var scores = _store.RungScores(rung);
        // Trials without a score go first, and of equal ones the later.
        return [.. left.OrderByDescending(trial => scores[trial.Number] ?? double.MinValue).ThenBy(trial =>
            trial.Number)
            .Take(HalvingPlan.Kept(left.Count, _plan.Halving.KeepOneIn)).OrderBy(trial => trial.Number)];
    }

    // Runs what is not done, and saves under the gate: the store has one connection.
    private void Each(
        IReadOnlyList<Trial> trials, IEnumerable<int> done, Func<Trial, Action> run, CancellationToken cancel)
    {
        var known = done.ToHashSet();
        var queue = new ConcurrentQueue<Trial>(trials.Where(trial => !known.Contains(trial.Number)));
        _done += trials.Count - queue.Count;
        Tell();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var workers = Enumerable.Range(0, Math.Min(_cores, queue.Count)).Select(_ => Task.Factory.StartNew(
            () => Work(queue, run, stop), stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            .ToArray();
        Task.WhenAll(workers).GetAwaiter().GetResult();
    }

    private void Work(ConcurrentQueue<Trial> queue, Func<Trial, Action> run, CancellationTokenSource stop)
    {
        var isWhole = false;
        try
        {
            while (queue.TryDequeue(out var trial))
            {
                stop.Token.ThrowIfCancellationRequested();
                var save = run(trial);
                lock (_gate)
                {
                    save();
                    _done++;
                    _fresh++;
                    Tell();
                }
            }

            isWhole = true;
        }
        finally
        {
            // One that fails ends the others: nobody waits an hour for an error.
            if (!isWhole) stop.Cancel();
        }
    }

    private void Tell() => _onProgress?.Invoke(new(_done, _total, _fresh, _clock.Elapsed));
}
