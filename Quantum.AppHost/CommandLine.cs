using System.Diagnostics;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>Runs a verb of the command line for this run.</summary>
internal static class CommandLine
{
    private const int Columns = 120;

    /// <summary>Runs it to its end; gives the exit code and what it wrote.</summary>
    public static async Task<(int ExitCode, string Text)> RunAsync(
        RunFolder run, string[] arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Places.Host, [Places.CommandLine, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment[RunFiles.Variable] = run.Path;
        start.Environment["COLUMNS"] = $"{Columns}";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(cancel);
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, output + await error);
    }
}
