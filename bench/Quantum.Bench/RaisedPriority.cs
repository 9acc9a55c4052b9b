using System.ComponentModel;
using System.Diagnostics;

namespace Quantum.Bench;

/// <summary>
/// Runs the program once more with higher priority, where the system allows it, so that other work on the machine
/// spoils the figures less. Servers and rivals are its children and inherit the priority: all race alike.
/// </summary>
internal static class RaisedPriority
{
    private const string Mark = "QUANTUM_BENCH_RAISED";

    /// <summary>The exit code of the raised program, or null when this is the one to do the work.</summary>
    public static int? Run(string[] arguments)
    {
        if (Environment.GetEnvironmentVariable(Mark) is not null || Environment.ProcessPath is null) return null;
        try
        {
            using var self = Process.GetCurrentProcess();
            // The main thread's priority: threads that exist already would keep theirs, hence the new process.
            self.PriorityClass = ProcessPriorityClass.High;
        }
        catch (Exception e) when (e is Win32Exception or PlatformNotSupportedException or UnauthorizedAccessException)
        {
            return null;
        }

        var start = new ProcessStartInfo(Environment.ProcessPath);
        var isHosted = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        if (isHosted) start.ArgumentList.Add(typeof(RaisedPriority).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment[Mark] = "1";
        using var raised = Process.Start(start)!;
        raised.WaitForExit();
        return raised.ExitCode;
    }
}
