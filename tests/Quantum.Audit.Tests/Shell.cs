using System.Diagnostics;

namespace Quantum.Audit.Tests;

/// <summary>A POSIX shell, as the person has who copies a mend.</summary>
internal static class Shell
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    /// <summary>Runs a line and gives what it printed; fails when redis-cli prints an error.</summary>
    public static string Run(string line)
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(line);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(s_deadline), $"'{line}' did not end");
        Assert.True(process.ExitCode == 0, $"'{line}' failed: {output}{errors.GetAwaiter().GetResult()}");
        Assert.DoesNotMatch("^\\(?(error|ERR|WRONGTYPE|NOGROUP|NOPERM|READONLY|MOVED)\\b", output);
        return output;
    }
}
