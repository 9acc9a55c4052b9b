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
        for (var i = 0; i < options.Length; i += 2)
        {
            if (i + 1 == options.Length
                || !long.TryParse(options[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return Program.Usage($"'{options[i]}' needs a whole number behind it");
            }

            if (options[i] == "--cases") cases = number;
            else if (options[i] == "--seed") seed = (int)(number % int.MaxValue);
            else return Program.Usage($"'{options[i]}' is no option of fuzz");
        }

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
