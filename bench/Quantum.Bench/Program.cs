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

/// <summary>The benchmarks' entry: a verb with its options. Each has a page in the folder Help.</summary>
internal static class Program
{
    // The page of the verbs as a whole.
    private const string Verbs = "bench";

    public static int Main(string[] arguments)
    {
        if (arguments.Length == 0) return Usage("name what is measured. See ./quantum bench --help.");
        var verb = arguments[0] is "--help" or "-h" ? Verbs : arguments[0];
        if (verb == Verbs || arguments[1..].Any(argument => argument is "--help" or "-h"))
        {
            if (HelpPage.TryOf(verb) is not { } page) return Unknown(verb);
            Console.Write(page.Text);
            return 0;
        }

        try
        {
            return verb switch
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
                _ => Unknown(verb),
            };
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception
            or FeedException or SweepException)
        {
            Console.Error.WriteLine($"bench: {e.Message}");
            return 1;
        }
    }

    /// <summary>Tells what is wrong with what was typed; the exit code for it.</summary>
    public static int Usage(string fault)
    {
        Console.Error.WriteLine($"bench: {fault}");
        return 2;
    }

    private static int Unknown(string verb) => Usage($"'{verb}' is no verb of bench. See ./quantum bench --help.");
}
