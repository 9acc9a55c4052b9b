using Quantum.Cli.Backtests;
using Quantum.Cli.Simulations;
using Quantum.Simulation;

namespace Quantum.Cli.Commands;

/// <summary>The whole system from one seed, with everything going wrong that can, and checkers from outside.</summary>
internal static class SimulateVerb
{
    private const string Name = "simulate";
    private const string Summary = "the whole system from a seed while everything goes wrong: what must hold, holds";

    // For a log; on a terminal a line moves.
    private const int SeedsPerLine = 100;

    private const string Explained = """
        Runs the whole system in this process from one seed: every role by the product's own runner over a log in
        memory, an exchange with the simulated venue's rules behind a wire, a generated market. What goes wrong follows
        from the seed too: processes die, sleep over their lease and wake up, replies and answers get lost, requests
        and fills come late, twice and out of order, the exchange refuses and is away, clocks are wrong, prices stand
        still, an operator kills, flattens and lets go. Checkers see only the streams and the exchange.

        The first five failures of many seeds are made short, with fewer steps and fewer faults, and each is told with
        the command that shows it again. The same seed gives the same bytes. docs/RELIABILITY.md says what is checked.
        Many seeds take every core and tell how far they are; stopped by Ctrl+C, they say which seed to go on from.

        Exit code: 0 every checker held, 1 one failed, 2 could not run, 130 interrupted.

        Examples:
          ./quantum simulate --seeds 1000
          ./quantum simulate --seed 7 --trace
          ./quantum simulate --seed 7 --minutes 60 --steps 231 --faults 4,9 --trace
        """;

    public static Command Create()
    {
        var options = new SimulateOptions();
        var command = new Command(Name, Explained);
        options.AddTo(command);
        command.SetAction((parsed, cancel) => Task.FromResult(Run(options, parsed, cancel)));
        return command;
    }

    private static int Run(SimulateOptions options, ParseResult parsed, CancellationToken cancel)
    {
        var report = options.IsOneRun(parsed)
            ? RunOne(options.SettingsOf(parsed), cancel)
            : RunMany(options, parsed, cancel);
        if (options.IsJson(parsed)) JsonText.Print(report);
        else SimulationText.Write(report, Console.Out);
        return report.Failures.Count == 0 ? ExitCode.Healthy : ExitCode.Findings;
    }

    // What somebody asked for step by step is shown as it was asked for.
    private static SimulationReport RunOne(SimulationSettings settings, CancellationToken cancel)
    {
        var report = new SimulationReport { FirstSeed = settings.Seed, Minutes = settings.Minutes, Cores = 1 };
        var result = SimulationRun.Of(settings, cancel);
        report.Add(result);
        if (result.Violation is not null) report.Failures.Add(FailureText.Of(new ShrunkRun(settings, result, 0)));
        return report.End();
    }

    private static SimulationReport RunMany(SimulateOptions options, ParseResult parsed, CancellationToken cancel)
    {
        var first = options.SettingsOf(parsed);
        var report = new SimulationReport
        {
            FirstSeed = first.Seed, Minutes = first.Minutes, Cores = options.CoresOf(parsed),
        };
        var seeds = options.SeedsOf(parsed);
        using var line = new ProgressLine();
        try
        {
            SimulationBatch.Run(first, seeds, report.Cores, result =>
            {
                report.Add(result);
                if (result.Violation is { } violation) line.Note($"seed {result.Seed} fails: {violation.Checker}");
                line.Show(report.SoFar(seeds));
                if (report.Seeds % SeedsPerLine == 0) Console.Error.WriteLine(report.SoFar(seeds));
            }, cancel);
            line.End();
            report.End();
            foreach (var failed in report.Failed.OrderBy(result => result.Seed).Take(SimulationReport.MostShrunk))
                report.Failures.Add(
                    FailureText.Of(Shrinker.Of(first with { Seed = failed.Seed }, failed, cancel: cancel)));
        }
        finally
        {
            if (cancel.IsCancellationRequested) line.Note(report.Stopped(seeds));
        }

        return report;
    }
}
