using System.Globalization;
using Quantum.Resp;

namespace Quantum.Bench.Soak;

/// <summary>
/// `soak`: a day of market through the real processes, and what they use on the way. Exit code 0 when no service grows
/// beyond the bar, 1 when one does or it could not be carried through, 130 when it was interrupted; what was measured
/// is told all the same.
/// </summary>
internal static class SoakVerb
{
    public static int Run(string[] given)
    {
        if (given.Contains("--help"))
        {
            Console.WriteLine(Help);
            return 0;
        }

        if (SoakOptions.TryParse(given, out var options) is { } fault) return Program.Usage(fault);
        using var interruption = new Interruption();
        var report = Soaked(options, interruption.Token);
        if (report is null) return 1;
        if (options.Json) Console.WriteLine(report.ToJson());
        else foreach (var line in report.Lines()) Console.WriteLine(line);
        if (interruption.IsAsked) return Interruption.ExitCode;
        if (options.Write) report.Keep(DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return report.IsMet ? 0 : 1;
    }

    private static string Help =>
        $"""
        Plays hours of a generated market, one-minute candles of a few symbols, through every service as a process of
        its own over a Redis of its own, as fast as the readers can, and measures memory, handles and stream lengths.

        usage: ./quantum soak {SoakOptions.Usage}

          --hours n     hours of market that count, above 0 to 720 (default: 24)
          --warm-up n   hours of market before them (default: as many again)
          --speed n     market time over real time, or max (default: max)
          --symbols n   how many symbols are traded, 1 to 8 (default: 3)
          --every n     real time between two samples, 0.2 to 600 s (default: 1)
          --seed n      of the market, from 1 (default: 1)
          --json        the document alone on standard output
          --write       keeps table and chart in docs/RELIABILITY.md and docs/soak.svg

        The bars: 0.2 MB of growth a simulated hour for each service, 0.1 open handles for each process, no stream of
        bounded length twice as long as it may be. Exit codes: 0 met, 1 missed, 130 interrupted.
        """;

    private static SoakReport? Soaked(SoakOptions options, CancellationToken cancel)
    {
        try
        {
            return new SoakRun(options, (sample, took) => Progress(options, sample, took)).Run(cancel);
        }
        catch (RespException fault)
        {
            Console.Error.WriteLine($"bench: Redis went away under the soak: {fault.Message}");
            return null;
        }
    }

    private static void Progress(SoakOptions options, SoakSample sample, TimeSpan took)
    {
        if (Console.IsErrorRedirected) return;
        var left = sample.Hours > 0 ? took / sample.Hours * (options.AllHours - sample.Hours) : TimeSpan.Zero;
        Console.Error.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\r{sample.Hours,6:0.00} of {options.AllHours:0.##} hours, {took.TotalSeconds,5:0} s, "
            + $"{left.TotalSeconds,5:0} s left, {sample.Processes.Values.Sum(use => use.MemoryMb),6:0} MB"));
        if (sample.Hours >= options.AllHours) Console.Error.WriteLine();
    }
}
