using Quantum.Backtest.Sweeps;
using Quantum.Bench.Archive;
using Quantum.Bench.Backtests;
using Quantum.Bench.Budget;
using Quantum.Bench.Chaos;
using Quantum.Bench.Decisions;
using Quantum.Bench.Latency;
using Quantum.Bench.Orders;
using Quantum.Bench.Pages;
using Quantum.Bench.Soak;
using Quantum.Bench.Venue;
using Quantum.Bench.Week;
using Quantum.Feeds;

namespace Quantum.Bench;

/// <summary>
/// The benchmarks' entry: `streams [--json] [--only name] [--quick]`, `audit [--json] [--quick]`,
/// `latency [--json] [--quick]`, `feeds [--json] [--quick]`, `rate [--json] [--seconds n]`,
/// `orders [--json] …`, `venue [--json] …`, `decisions [--json] …`, `backtest [--json] …`,
/// `week [--json] …`, `archive [--json] …`,
/// `console [--json] [--quick]`, `chaos [--runs n] [--cells pattern] …`, `soak [--hours n] …`,
/// `hostile [--json] …` or `fuzz [--cases n] [--seed n]`.
/// </summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        if (arguments.Length == 0) return Usage("a verb is missing");
        try
        {
            return arguments[0] switch
            {
                "streams" => RaisedPriority.Run(arguments) ?? StreamsVerb.Run(arguments[1..]),
                "audit" => RaisedPriority.Run(arguments) ?? AuditVerb.Run(arguments[1..]),
                "latency" => RaisedPriority.Run(arguments) ?? LatencyVerb.Run(arguments[1..]),
                "echo" => EchoVerb.Run(arguments[1..]),
                "feeds" => RaisedPriority.Run(arguments) ?? FeedsVerb.Run(arguments[1..]),
                "rate" => RateVerb.Run(arguments[1..]),
                "rate-worker" => RateWorkerVerb.Run(arguments[1..]),
                "orders" => OrdersVerb.Run(arguments[1..]),
                "venue" => RaisedPriority.Run(arguments) ?? VenueVerb.Run(arguments[1..]),
                "decisions" => DecisionsVerb.Run(arguments[1..]),
                "backtest" => RaisedPriority.Run(arguments) ?? BacktestVerb.Run(arguments[1..]),
                "console" => ConsoleVerb.Run(arguments[1..]),
                "chaos" => ChaosVerb.Run(arguments[1..]),
                "soak" => SoakVerb.Run(arguments[1..]),
                "archive" => RaisedPriority.Run(arguments) ?? ArchiveVerb.Run(arguments[1..]),
                "week" => RaisedPriority.Run(arguments) ?? WeekVerb.Run(arguments[1..]),
                "hostile" => HostileVerb.Run(arguments[1..]),
                "fuzz" => FuzzVerb.Run(arguments[1..]),
                _ => Usage($"'{arguments[0]}' is no verb"),
            };
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception
            or FeedException or SweepException)
        {
            Console.Error.WriteLine($"bench: {e.Message}");
            return 1;
        }
    }

    public static int Usage(string fault)
    {
        Console.Error.WriteLine(
            $"bench: {fault}; use `streams [--json] [--only name] [--quick]`, `audit [--json] [--quick]`, "
            + "`latency [--json] [--quick]`, `feeds [--json] [--quick]`, `rate [--json] [--seconds n]`, "
            + $"`orders {OrdersOptions.Usage}`, `venue {VenueVerb.Usage}`, "
            + $"`decisions {DecisionsOptions.Usage}`, `backtest {BacktestVerb.Usage}`, "
            + $"`week {WeekVerb.Usage}`, "
            + $"`archive {ArchiveVerb.Usage}`, `console {ConsoleVerb.Usage}`, `chaos {ChaosOptions.Usage}`, "
            + $"`soak {SoakOptions.Usage}`, `hostile {HostileVerb.Usage}` or `fuzz [--cases n] [--seed n]`");
        return 2;
    }
}
