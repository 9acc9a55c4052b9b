namespace Quantum.Simulation;

/// <summary>The shortest run found that shows a failure.</summary>
/// <param name="Settings">How it is made.</param>
/// <param name="Result">What came of it: with a violation.</param>
/// <param name="Runs">Runs that it took to find.</param>
public sealed record ShrunkRun(SimulationSettings Settings, SimulationResult Result, int Runs)
{
    /// <summary>What to type to see it again.</summary>
    public string Command => string.Create(
        CultureInfo.InvariantCulture,
        $"./quantum simulate --seed {Settings.Seed} --minutes {Settings.Minutes} --steps {Result.Steps} "
        + $"--faults {(Result.Faults.Count == 0 ? "none" : string.Join(',', Result.Faults))} --trace");
}
