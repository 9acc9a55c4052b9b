using System.Diagnostics;
using Quantum.Feeds.Tests.Fuzz;

namespace Quantum.Bench;

/// <summary>`feeds`: how fast recordings are read, and what readers make of five million spoiled lines.</summary>
internal static class FeedsVerb
{
    private const int FuzzedLines = 5_000_000;
    private const int QuickLines = 200_000;

    public static int Run(string[] options)
    {
        if (options.FirstOrDefault(option => option is not ("--json" or "--quick")) is { } unknown)
            return Program.Usage($"'{unknown}' is no option of feeds");
        var quick = options.Contains("--quick");
        var figures = CandleReading.Run(quick).Concat(Fuzz(quick ? QuickLines : FuzzedLines));
        return Figure.Print(figures, options.Contains("--json"));
    }

    /// <summary>A line that crashes a reader or is taken wrongly ends the program with what it was.</summary>
    private static IEnumerable<Figure> Fuzz(int lines)
    {
        var clock = Stopwatch.StartNew();
        var fuzz = new TapeFuzz(seed: 2);
        for (var i = 0L; i < lines; i++) fuzz.Case(i);
        yield return new Figure("feeds_fuzzed_lines", lines, "lines");
        yield return new Figure("feeds_fuzzed_refused", fuzz.Refused, "lines");
        yield return new Figure("feeds_fuzzed_right", fuzz.Told, "lines");
        yield return new Figure("feeds_fuzzed_crashed_or_wrong", 0, "lines");
        yield return new Figure("feeds_fuzzed_per_s", lines / clock.Elapsed.TotalSeconds, "lines/s");
    }
}
