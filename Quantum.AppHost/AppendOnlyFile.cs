using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Quantum.AppHost;

/// <summary>
/// Makes the file of a Redis whole before a server loads it. A server that died while it wrote leaves half a
/// transaction at the end; at the next start Redis leaves that half open, and at the start after that it carries it
/// out: events would stand there twice (redis/redis 7 and 8; valkey mended it with its pull request 4342).
/// </summary>
internal static partial class AppendOnlyFile
{
    private const string Check = "redis-check-aof";
    private const string FolderName = "appendonlydir";

    // No transaction is longer; what is longer is a damaged file, which Redis refuses to load.
    private const long LongestTorn = 64 * 1024 * 1024;

    /// <summary>Cuts a torn end off, and keeps it in a file beside; for a server that is not running.</summary>
    /// <param name="folder">The server's folder.</param>
    /// <returns>What was done, or why it could not be; null when the file is whole.</returns>
    public static string? MakeWhole(string folder)
    {
        var files = Path.Combine(folder, FolderName);
        if (!Directory.Exists(files)) return null;
        foreach (var manifest in Directory.EnumerateFiles(files, "*.manifest"))
            if (MakeWhole(files, manifest) is { } told) return told;
        return null;
    }

    private static string? MakeWhole(string folder, string manifest)
    {
        try
        {
            var (isWhole, words) = Ask(manifest);
            // Everything else is no torn end: what follows would be lost with it.
            if (isWhole || !TornEnd().IsMatch(words)) return null;
            if (Analysed().Matches(words) is not [.., var last])
                return $"{Check} could not read {manifest}: Redis itself will say what is wrong with it.";
            return Cut(
                Path.Combine(folder, last.Groups["file"].Value), Number(last, "good"), Number(last, "rest"));
        }
        catch (Win32Exception)
        {
            return $"{Check} is missing, so a torn end of Redis' file would not be found: install it (Debian: "
                + "redis-tools).";
        }
    }

    private static string? Cut(string file, long good, long rest)
    {
        if (rest is 0 or > LongestTorn) return $"{file} is damaged from byte {good} on: Redis itself will say so.";
        var torn = new byte[rest];
        using var stream = File.Open(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = good;
        stream.ReadExactly(torn);
        var kept = FormattableString.Invariant($"{file}.torn-at-{good}");
        File.WriteAllBytes(kept, torn);
        stream.SetLength(good);
        return FormattableString.Invariant(
            $"Redis died while it wrote: {rest} bytes of an unfinished write were taken off its file, ")
            + $"and kept in {kept}.";
    }

    private static (bool IsWhole, string Words) Ask(string manifest)
    {
        var start = new ProcessStartInfo(Check) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(manifest);
        using var check = Process.Start(start)!;
        var errors = check.StandardError.ReadToEndAsync();
        var words = check.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        check.WaitForExit();
        return (check.ExitCode == 0, words);
    }

    private static long Number(Match found, string name) =>
        long.Parse(found.Groups[name].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Reached EOF before|Expected to read|Expected \\r\\n, got")]
    private static partial Regex TornEnd();

    [GeneratedRegex(@"AOF analyzed: filename=(?<file>[^,]+), size=\d+, ok_up_to=(?<good>\d+), .*diff=(?<rest>\d+)")]
    private static partial Regex Analysed();
}
