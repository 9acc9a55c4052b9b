using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Quantum.Bench;

/// <summary>The command line as its user starts it: `quantum audit …` in a process of its own.</summary>
internal sealed class AuditProcess : IDisposable
{
    private readonly Process _process;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private AuditProcess(ProcessStartInfo start) => _process = Process.Start(start)!;

    /// <summary>Starts a watch, which prints one document per look.</summary>
    public static AuditProcess Watch(string connectionString)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in Arguments(connectionString)) start.ArgumentList.Add(argument);
        start.ArgumentList.Add("--watch");
        return new AuditProcess(start);
    }

    /// <summary>One look: its document, and what the process took from start to exit.</summary>
    public static (JsonElement Report, double WallMs, double CpuMs) Once(string connectionString)
    {
        // The shell knows what its children used; a process that is gone can no longer be asked.
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-c", "dotnet \"$@\"; times >&2", "sh", .. Arguments(connectionString)])
            start.ArgumentList.Add(argument);
        using var process = new AuditProcess(start);
        var times = process._process.StandardError.ReadToEndAsync();
        var text = process._process.StandardOutput.ReadToEnd();
        process._process.WaitForExit();
        var wallMs = process._clock.Elapsed.TotalMilliseconds;
        return (Parse(text), wallMs, ChildrenMs(times.GetAwaiter().GetResult()));
    }

    /// <summary>Processor time so far, in ms.</summary>
    public double CpuMs
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalMilliseconds;
        }
    }

    /// <summary>The next look of a watch.</summary>
    public JsonElement Next() => Parse(_process.StandardOutput.ReadLine());

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string[] Arguments(string connectionString) =>
        [BuiltServices.CommandLine, "audit", "--redis", connectionString, "--json"];

    /// <summary>From `times`, second line: user and system time of the children, as `0m0.230s 0m0.040s`.</summary>
    private static double ChildrenMs(string times)
    {
        var words = times.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split(' ');
        return words.Sum(word =>
        {
            var parts = word.TrimEnd('s').Split('m');
            return 60_000 * double.Parse(parts[0], CultureInfo.InvariantCulture)
                + 1_000 * double.Parse(parts[1], CultureInfo.InvariantCulture);
        });
    }

    private static JsonElement Parse(string? text)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text ?? "");
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"`quantum audit --json` printed no document: '{text}'");
        }
    }
}
