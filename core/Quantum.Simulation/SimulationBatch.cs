namespace Quantum.Simulation;

/// <summary>Many seeds, side by side: they share nothing.</summary>
public static class SimulationBatch
{
    /// <param name="firstSeed">The first.</param>
    /// <param name="seeds">How many, from 1.</param>
    /// <param name="minutes">Market time of each, minutes.</param>
    /// <param name="cores">How many at a time, from 1.</param>
    /// <param name="done">Told of each run as it ends; one at a time.</param>
    /// <param name="cancel">Ends it early.</param>
    public static void Run(
        long firstSeed, int seeds, int minutes, int cores, Action<SimulationResult> done,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(done);
        var gate = new Lock();
        var options = new ParallelOptions { MaxDegreeOfParallelism = cores, CancellationToken = cancel };
        Parallel.For(0, seeds, options, index =>
        {
            var result = SimulationRun.Of(
                new SimulationSettings { Seed = firstSeed + index, Minutes = minutes }, cancel);
            lock (gate) done(result);
        });
    }
}
