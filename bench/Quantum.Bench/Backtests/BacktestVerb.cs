using System.Diagnostics;
using System.Globalization;
using Quantum.Backtest.Figures;
using Quantum.Backtest.Report;
using Quantum.Backtest.Running;
using Quantum.Backtest.Settings;
using Quantum.Contracts.Units;
using Quantum.Feeds;

namespace Quantum.Bench.Backtests;

/// <summary>
/// `backtest`: how fast recordings go through the whole chain on one core, what a candle costs of memory, and how long
/// a year takes from the start to its result. Exit code 1 when a bar is missed; each figure with a bar tells it.
/// </summary>
internal static class BacktestVerb
{
    /// <summary>A rate is that of so much time at least, beyond the first run, unless told otherwise.</summary>
    private const double LeastSeconds = 5;

    private const double YearDays = 365;

    private static readonly string[] s_parts = ["candles", "one", "ticks", "year", "memory", "sweep"];

    public static int Run(string[] given)
    {
        var (isJson, parts, data, days) = (false, s_parts, (string?)null, (double?)null);
        var least = LeastSeconds;
        var fault = GivenOptions.Fault(
            "backtest", given, name => isJson |= name == "--json", (name, value) => name switch
            {
                "--only" => (parts = [.. s_parts.Where(part => part == value)]).Length > 0,
                "--data" => Directory.Exists(data = value),
                "--days" => (days = GivenOptions.Number(value)) > 0,
                "--seconds" => (least = GivenOptions.Number(value)) > 0,
                _ => false,
            });
        if (fault is not null) return Program.Usage(fault);
        var missed = Figure.Print(
            parts.SelectMany(part => Figures(part, data, days, least))
                .Select(figure => Judged(figure, isWholeYear: days is null or >= YearDays)), isJson);
        if (missed == 0) return 0;
        Console.Error.WriteLine($"bench: {missed} of the backtest's bars {(missed == 1 ? "is" : "are")} missed");
        return 1;
    }

    // Those of a year hold for a whole one.
    private static Figure Judged(Figure figure, bool isWholeYear) => figure.Name switch
    {
        "backtest_candles_per_s" => figure with { AtLeast = 100_000 },
        "backtest_candles_one_per_s" => figure with { AtLeast = 60_000 },
        "backtest_ticks_per_s" => figure with { AtLeast = 500_000 },
        "backtest_candles_bytes_each" or "backtest_candles_one_bytes_each" => figure with { AtMost = 1_000 },
        "backtest_sweep_gain" => figure with { AtLeast = 1.85 },
        "backtest_year_seconds" when isWholeYear => figure with { AtMost = 20 },
        "backtest_year_all_peak_memory" when isWholeYear => figure with { AtMost = 500 },
        _ => figure,
    };

    private static IEnumerable<Figure> Figures(string part, string? data, double? days, double least)
    {
        switch (part)
        {
            case "candles":
                return Played("backtest_candles", Candles(), [], days, least);
            case "one":
                return Played("backtest_candles_one", Candles(), ["BTCUSDT"], days, least);
            case "ticks":
                return TickPath.Figures(data ?? SharedRecordings.Folder("capture"), least);
            case "year":
                return Year(1, "backtest_year", days ?? YearDays);
            case "memory":
                return Year(GeneratedYear.MostSymbols, "backtest_year_all", days ?? 30);
            default:
                return Sweep(Candles(), days);
        }

        string? Candles() => data ?? SharedRecordings.Folder("klines-1m");
    }

    private static IEnumerable<Figure> Played(
        string name, string? folder, string[] symbols, double? days, double least)
    {
        if (RecordedIn(folder, days) is not { } settings) yield break;
        // The first run, which compiles what it calls, is told by itself.
        settings = settings with { Symbols = [.. symbols.Select(Symbol.Parse)] };
        var clock = Stopwatch.StartNew();
        var tape = BacktestTape.Open(settings);
        yield return new Figure(name + "_open_seconds", clock.Elapsed.TotalSeconds, "s");
        clock.Restart();
        BacktestRun.Of(tape, RunSettings.Of());
        yield return new Figure(name + "_first_seconds", clock.Elapsed.TotalSeconds, "s");
        foreach (var figure in Measure(name, tape, null, least)) yield return figure;
    }

    private static IEnumerable<Figure> Sweep(string? folder, double? days) =>
        RecordedIn(folder, days) is { } settings ? SweepPath.Figures(settings) : [];

    private static FeedSettings? RecordedIn(string? folder, double? days)
    {
        if (folder is not null) return new() { Kind = FeedKind.Recorded, Path = folder, Days = days };
        Console.Error.WriteLine("no recorded candles: name a folder with --data");
        return null;
    }

    private static Figure[] Year(int symbols, string name, double days)
    {
        var progress = new ToldProgress(name);
        using var year = new GeneratedYear(
            symbols, days, done => progress.Tell($"{done} of {symbols} symbols are generated"));
        GC.Collect();
        // The peak is that of the process: the generating's own is told too, for it may be no part of what is measured.
        var before = new Figure(name + "_generating_peak_memory", PeakMb(), "MB");
        // To the end, for the files are gone behind it.
        Figure[] figures = [before, .. Measure(name, null, year.Settings, 0, progress)];
        progress.End();
        return figures;
    }

    private static IEnumerable<Figure> Measure(
        string name, BacktestTape? tape, FeedSettings? open, double leastSeconds, ToldProgress? progress = null)
    {
        var (inputs, candles, trades) = (0L, 0L, 0);
        var (allocated, clock) = (GC.GetTotalAllocatedBytes(precise: true), WorkClock.Start());
        do
        {
            var outcome = BacktestRun.Of(
                tape ?? BacktestTape.Open(open!), RunSettings.Of(),
                new BacktestOptions { OnEnd = run => inputs += run.Inputs, OnProgress = Teller(progress) });
            if (open is not null) HtmlReport.Of(outcome, BacktestFigures.Of(outcome));
            candles += outcome.Assumptions.Candles;
            trades = outcome.Trades.Count;
        }
        while (clock.Seconds < leastSeconds);

        var (seconds, processor) = (clock.Seconds, clock.ProcessorSeconds);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        yield return new Figure(name, candles, "candles");
        yield return new Figure(name + "_seconds", seconds, "s");
        yield return new Figure(name + "_per_s", candles / seconds, "candles/s");
        yield return new Figure(name + "_per_processor_s", candles / processor, "candles/s");
        yield return new Figure(name + "_inputs_per_s", inputs / seconds, "inputs/s");
        yield return new Figure(name + "_bytes_each", allocated / (double)candles, "B");
        yield return new Figure(name + "_trades", trades, "trades");
        yield return new Figure(name + "_peak_memory", PeakMb(), "MB");
    }

    private static Action<BacktestProgress>? Teller(ToldProgress? progress) => progress is null
        ? null
        : now => progress.Tell(string.Create(
            CultureInfo.InvariantCulture,
            $"{now.DoneFraction:P0} played, {now.CandlesPerSecond:0} candles/s, {PeakMb():0} MB at most, "
            + $"{now.Left?.TotalSeconds:0} s left"));

    // What of this process was in memory at once, the runtime and the files' pages included, since it began.
    private static double PeakMb()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / 1e6;
    }
}
