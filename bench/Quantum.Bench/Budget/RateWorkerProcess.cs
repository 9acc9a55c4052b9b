using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Quantum.Bench.Budget;

/// <summary>One process of the rate benchmark, as it is seen from the first.</summary>
internal sealed class RateWorkerProcess : IDisposable
{
    private readonly Process _process;

    private RateWorkerProcess(Process process) => _process = process;

    /// <summary>Starts this program as `rate-worker`.</summary>
    public static RateWorkerProcess Start(string redis, string venue, int processes, int number, int seconds)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        string[] arguments =
        [
            typeof(RateWorkerProcess).Assembly.Location, "rate-worker", redis, venue, Text(processes), Text(number),
            Text(seconds),
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return new RateWorkerProcess(Process.Start(start)!);
    }

    /// <summary>Waits for its end.</summary>
    public WorkerFigures Result()
    {
        var text = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        return _process.ExitCode == 0
            ? JsonSerializer.Deserialize<WorkerFigures>(text)!
            : throw new InvalidOperationException($"a worker ended with {_process.ExitCode}: {text}");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
