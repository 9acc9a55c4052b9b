using System.Diagnostics;

namespace Quantum.AppHost.Tests;

/// <summary>Runs the AppHost as it was built, to its end.</summary>
internal static class BuiltAppHost
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);

    // …/tests/Quantum.AppHost.Tests/bin/<configuration>/<framework>
    private static readonly DirectoryInfo s_output = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Root => s_output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    public static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        var assembly = Path.Combine(
            Root, "Quantum.AppHost/bin", s_output.Parent!.Name, s_output.Name, "Quantum.AppHost.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [assembly, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(s_limit)) process.Kill(entireProcessTree: true);
        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
