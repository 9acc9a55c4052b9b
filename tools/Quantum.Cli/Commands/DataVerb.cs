using Quantum.Archive.Files;
using Quantum.Cli.Recordings;
using Quantum.Feeds.Check;
using Quantum.Feeds.Recorded;
using Spectre.Console;

namespace Quantum.Cli.Commands;

/// <summary>What recordings hold, without starting anything.</summary>
internal static class DataVerb
{
    private const string Name = "data";
    private const string Summary = "what a folder of recordings holds, and what of it would be refused or left out";

    private const string Explained = """
        Looks at recordings as `./quantum up --data` would, and starts nothing: form, symbols, intervals, ranges, gaps,
        rows that are there twice, and what would be refused or left out, with the mend. Taken are files, folders of any
        depth and zips: candles, trades, quotes, funding rates, captures. Of an archive (of the verbs `record` and
        `import`) it tells every stream with its days, entries and gaps.

        Exit code: 0 all of it plays, 1 something would be refused or left out, 2 could not look.

        Examples:
          ./quantum data check recordings/klines-1m
          ./quantum data check recordings --symbols BTCUSDT --from 2025-12-05 --json
          ./quantum data check export.csv --columns time=Date,open=Open,volume="Volume BTC"
        """;

    public static Command Create()
    {
        var path = new Argument<string>("folder") { Description = "a folder or one file" };
        var selection = new RecordingOptions();
        var json = CommonOptions.Json();
        var check = new Command("check", "tells what is there and what would be refused and why")
        {
            path, json,
        };
        selection.AddTo(check);
        check.SetAction(parsed =>
        {
            var settings = selection.Of(parsed, parsed.GetValue(path)!);
            if (ArchiveFolder.Is(settings.Path)) return Archived(settings, parsed.GetValue(json));
            var report = RecordingCheck.Look(settings);
            int? width = Console.IsOutputRedirected ? null : AnsiConsole.Profile.Width;
            if (parsed.GetValue(json)) JsonText.Print(report);
            else RecordingText.Write(report, Console.Out, width);
            return report.IsGood ? ExitCode.Healthy : ExitCode.Findings;
        });
        return new Command(Name, Explained) { check };
    }

    private static int Archived(RecordedSettings settings, bool isJson)
    {
        var report = ArchiveReport.Of(settings.Path);
        var notices = new List<string>();
        var wanted = settings with { OnNotice = notice => notices.Add(notice.Text) };
        // An archive without a market is for replays and notebooks: that it cannot be played is no fault of it.
        var played = report.HasMarket ? RecordingCheck.Look(wanted) : null;
        if (isJson) JsonText.Print(new { archive = report, market = played });
        else ArchiveText.Write(report, played, notices, Console.Out);
        return report.Broken.Count == 0 && played?.IsGood != false ? ExitCode.Healthy : ExitCode.Findings;
    }
}
