using Quantum.Cli.Replays;
using Quantum.Instruments;
using Quantum.Replay;
using static Quantum.Cli.CommonOptions;

namespace Quantum.Cli.Commands;

/// <summary>Gives every role again what it consumed, and compares what it decides.</summary>
internal static class ReplayVerb
{
    private const string Name = "replay";
    private const string Summary = "replays a recorded window, or the running system, and compares every decision";

    private const string Explained = """
        Gives each role of a recorded run (./quantum record) what it consumed, in the order in which it did, and
        compares every event that it publishes with the one that was recorded, field by field. The same build with the
        same settings decides the same. With other settings, or --against another build, it tells where each symbol's
        decisions differ first, with the input and both decisions, how many differ by role and stream, and what the
        recorded trades made whose intents are others now. A role's new decisions reach no other role: each is judged on
        what really happened, so what new decisions would make only a backtest tells.

        Settings are those that the services were started with, as the archive has them; --settings FILE takes others.
        A role begins with its journal's beginning or with a state saved before --from. --from and --to are the inputs'
        time, on a recording that was played the recording's.

        --live does it continuously for the running system, until Ctrl+C: each role begins with the state that its last
        commit left, and is given what every commit behind it consumed. It reads beside the system, which waits for
        nothing of it; what was trimmed before it was compared it tells, and goes on behind it. How many decisions of
        the last hour differ stands in Redis while it runs: ./quantum audit finds DECISIONS_DIFFER, or REPLAY_BEHIND
        when it does not keep up or was killed, and the watchdog tells it as the metric
        quantum.replay.decisions_differ_per_1000.

        Exit code: 0 all decisions are the same, 1 some differ, 2 could not compare.

        Examples:
          ./quantum replay archive
          ./quantum replay archive --from "2026-11-29 08:00" --to "2026-11-29 09:00" --set TradingBot:CooldownMs=60000
          ./quantum replay archive --against ../quantum-1.4 --json
          ./quantum replay --live
        """;

    public static Command Create()
    {
        var path = new Argument<string?>("archive")
        {
            Description = "the folder of ./quantum record; not with --live", Arity = ArgumentArity.ZeroOrOne,
        };
        var live = new Option<bool>("--live") { Description = "compare what the running system decides" };
        var from = Text("--from", "compare from this time on, ISO (UTC)", "time");
        var to = Text("--to", "compare only before this time, ISO (UTC)", "time");
        var roles = Text("--roles", "only these roles, separated by commas", "A,B");
        var settings = Text("--settings", "settings instead of the recorded ones, a JSON file of sections", "file");
        var set = new Option<string[]>("--set") { Description = "one setting over the others", HelpName = "A:B=value" };
        var instruments = Text("--instruments", "facts about symbols instead of the recorded run's", "file");
        var against = Text("--against", "another build: its folder, or its quantum.dll", "path");
        var decisions = Text("--decisions", "write what is decided now into this file, a line for each input", "file");
        var (redis, json, skipBroken) = (CommonOptions.Redis(), CommonOptions.Json(), SkipBroken());
        var command = new Command(Name, Explained)
        {
            path, live, from, to, roles, settings, set, instruments, against, decisions, skipBroken, redis, json,
        };
        Option[] ofWindow = [from, to, against, decisions, skipBroken];
        command.SetAction(async (parsed, cancel) =>
        {
            var isLive = parsed.GetValue(live);
            Check(parsed, isLive, parsed.GetValue(path) is not null, isLive ? ofWindow : [redis]);
            var replay = new ReplaySettings
            {
                Archive = parsed.GetValue(path) ?? "",
                FromMs = RecordingOptions.TimeOf("--from", parsed.GetValue(from)),
                ToMs = RecordingOptions.TimeOf("--to", parsed.GetValue(to)),
                Roles = (parsed.GetValue(roles) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries),
                SkipBroken = parsed.GetValue(skipBroken),
                SettingsFile = parsed.GetValue(settings), Set = parsed.GetValue(set) ?? [],
                Instruments = parsed.GetValue(instruments) is { } book ? InstrumentBook.Load(book) : null,
                Tell = text => Console.Error.WriteLine($"replay: {text}"),
            };
            if (replay.FromMs >= replay.ToMs) throw new CliException("--from is not before --to: swap or widen them.");
            var report = isLive ? await Task.Run(
                    () => LiveRun.Run(replay, parsed.GetValue(redis), cancel), CancellationToken.None)
                : parsed.GetValue(against) is { } other
                ? await OtherBuild.CompareAsync(replay, other, parsed.GetValue(decisions), parsed, cancel)
                : Compare(replay, parsed.GetValue(decisions), cancel);
            if (parsed.GetValue(json)) JsonText.Print(report);
            else ReplayText.Write(report, Console.Out);
            return report.Different == 0 ? ExitCode.Healthy : ExitCode.Findings;
        });
        return command;
    }

    private static void Check(ParseResult parsed, bool isLive, bool hasArchive, Option[] others)
    {
        if (isLive == hasArchive) throw new CliException("name either an archive's folder or --live.");
        var strange = Array.Find(others, option => parsed.GetResult(option) is { Implicit: false });
        if (strange is null) return;
        throw new CliException(
            $"{strange.Name} does not go with {(isLive ? "--live" : "an archive")}: leave it out.");
    }

    private static DecisionReport Compare(ReplaySettings settings, string? decisions, CancellationToken cancel)
    {
        var diff = new DecisionDiff();
        Decide(settings, decisions, diff.Add, cancel);
        return diff.Report();
    }

    /// <summary>Replays in this build.</summary>
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
