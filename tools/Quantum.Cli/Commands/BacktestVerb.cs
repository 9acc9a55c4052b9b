using Quantum.Backtest.Figures;
using Quantum.Backtest.Report;
using Quantum.Backtest.Results;
using Quantum.Backtest.Running;
using Quantum.Cli.Backtests;

namespace Quantum.Cli.Commands;

/// <summary>The whole system over a recording, in this process alone.</summary>
internal static class BacktestVerb
{
    private const string Name = "backtest";
    private const string Summary = "the whole system over a recording in this process alone: what it would have made";

    private const string Explained = """
        Plays a recording through every role of the system in one process: no Redis, nothing else running. The roles are
        those of the live system and read the same settings; played through `./quantum up --data`, the same recording
        with the same settings gives the same trades. docs/BACKTEST.md says what is assumed and how figures are defined.

        --settings takes a file in the form of a service's appsettings.json: one that ran live runs here unchanged.
        --set changes one setting more; docs/SETTINGS.md lists them. What must be alike is joined by '+':
        --set Ai:IntervalMs+Clm:IntervalMs=60000.

        Exit code: 0 done, 2 could not run (settings, recording or report file), 130 interrupted.

        Examples:
          ./quantum backtest --data recordings/klines-1m --report week.html
          ./quantum backtest --data recordings --symbols BTCUSDT,ETHUSDT --from 2025-12-05 --to 2025-12-08
          ./quantum backtest --data recordings --settings live.json --set TradingBot:CooldownMs=900000 --json
        """;

    public static Command Create()
    {
        var input = new BacktestInput();
        var report = new Option<string?>("--report")
        {
            Description = "write one HTML file with curve, trades and figures", HelpName = "out.html",
        };
        var json = CommonOptions.Json();
        var pace = new Option<bool>("--progress")
        {
            Description = "tell on standard error how far it is, a JSON line five times a second",
        };
        var command = new Command(Name, Explained) { report, json, pace };
        input.AddTo(command);
        command.SetAction((parsed, cancel) => Task.FromResult(
            Run(input, parsed, parsed.GetValue(report), parsed.GetValue(json), parsed.GetValue(pace), cancel)));
        return command;
    }

    private static int Run(
        BacktestInput input, ParseResult parsed, string? report, bool isJson, bool tellsPace, CancellationToken cancel)
    {
        var settings = input.SettingsOf(parsed);
        if (report is not null) CheckPlace(report);
        var tape = BacktestTape.Open(input.FeedOf(parsed, settings));
        using var progress = new ProgressLine(tellsPace);
        foreach (var notice in tape.Notices) progress.Note(notice.Text);
        var outcome = BacktestRun.Of(
            tape, settings, new BacktestOptions { OnProgress = progress.Show, KeepsBars = true, Hashes = isJson },
            cancel);
        progress.End();
        var figures = BacktestFigures.Of(outcome);
        if (report is not null) Write(report, HtmlReport.Of(outcome, figures));
        if (isJson) JsonText.Print(Document(outcome, figures, report));
        else Console.Out.Write(FiguresText.Of(figures));
        if (report is not null && !isJson) Console.Out.WriteLine($"{Environment.NewLine}report: {report}");
        return ExitCode.Healthy;
    }

    // Candles are the recording's own, and the curve is thinned out as the report draws it.
    private static object Document(BacktestOutcome outcome, BacktestFigures figures, string? report) => new
    {
        symbols = outcome.Symbols.Select(symbol => symbol.Name),
        fromMs = outcome.FromMs, toMs = outcome.ToMs, startEquityUsd = outcome.StartEquityUsd,
        endEquityUsd = outcome.Equity[^1].EquityUsd,
        figures, curve = CurvePoint.Of(outcome), totals = outcome.Totals, assumptions = outcome.Assumptions,
        trades = outcome.Trades, refusals = outcome.Refusals, settings = outcome.Settings,
        streamHash = outcome.StreamHash, report,
    };

    // Before the run: an hour's result must not be lost to a folder that is not there.
    private static void CheckPlace(string report)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(report))!;
        if (Directory.Exists(report))
            throw new CliException($"--report is '{report}', which is a folder: name a file in it.");
        if (!Directory.Exists(folder))
            throw new CliException($"--report is '{report}', and there is no folder {folder}: make it first.");
    }

    private static void Write(string path, string page)
    {
        var beside = path + ".part";
        File.WriteAllText(beside, page);
        File.Move(beside, path, overwrite: true);
    }
}
