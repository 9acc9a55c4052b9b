using System.CommandLine;
using Quantum.Cli.Recordings;
using Quantum.Feeds;
using Quantum.Feeds.Check;
using Quantum.Feeds.Recorded;
using Spectre.Console;
using Symbol = Quantum.Contracts.Units.Symbol;

namespace Quantum.Cli.Commands;

/// <summary>What recordings hold, without starting anything.</summary>
internal static class DataVerb
{
    private const string Name = "data";
    private const string Summary = "what a folder of recordings holds, and what of it would be refused or left out";

    private const string Explained = """
        Looks at recordings as `./quantum up --data` would, and starts nothing: form, symbols, intervals, ranges, gaps,
        rows that are there twice, and what would be refused or left out, with the mend. Taken are files, folders of any
        depth and zips: candles, trades, quotes, funding rates, captures.

        Exit code: 0 all of it plays, 1 something would be refused or left out, 2 could not look.

        Examples:
          ./quantum data check recordings/klines-1m
          ./quantum data check recordings --symbols BTCUSDT --from 2025-12-05 --json
          ./quantum data check export.csv --columns time=Date,open=Open,volume="Volume BTC"
        """;

    public static Command Create()
    {
        var path = new Argument<string>("folder") { Description = "a folder or one file" };
        var symbols = Text("--symbols", "only these, separated by commas", "A,B");
        var from = Text("--from", "only from this time on, ISO (UTC)", "time");
        var to = Text("--to", "only before this time, ISO (UTC)", "time");
        var interval = Text("--interval", "candles to trade on", "5m");
        var columns = Text("--columns", "what the columns of a CSV export are called", "time=Date,open=Open");
        var json = CommonOptions.Json();
        var check = new Command("check", "tells what is there and what would be refused and why")
        {
            path, symbols, from, to, interval, columns, json,
        };
        check.SetAction(parsed =>
        {
            var settings = new RecordedSettings
            {
                Path = parsed.GetValue(path)!, Symbols = SymbolsOf(parsed.GetValue(symbols)),
                FromMs = TimeOf("--from", parsed.GetValue(from)), ToMs = TimeOf("--to", parsed.GetValue(to)),
                IntervalMs = IntervalOf(parsed.GetValue(interval)),
                Columns = parsed.GetValue(columns) is { } names ? ColumnNames.Parse(names) : null,
            };
            if (settings.FromMs >= settings.ToMs)
                throw new CliException("--from is not before --to: swap or widen them.");
            var report = RecordingCheck.Look(settings);
            int? width = Console.IsOutputRedirected ? null : AnsiConsole.Profile.Width;
            if (parsed.GetValue(json)) JsonText.Print(report);
            else RecordingText.Write(report, Console.Out, width);
            return report.IsGood ? ExitCode.Healthy : ExitCode.Findings;
        });
        return new Command(Name, Explained) { check };
    }

    private static Option<string?> Text(string name, string what, string example) =>
        new(name) { Description = what, HelpName = example };

    private static Symbol[] SymbolsOf(string? text) =>
    [
        .. (text ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries).Select(
            part => Symbol.TryParse(part.ToUpperInvariant(), out var symbol)
                ? symbol
                : throw new CliException($"--symbols holds '{part}', which is no symbol: use {Symbol.Rule}.")),
    ];

    private static long? TimeOf(string option, string? text) => text is null ? null
        : FeedTime.TryParse(text, out var atMs) ? atMs
        : throw new CliException(
            $"{option} is '{text}', which is no time between 2009 and 2100: write 2025-12-05 12:00.");

    private static long? IntervalOf(string? text) => text is null ? null : CandleInterval.Of(text)
        ?? throw new CliException($"--interval is '{text}': use {CandleInterval.Names}.");
}
