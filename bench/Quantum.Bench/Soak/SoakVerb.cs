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
