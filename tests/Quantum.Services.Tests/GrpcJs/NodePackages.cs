using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Quantum.Services.Tests.GrpcJs;

/// <summary>
/// The scripts of <c>grpc-js/</c> beside this assembly with the packages of their lock file, installed once: a later
/// run finds them there.
/// </summary>
internal static class NodePackages
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "grpc-js");
    private static readonly string s_installed = Path.Combine(s_folder, "node_modules", "installed-for");
    private static readonly Lazy<string?> s_fault = new(Install);

    /// <summary>Why the scripts cannot run on this machine, and the mend; null when they can.</summary>
    public static string? Fault => s_fault.Value;

    public static string Script(string name) => Path.Combine(s_folder, name);

    private static string? Install()
    {
        if (Run("node", "--version") is { } noNode) return noNode;
        var wanted = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Script("package-lock.json"))));
        if (File.Exists(s_installed) && File.ReadAllText(s_installed) == wanted) return null;
        var fault = Run(
            OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
            "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error",
            "--fetch-retries=1", "--fetch-timeout=20000");
        if (fault is null) File.WriteAllText(s_installed, wanted);
        return fault;
    }

    private static string? Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = s_folder, RedirectStandardInput = true, RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            var inTime = process.WaitForExit(s_limit);
            if (!inTime) process.Kill(entireProcessTree: true);
            if (inTime && process.ExitCode == 0) return null;
            var how = inTime
                ? string.Create(CultureInfo.InvariantCulture, $"ended with exit code {process.ExitCode}")
                : $"was not done within {s_limit.TotalMinutes} minutes";
            return $"'{program} {arguments[0]}' {how}: {(errors.Result + output.Result).Trim()}. "
                + "Mend: let npm reach its registry, then run the tests again.";
        }
        catch (Win32Exception fault)
        {
            return $"{program} cannot be started ({fault.Message}). Mend: install Node.js 18 or newer with npm.";
        }
    }
}
