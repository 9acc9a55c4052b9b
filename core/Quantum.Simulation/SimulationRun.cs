using Quantum.Simulation.Faults;

namespace Quantum.Simulation;

/// <summary>Runs the whole system from one seed until a checker fails or the market is over.</summary>
public static class SimulationRun
{
    /// <summary>The shortest run: shorter ones hold nothing but the calm at the end.</summary>
    public const int LeastMinutes = 10;

    private const int StepsPerMinute = 12;
    private const int CalmSteps = 5 * StepsPerMinute;

    /// <summary>
    /// One run; throws <see cref="SimulationException"/> for settings that cannot be.
    /// </summary>
    public static SimulationResult Of(SimulationSettings settings, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Minutes < LeastMinutes)
            throw new SimulationException(
                $"minutes is {settings.Minutes}: a run takes {LeastMinutes} at least, for its last five are calm.");
        var steps = settings.Minutes * StepsPerMinute;
        using var world = new SimulatedWorld(settings);
        var faults = FaultPlan.Of(settings.Seed, steps - CalmSteps, [.. world.Symbols.Select(symbol => symbol.Name)])
            .Where(fault => settings.Faults?.Contains(fault.Number) != false).ToArray();
        var (step, next) = (0, 0);
        for (; step < Math.Min(steps, settings.Steps ?? steps) && world.Witness.First is null; step++)
        {
            cancel.ThrowIfCancellationRequested();
            var first = next;
            while (next < faults.Length && faults[next].Step == step) next++;
            world.MakeStep(step, faults[first..next]);
        }

        var happened = faults[..next];
        return new SimulationResult
        {
            Seed = settings.Seed, Steps = step, Hash = world.Hash, Violation = world.Witness.First,
            Faults = [.. happened.Select(fault => fault.Number)],
            FaultTexts = [.. happened.Select(fault => fault.ToString())],
            Entries = world.Entries, Intents = world.Witness.Intents, Orders = world.Witness.Orders,
            Trades = world.Witness.Trades,
        };
    }
}
