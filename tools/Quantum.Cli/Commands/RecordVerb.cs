using System.Diagnostics;
using Quantum.Archive.Files;
using Quantum.Archive.Recording;
using Quantum.Cli.Looking;

namespace Quantum.Cli.Commands;

/// <summary>Brings every stream of a running system into an archive, before retention takes it.</summary>
internal static class RecordVerb
{
    private const string Name = "record";
    private const string Summary = "keeps every stream of a running system in an archive of Parquet files";
    private const string DefaultFolder = "archive";
    private static readonly TimeSpan s_lastPass = TimeSpan.FromSeconds(10);

    private const string Explained = """
        Writes every stream, the dead letters, the roles' journals and, every ten minutes, their saved states into a
        folder of Parquet files by stream and day (docs/ARCHIVE.md), until Ctrl+C. It may be killed and started again at
        any moment: it goes on behind the newest whole file, and what was trimmed meanwhile it tells as a gap with its
        count. While it is known to a system retention waits for it, within 200,000 entries a stream; ./quantum audit
        finds RECORDER_BEHIND when it is gone, and --forget gives it up.

        --compact makes one file of each stream's small ones for every day that is over, beside a running recorder. A
        day with a file that cannot be read stays as it is and is told; all others are done.

        Exit code: 0 done (--compact, --forget), 130 ended by Ctrl+C with everything written, 2 could not record, or a
        day could not be compacted (without --skip-broken).

        Examples:
          ./quantum record
          ./quantum record --into /data/quantum --redis localhost:6379
          ./quantum record --compact --into /data/quantum
          ./quantum record --forget
        """;

    public static Command Create()
    {
        var into = new Option<string>("--into")
        {
            Description = $"the archive's folder (default {DefaultFolder})", HelpName = "folder",
            DefaultValueFactory = _ => DefaultFolder,
        };
        var every = CommonOptions.Whole("--every", "how long an entry may wait for its file, seconds (default "
            + "30)", 1, 3_600);
        var compact = new Option<bool>("--compact") { Description = "makes one file of each day that is over, and "
            + "ends" };
        var forget = new Option<bool>("--forget") { Description = "has retention wait for no recorder any more, "
            + "and ends" };
        var (redis, json, skip) = (CommonOptions.Redis(), CommonOptions.Json(), CommonOptions.SkipBroken());
        var command = new Command(Name, Explained) { into, every, compact, forget, skip, redis, json };
        command.SetAction((parsed, cancel) => Task.FromResult(
            parsed.GetValue(compact)
                ? Compact(parsed.GetValue(into)!, parsed.GetValue(skip), parsed.GetValue(json), cancel)
            : parsed.GetValue(skip)
                ? throw new CliException("--skip-broken goes with --compact: a recorder goes on behind a broken file.")
            : parsed.GetValue(forget) ? Forget(parsed.GetValue(redis), cancel)
            : Record(
                parsed.GetValue(redis), parsed.GetValue(into)!, parsed.GetValue(every) ?? 30, parsed.GetValue(json),
                cancel)));
        return command;
    }

    private static int Record(string? redis, string into, int everySeconds, bool isJson, CancellationToken cancel)
    {
        var choice = RedisChoice.Make(redis);
        var settings = new RecorderSettings
        {
            Every = TimeSpan.FromSeconds(everySeconds),
            Tell = (isWrong, text) => (isWrong ? Console.Error : Tellable(isJson)).WriteLine($"record: {text}"),
        };
        // What waits is written before it ends; only a Redis that does not answer cuts that short.
        using var limit = new CancellationTokenSource();
        using var ending = cancel.Register(() => limit.CancelAfter(s_lastPass));
        using var recorder = new Recorder(choice.Endpoint, new ArchiveStore(into), settings, limit.Token);
        Tellable(isJson).WriteLine($"recording {choice.Address} into {Path.GetFullPath(into)}, until Ctrl+C");
        var begun = Stopwatch.GetTimestamp();
        if (!recorder.Run(cancel))
            Console.Error.WriteLine("record: not all could be written at the end; the next start goes on from here.");
        Show(recorder, Stopwatch.GetElapsedTime(begun), isJson);
        return ExitCode.Interrupted;
    }

    private static void Show(Recorder recorder, TimeSpan took, bool isJson)
    {
        using var self = Process.GetCurrentProcess();
        var cores = self.TotalProcessorTime / took;
        if (isJson)
        {
            JsonText.Print(new
            {
                entries = recorder.Entries, files = recorder.Files, bytes = recorder.Bytes, lost = recorder.Lost,
                seconds = Math.Round(took.TotalSeconds, 1),
                entriesPerSecond = Math.Round(recorder.Entries / took.TotalSeconds, 1),
                cores = Math.Round(cores, 4), workingSetBytes = self.PeakWorkingSet64,
            });
            return;
        }

        Console.Out.WriteLine(
            FormattableString.Invariant(
                $"{recorder.Entries} entries in {recorder.Files} files, {recorder.Bytes / 1e6:0.0} MB; ")
            + FormattableString.Invariant($"{recorder.Lost} lost; ")
            + FormattableString.Invariant($"{100 * cores:0.0} % of a core over {took.TotalSeconds:0} s"));
    }

    private static int Compact(string into, bool skipsBroken, bool isJson, CancellationToken cancel)
    {
        if (!ArchiveFolder.Is(into))
            throw new CliException($"--into is '{into}', which is no archive: name the folder of ./quantum record.");
        var compaction = new Compaction(
            new ArchiveStore(into), text => Console.Error.WriteLine($"record: {text}"));
        compaction.Run(DateOnly.FromDateTime(DateTime.UtcNow), cancel);
        if (isJson)
        {
            JsonText.Print(new
            {
                joined = compaction.Joined, made = compaction.Made, entries = compaction.Entries,
                left = compaction.Left,
            });
        }
        else
            Console.Out.WriteLine($"{compaction.Joined} files became {compaction.Made}, {compaction.Entries} entries.");
        return compaction.Left > 0 && !skipsBroken ? ExitCode.CouldNotLook : ExitCode.Healthy;
    }

    private static int Forget(string? redis, CancellationToken cancel)
    {
        var count = Recorder.Forget(RedisChoice.Make(redis).Endpoint, cancel);
        Console.Out.WriteLine($"retention waits for no recorder any more ({count} streams).");
        return ExitCode.Healthy;
    }

    private static TextWriter Tellable(bool isJson) => isJson ? Console.Error : Console.Out;
}
