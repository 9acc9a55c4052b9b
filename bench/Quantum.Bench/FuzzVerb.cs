using System.Diagnostics;
using System.Globalization;
using Quantum.Resp.Tests;

namespace Quantum.Bench;

/// <summary>`fuzz`: throws cases at the reply parser until their number is reached or one goes wrong.</summary>
internal static class FuzzVerb
{
    public static int Run(string[] options)
    {
        var cases = 1_000_000L;
        var seed = 1;
        var fault = GivenOptions.Fault(
            "fuzz", options, _ => { }, (name, value) => name switch
            {
                "--cases" => long.TryParse(value, CultureInfo.InvariantCulture, out cases) && cases >= 1,
                "--seed" => (seed = GivenOptions.Whole(value)) >= 1,
                _ => false,
            });
        if (fault is not null) return Program.Usage(fault);
        var clock = Stopwatch.StartNew();
        var fuzz = new RespFuzz(seed);
        for (var i = 0L; i < cases; i++)
        {
            try
            {
                fuzz.Case(i);
            }
            catch (Exception e)
            {
                Console.Error.WriteLine($"case {i} of seed {seed} failed: {e}");
                return 1;
            }
        }

        Console.WriteLine(
            $"{cases} cases, seed {seed}: {fuzz.Complete} complete, {fuzz.Incomplete} incomplete, " +
            $"{fuzz.Refused} refused, none wrong, {clock.Elapsed.TotalSeconds:0.0} s");
        return 0;
    }
}
