using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Quantum.Simulation.Hostile;

namespace Quantum.Bench;

/// <summary>`hostile`: throws mutated entries at every stream of a system, and tells what became of them.</summary>
internal static class HostileVerb
{
    public static int Run(string[] options)
    {
        var (entries, seed, isJson) = (1_000_000L, 1L, false);
        var fault = GivenOptions.Fault(
            "hostile", options, name => isJson |= name == "--json", (name, value) => name switch
            {
                "--entries" => (entries = GivenOptions.Whole(value)) >= 1,
                "--seed" => (seed = GivenOptions.Whole(value)) >= 1,
                _ => false,
            });
        if (fault is not null) return Program.Usage(fault);
        var clock = Stopwatch.StartNew();
        var result = HostileRun.Of(seed, entries);
        Tell(result, seed, clock.Elapsed.TotalSeconds, isJson);
        return result.IsGood ? 0 : 1;
    }

    private static void Tell(HostileResult result, long seed, double seconds, bool isJson)
    {
        var letters = result.DeadLetters.Values.Sum();
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                name = "hostile", seed, entries = result.Entries, handled = result.Handled, dead_letters = letters,
                by_reason = result.DeadLetters, crashes = result.Crashes.Count, endless_turns = result.EndlessTurns,
                dropped = result.Dropped.Count, seconds = Math.Round(seconds, 1),
            }));
        }
        else
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Entries} entries, seed {seed}: handled {result.Handled}, dead letters {letters}, crashes "
                + $"{result.Crashes.Count}, endless turns {result.EndlessTurns}, dropped {result.Dropped.Count}, "
                + $"{seconds:0.0} s"));
            foreach (var (reason, count) in result.DeadLetters) Console.WriteLine($"  {reason,-16} {count,10}");
        }

        foreach (var text in result.Crashes.Values.Concat(result.Dropped)) Console.Error.WriteLine(text);
    }
}
