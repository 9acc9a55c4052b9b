using System.Diagnostics;
using Quantum.Cli.Commands;
using Quantum.Replay;

namespace Quantum.Cli.Replays;

/// <summary>Replays the same window in another build too, and compares what both decide.</summary>
internal static class OtherBuild
{
    private const string Library = "quantum.dll";

    // What the other build is asked besides its own output; everything else is passed on as it was written.
    private static readonly string[] s_own = ["--against", "--decisions"];

    private static readonly string[] s_kinds = ["Release", "Debug"];

    public static async Task<DecisionReport> CompareAsync(
        ReplaySettings settings, string path, string? decisions, ParseResult parsed, CancellationToken cancel)
    {
        var library = Find(path);
        var folder = Directory.CreateTempSubdirectory("quantum-replay-");
        try
        {
            var theirs = Path.Combine(folder.FullName, "before");
            var ours = decisions ?? Path.Combine(folder.FullName, "now");
            await RunAsync(library, [.. Passed(parsed), "--decisions", theirs, "--json"], cancel);
            ReplayVerb.Decide(settings, ours, null, cancel);
            var diff = new DecisionDiff();
            foreach (var input in DecisionFile.Compare(theirs, ours)) diff.Add(input);
            return diff.Report();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Passed(ParseResult parsed)
    {
        var tokens = parsed.Tokens.Select(token => token.Value).ToArray();
        for (var i = 0; i < tokens.Length; i++)
        {
            if (s_own.Contains(tokens[i])) i++;
            else if (tokens[i] != "--json") yield return tokens[i];
        }
    }

    private static string Find(string path)
    {
        if (File.Exists(path) && Path.GetFileName(path) == Library) return Path.GetFullPath(path);
        string[] places =
        [
            Path.Combine(path, Library),
            .. s_kinds.Select(kind =>
                Path.Combine(path, "tools", "Quantum.Cli", "bin", kind, "net10.0", Library)),
        ];
        return places.FirstOrDefault(File.Exists) is { } found ? Path.GetFullPath(found) : throw new CliException(
            $"--against is '{path}', where there is no {Library}: name the folder of another build (build it "
            + "first), or its "
            + "quantum.dll.");
    }

    private static async Task RunAsync(string library, string[] arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(library);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)
            ?? throw new CliException($"{library} could not be started with dotnet.");
        using var ended = cancel.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = await process.StandardError.ReadToEndAsync(cancel);
        await output;
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode is ExitCode.Healthy or ExitCode.Findings) return;
        throw new CliException($"the other build could not replay: {errors.Trim()}");
    }
}
