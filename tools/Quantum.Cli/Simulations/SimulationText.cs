namespace Quantum.Cli.Simulations;

/// <summary>What many runs showed, in words.</summary>
internal static class SimulationText
{
    public static void Write(SimulationReport report, TextWriter target)
    {
        foreach (var failure in report.Failures) Write(failure, target);
        var rest = report.FailedSeeds - report.Failures.Count;
        if (rest > 0)
            target.WriteLine($"and {rest} more seeds: {string.Join(
                ", ", report.Failed.Select(result => result.Seed).Order().Skip(report.Failures.Count).Take(20))}");
        target.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Seeds} seeds from {report.FirstSeed} of {report.Minutes} minutes each, "
            + $"{report.FailedSeeds} failed; {report.Seconds:0.0} s on {report.Cores} cores, "
            + $"{report.SeedsPerSecondAndCore:0.0} seeds a second and core"));
        target.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Faults} faults, {report.Entries} entries, {report.Intents} intents, {report.Orders} orders at "
            + $"the venue, {report.Trades} round trips"));
        if (report.Hash is { } hash) target.WriteLine($"every entry of every stream: SHA-256 {hash}");
    }

    private static void Write(FailureText failure, TextWriter target)
    {
        target.WriteLine($"seed {failure.Seed} fails in step {failure.Steps - 1}: {failure.Checker}");
        target.WriteLine($"  {failure.Text}");
        foreach (var fault in failure.Faults) target.WriteLine($"  fault {fault}");
        target.WriteLine($"  {failure.Command}");
    }
}
