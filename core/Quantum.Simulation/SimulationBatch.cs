namespace Quantum.Simulation;

/// <summary>Many seeds, side by side: they share nothing.</summary>
public static class SimulationBatch
{
    /// <param name="first">How the first is made; those behind it have the seeds behind its.</param>
    /// <param name="seeds">How many, from 1.</param>
    /// <param name="cores">How many at a time, from 1.</param>
    /// <param name="done">Told of each run as it ends; one at a time.</param>
    /// <param name="cancel">Ends it early.</param>
    public static void Run(
        SimulationSettings first, int seeds, int cores, Action<SimulationResult> done,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(done);
        var gate = new Lock();
        var options = new ParallelOptions { MaxDegreeOfParallelism = cores, CancellationToken = cancel };
        // The first fault ends the others, and is told as it is.
        Parallel.ForEachAsync(Enumerable.Range(0, seeds), options, (index, stop) =>
        {
            var result = SimulationRun.Of(first with { Seed = first.Seed + index }, stop);
            // Here nothing of the run lives any more. In the midst of the next one, all that it has made would be gone
            // through.
            GC.Collect(1, GCCollectionMode.Forced, blocking: true);
            lock (gate) done(result);
            return ValueTask.CompletedTask;
        }).GetAwaiter().GetResult();
    }
}
