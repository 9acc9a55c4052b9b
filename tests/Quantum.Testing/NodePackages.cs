using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Quantum.Testing;

/// <summary>
/// The scripts of a folder beside the test's assembly with the packages of their lock file, installed once: a later run
/// finds them there.
/// </summary>
public sealed class NodePackages
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private readonly string _folder;
    private readonly string _installed;
    private readonly Lazy<string?> _fault;

    /// <param name="folder">Name of the folder.</param>
    public NodePackages(string folder)
    {
        _folder = Path.Combine(AppContext.BaseDirectory, folder);
        _installed = Path.Combine(_folder, "node_modules", "installed-for");
        _fault = new(Install);
    }

    /// <summary>Why the scripts cannot run on this machine, and the mend; null when they can.</summary>
    public string? Fault => _fault.Value;

    /// <summary>The path of a file of the folder.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    private string? Install()
    {
        if (Run("node", "--version") is { } noNode) return noNode;
        var wanted = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(PathOf("package-lock.json"))));
        if (File.Exists(_installed) && File.ReadAllText(_installed) == wanted) return null;
        var fault = Run(
            OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
            "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error",
            "--fetch-retries=1", "--fetch-timeout=20000");
        if (fault is null) File.WriteAllText(_installed, wanted);
        return fault;
    }

    private string? Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder, RedirectStandardInput = true, RedirectStandardOutput = true,
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
