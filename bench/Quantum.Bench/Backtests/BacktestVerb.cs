using System.Diagnostics;
using System.Globalization;
using Quantum.Backtest.Running;
using Quantum.Backtest.Settings;
using Quantum.Contracts.Units;
using Quantum.Feeds;

namespace Quantum.Bench.Backtests;

/// <summary>
/// `backtest`: how fast recordings go through the whole chain on one core, what a candle costs of memory, and how long
/// a year takes from the start to its result.
/// </summary>
internal static class BacktestVerb
{
    public const string Usage = "[--json] [--only candles|one|ticks|year|memory] [--data folder] [--days n]";
    private static readonly string[] s_parts = ["candles", "one", "ticks", "year", "memory"];

    public static int Run(string[] given)
    {
        var (isJson, only, data, days) = (false, (string?)null, (string?)null, (double?)null);
        for (var i = 0; i < given.Length; i++)
        {
            if (given[i] == "--json")
            {
                isJson = true;
                continue;
            }

            var (name, value) = (given[i], i + 1 < given.Length ? given[++i] : "");
            if (name == "--only" && s_parts.Contains(value)) only = value;
            else if (name == "--data" && Directory.Exists(value)) data = value;
            else if (name == "--days" && double.TryParse(value, CultureInfo.InvariantCulture, out var n) && n > 0)
                days = n;
            else return Program.Usage($"'{name} {value}' is no option of backtest");
        }

        foreach (var part in only is null ? s_parts : [only])
        {
            foreach (var figure in Figures(part, data, days))
            {
                Console.WriteLine(isJson ? figure.ToJson() : figure.ToString());
                Console.Out.Flush();
            }
        }

        return 0;
    }

    private static IEnumerable<Figure> Figures(string part, string? data, double? days)
    {
        switch (part)
        {
            case "candles":
                return Played("backtest_candles", data ?? SharedRecordings.Folder("klines-1m"), [], days);
            case "one":
                return Played("backtest_candles_one", data ?? SharedRecordings.Folder("klines-1m"), ["BTCUSDT"], days);
            case "ticks":
                return TickPath.Figures(data ?? SharedRecordings.Folder("capture"));
            case "year":
                return Year(1, "backtest_year", days ?? 365);
            default:
                return Year(GeneratedYear.MostSymbols, "backtest_year_all", days ?? 30);
        }
    }

    private static IEnumerable<Figure> Played(string name, string? folder, string[] symbols, double? days)
    {
        if (folder is null)
        {
            Console.Error.WriteLine("no recorded candles: name a folder with --data");
            return [];
        }

        var settings = new FeedSettings
        {
            Kind = FeedKind.Recorded, Path = folder, Symbols = [.. symbols.Select(Symbol.Parse)], Days = days,
        };
        // What is compiled at its first call is no part of how fast it is.
        BacktestRun.Of(BacktestTape.Open(settings with { Days = 1 }), RunSettings.Of());
        return Measure(name, BacktestTape.Open(settings));
    }

    private static IEnumerable<Figure> Year(int symbols, string name, double days)
    {
        using var year = new GeneratedYear(symbols, days);
        GC.Collect();
        return Measure(name, null, year.Settings);
    }

    private static IEnumerable<Figure> Measure(string name, BacktestTape? tape, FeedSettings? open = null)
    {
        var ticks = 0L;
        var (allocated, clock) = (GC.GetTotalAllocatedBytes(precise: true), Stopwatch.StartNew());
        var outcome = BacktestRun.Of(
            tape ?? BacktestTape.Open(open!), RunSettings.Of(),
            new BacktestOptions { OnEnd = run => ticks = run.Inputs });
        var seconds = clock.Elapsed.TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var candles = outcome.Assumptions.Candles;
        yield return new Figure(name, candles, "candles");
        yield return new Figure(name + "_seconds", seconds, "s");
        yield return new Figure(name + "_per_s", candles / seconds, "candles/s");
        yield return new Figure(name + "_inputs_per_s", ticks / seconds, "inputs/s");
        yield return new Figure(name + "_bytes_each", allocated / (double)candles, "B");
        yield return new Figure(name + "_trades", outcome.Trades.Count, "trades");
        yield return new Figure(name + "_peak_memory", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB");
    }
}
