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
        if (GivenOptions.Fault("feeds", options, out var isJson, out var isQuick) is { } fault)
            return Program.Usage(fault);
        var figures = CandleReading.Run(isQuick).Concat(Fuzz(isQuick ? QuickLines : FuzzedLines));
        return Figure.Print(figures, isJson);
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
