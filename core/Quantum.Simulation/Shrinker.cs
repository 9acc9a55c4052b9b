namespace Quantum.Simulation;

/// <summary>
/// Makes a failing run shorter: fewer steps, then fewer faults, halves before single ones, as long as the same checker
/// fails (delta debugging, Zeller and Hildebrandt 2002).
/// </summary>
public static class Shrinker
{
    private const int MostRuns = 100;

    /// <param name="settings">The run that failed.</param>
    /// <param name="failed">What came of it.</param>
    /// <param name="cancel">Ends it early.</param>
    public static ShrunkRun Of(
        SimulationSettings settings, SimulationResult failed, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(failed);
        if (failed.Violation is not { } violation)
            throw new SimulationException($"seed {settings.Seed} did not fail: there is nothing to shrink.");
        var best = new ShrunkRun(Cut(settings, failed), failed, 0);
        var size = Math.Max(1, (failed.Faults.Count + 1) / 2);
        for (var from = 0; best.Runs < MostRuns;)
        {
            var faults = best.Result.Faults;
            if (from >= faults.Count)
            {
                if (size == 1) break;
                (size, from) = ((size + 1) / 2, 0);
                continue;
            }

            int[] fewer = [.. faults.Where((_, place) => place < from || place >= from + size)];
            var tried = SimulationRun.Of(best.Settings with { Faults = fewer }, cancel);
            best = best with { Runs = best.Runs + 1 };
            if (tried.Violation?.Checker == violation.Checker)
                best = best with { Settings = Cut(best.Settings, tried), Result = tried };
            else from += size;
        }

        return best;
    }

    private static SimulationSettings Cut(SimulationSettings settings, SimulationResult failed) =>
        settings with { Steps = failed.Steps, Faults = failed.Faults };
}
