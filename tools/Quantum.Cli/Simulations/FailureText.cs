using Quantum.Simulation;

namespace Quantum.Cli.Simulations;

/// <summary>A failure, made short.</summary>
internal sealed record FailureText(
    long Seed, string Checker, string Text, int Steps, IReadOnlyList<string> Faults, int ShrinkingRuns, string Command)
{
    public static FailureText Of(ShrunkRun run) => new(
        run.Settings.Seed, run.Result.Violation!.Checker, run.Result.Violation.Text, run.Result.Steps,
        run.Result.FaultTexts, run.Runs, run.Command);
}
