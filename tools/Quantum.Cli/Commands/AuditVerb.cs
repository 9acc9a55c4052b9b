using Quantum.Cli.Audit;
using Quantum.Cli.Looking;
using Quantum.Audit;
using Quantum.Resp;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Quantum.Cli.Commands;

/// <summary>What is alive, what is behind, what is lost.</summary>
internal static class AuditVerb
{
    private const string Name = "audit";
    private const string Summary = "every stream and group judged: who reads, what waits, what is lost, what mends it";

    private const string Explained = """
        Every stream and group judged: who reads, what waits, what was lost, and the command that mends each.
        Reads only, unless --fix is confirmed. Works on a Redis that Quantum does not own, too.

        The table fits the terminal: a narrow one shows each reader below its stream, --watch what is wrong first.
        Modes and schema versions are those of the first and the newest entries of each stream.

        A cluster is followed over all its masters, a replica is read as it is. What a server did not answer is a
        finding (COULD_NOT_ASK) with the error's name, and so is seeing no stream at all (NOTHING_SEEN), with where keys
        are. Names are bytes: what is no printable sign is escaped, and commands are quoted for the shell.

        Exit code: 0 healthy, 1 findings, also when something or everything was not seen, 2 could not look.

        Examples:
          ./quantum audit
          ./quantum audit --watch
          ./quantum audit --redis localhost:6379 --json
          ./quantum audit --markdown AUDIT.md
          ./quantum audit --fix
          ./quantum audit --fix --yes
        """;

    public static Command Create()
    {
        var redis = CommonOptions.Redis();
        var json = CommonOptions.Json();
        var watch = new Option<bool>("--watch", "-w") { Description = "look again and again until Ctrl+C" };
        var every = CommonOptions.Number(
            "--every", "seconds between looks of --watch, from 0.2", "seconds", least: 0.2, most: 86_400,
            unlessGiven: 2);
        var markdown = new Option<FileInfo?>("--markdown")
        {
            Description = "also write the audit as Markdown, in the event flow map's layout", HelpName = "file",
        };
        var fix = new Option<bool>("--fix")
        {
            Description = "mend what is safe: stale consumers, wrong reported lag, missing groups; asks for each step",
        };
        var yes = new Option<bool>("--yes", "-y") { Description = "with --fix: do every step without asking" };
        var groupsAt = new Option<string?>("--groups-at")
        {
            Description = "with --fix: make missing groups at 0 (read all) or $ (only new)", HelpName = "0|$",
        };
        var command = new Command(Name, Explained) { redis, json, watch, every, markdown, fix, yes, groupsAt };
        command.SetAction((parsed, cancel) => Task.Run(() =>
        {
            if (parsed.GetValue(groupsAt) is { } at and not ("0" or "$"))
                throw new CliException(
                    $"--groups-at is '{at}': write 0 to read all that is there, or $ for new entries only.");
            var choice = RedisChoice.Make(parsed.GetValue(redis));
            using var audit = new StreamAudit(choice.Endpoint);
            if (parsed.GetValue(watch))
                return Watch(audit, parsed.GetValue(every)!.Value, parsed.GetValue(json), cancel);
            var report = audit.Look(cancel);
            if (parsed.GetValue(markdown) is { } file) File.WriteAllText(file.FullName, MarkdownAudit.Render(report));
            if (parsed.GetValue(fix))
            {
                using var look = new QuantumRedis(choice);
                look.RequireOwn();
                using var mending = new AuditMending(
                    RespConnection.Connect(choice.Endpoint), parsed.GetValue(groupsAt));
                var steps = mending.Run(report, parsed.GetValue(yes), parsed.GetValue(json));
                report = audit.Look(cancel);
                if (parsed.GetValue(json)) JsonText.Print(new { steps, after = report });
                else Console.Out.WriteLine(PlainAudit.Conclusion(report));
                return CodeOf(report);
            }

            if (parsed.GetValue(json)) JsonText.Print(report);
            else if (Console.IsOutputRedirected) PlainAudit.Write(report, Console.Out);
            else AnsiConsole.Write(new TerminalAudit().Render(report, AnsiConsole.Profile.Width));
            return CodeOf(report);
        }, CancellationToken.None));
        return command;
    }

    private static int Watch(StreamAudit audit, double everyS, bool isJson, CancellationToken cancel)
    {
        var every = TimeSpan.FromSeconds(everyS);
        var report = audit.Look(cancel);
        if (isJson || Console.IsOutputRedirected)
        {
            do
            {
                if (isJson) JsonText.PrintLine(report);
                else PlainAudit.Write(report, Console.Out);
                if (cancel.WaitHandle.WaitOne(every)) return CodeOf(report);
                report = audit.Look(cancel);
            }
            while (true);
        }

        var screen = new TerminalAudit();
        // A live display cannot scroll back: what does not fit would never be seen.
        IRenderable Screen() => screen.Render(report, AnsiConsole.Profile.Width, AnsiConsole.Profile.Height);
        AnsiConsole.Live(Screen()).Start(live =>
        {
            while (!cancel.WaitHandle.WaitOne(every))
            {
                report = audit.Look(cancel);
                live.UpdateTarget(Screen());
            }
        });
        return CodeOf(report);
    }

    private static int CodeOf(AuditReport report) => report.IsHealthy ? ExitCode.Healthy : ExitCode.Findings;
}
