using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Quantum.AppHost;

/// <summary>Runs a verb of the command line against the run's own Redis.</summary>
internal static class CommandLine
{
    private const int Columns = 120;

    /// <summary>Runs it to its end; gives the exit code and what it wrote.</summary>
    public static async Task<(int ExitCode, string Text)> RunAsync(
        IServiceProvider services, string[] arguments, CancellationToken cancel)
    {
        var redis = services.GetRequiredService<DistributedApplicationModel>().Resources
            .OfType<IResourceWithConnectionString>().First(resource => resource.Name == "redis");
        var start = new ProcessStartInfo(Places.Host, [Places.CommandLine, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // Not as an argument, which everyone on the machine may read.
        start.Environment["ConnectionStrings__redis"] = await redis.GetConnectionStringAsync(cancel);
        start.Environment["COLUMNS"] = $"{Columns}";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(cancel);
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, output + await error);
    }
}
