using System.CommandLine;
using Quantum.Cli.Replays;
using Quantum.Instruments;
using Quantum.Replay;
using static Quantum.Cli.CommonOptions;

namespace Quantum.Cli.Commands;

/// <summary>Gives every role again what it consumed, and compares what it decides.</summary>
internal static class ReplayVerb
{
    private const string Name = "replay";
    private const string Summary = "replays a recorded window through the roles, and compares every decision";

    private const string Explained = """
        Gives each role of a recorded run (./quantum record) what it consumed, in the order in which it did, and
        compares every event that it publishes with the one that was recorded, field by field. The same build with the
        same settings decides the same. With other settings, or --against another build, it tells where each symbol's
        decisions differ first, with the input and both decisions, how many differ by role and stream, and the PnL of
        the closed trades. A role's new decisions reach no other role: each is judged on what really happened.

        Settings are those that the services were started with, as the archive has them; --settings FILE takes others.
        A role begins with its journal's beginning or with a state saved before --from. --from and --to are the inputs'
        time, on a recording that was played the recording's.

        Exit code: 0 all decisions are the same, 1 some differ, 2 could not compare.

        Examples:
          ./quantum replay archive
          ./quantum replay archive --from "2026-11-29 08:00" --to "2026-11-29 09:00" --set TradingBot:MinConfidence=0.6
          ./quantum replay archive --against ../quantum-1.4 --json
        """;

    public static Command Create()
    {
        var path = new Argument<string>("archive") { Description = "the folder of ./quantum record" };
        var from = Text("--from", "compare from this time on, ISO (UTC)", "time");
        var to = Text("--to", "compare only before this time, ISO (UTC)", "time");
        var roles = Text("--roles", "only these roles, separated by commas", "A,B");
        var settings = Text("--settings", "settings instead of the recorded ones, a JSON file of sections", "file");
        var set = new Option<string[]>("--set") { Description = "one setting over the others", HelpName = "A:B=value" };
        var instruments = Text("--instruments", "facts about symbols instead of the recorded run's", "file");
        var against = Text("--against", "another build: its folder, or its quantum.dll", "path");
        var decisions = Text("--decisions", "write what is decided now into this file, a line for each input", "file");
        var json = CommonOptions.Json();
        var command = new Command(Name, Explained)
        {
            path, from, to, roles, settings, set, instruments, against, decisions, json,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var replay = new ReplaySettings
            {
                Archive = parsed.GetValue(path)!,
                FromMs = RecordingOptions.TimeOf("--from", parsed.GetValue(from)),
                ToMs = RecordingOptions.TimeOf("--to", parsed.GetValue(to)),
                Roles = (parsed.GetValue(roles) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries),
                SettingsFile = parsed.GetValue(settings), Set = parsed.GetValue(set) ?? [],
                Instruments = parsed.GetValue(instruments) is { } book ? InstrumentBook.Load(book) : null,
                Tell = text => Console.Error.WriteLine($"replay: {text}"),
            };
            if (replay.FromMs >= replay.ToMs) throw new CliException("--from is not before --to: swap or widen them.");
            var report = parsed.GetValue(against) is { } other
                ? await OtherBuild.CompareAsync(replay, other, parsed.GetValue(decisions), parsed, cancel)
                : Compare(replay, parsed.GetValue(decisions), cancel);
            if (parsed.GetValue(json)) JsonText.Print(report);
            else ReplayText.Write(report, Console.Out);
            return report.Different == 0 ? ExitCode.Healthy : ExitCode.Findings;
        });
        return command;
    }

    private static DecisionReport Compare(ReplaySettings settings, string? decisions, CancellationToken cancel)
    {
        var diff = new DecisionDiff();
        Decide(settings, decisions, diff.Add, cancel);
        return diff.Report();
    }

    /// <summary>Replays in this build.</summary>
    /// <param name="settings">What.</param>
    /// <param name="decisions">The file that is written of it; null: none.</param>
    /// <param name="each">Told each input.</param>
    /// <param name="cancel">Ends it.</param>
    public static void Decide(
        ReplaySettings settings, string? decisions, Action<ReplayedInput>? each, CancellationToken cancel)
    {
        var run = new ReplayRun(settings);
        using var file = decisions is null ? null : new StreamWriter(decisions);
        foreach (var input in run.Run())
        {
            cancel.ThrowIfCancellationRequested();
            each?.Invoke(input);
            if (file is not null) DecisionFile.Write(file, input);
        }

        if (run.Orphans > 0)
            settings.Tell?.Invoke($"{run.Orphans} recorded events were led to by no input of a journal; they are "
                + "not compared.");
    }
}
