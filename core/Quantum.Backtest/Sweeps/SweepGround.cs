using System.Reflection;
using Quantum.Backtest.Running;
using Quantum.Backtest.Settings;
using Quantum.Feeds;

namespace Quantum.Backtest.Sweeps;

/// <summary>
/// What all trials of a sweep have in common: whose results of another build, of other files or of other instruments
/// must not stand beside each other in one table.
/// </summary>
public static class SweepGround
{
    private const string Ours = "Quantum.";

    /// <summary>Names and values, for <see cref="SweepPlan.Ground"/>.</summary>
    /// <param name="feed">What is played.</param>
    /// <param name="tape">The same, opened.</param>
    /// <param name="settings">What holds for all trials.</param>
    public static IReadOnlyDictionary<string, string> Of(FeedSettings feed, BacktestTape tape, RunSettings settings)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(settings);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["build"] = Build(),
            ["recording"] = tape.Feed.Identity,
            ["files of the recording"] = Files(feed.Path!),
            ["broken files"] = feed.SkipBroken ? "left out" : "refused",
            ["days"] = feed.Days?.ToString(CultureInfo.InvariantCulture) ?? "all",
            ["columns"] = feed.Columns?.ToString() ?? "the usual",
            ["instruments"] = settings.Book.Digest,
            ["settings"] = SweepPlan.HashOf(
                settings.Used.Select(used => $"{used.Section}:{used.Name}={used.Value}")),
        };
    }

    // Builds are deterministic: a module's id names what it does.
    private static string Build()
    {
        var (open, seen) = (new Queue<Assembly>([typeof(SweepGround).Assembly]), new SortedDictionary<string, Guid>(
            StringComparer.Ordinal));
        while (open.TryDequeue(out var one))
        {
            if (!seen.TryAdd(one.GetName().Name!, one.ManifestModule.ModuleVersionId)) continue;
            foreach (var other in one.GetReferencedAssemblies())
                if (other.Name!.StartsWith(Ours, StringComparison.Ordinal)) open.Enqueue(Assembly.Load(other));
        }

        return SweepPlan.HashOf(seen.Select(pair => $"{pair.Key} {pair.Value:N}"));
    }

    // A sweep's own file may lie among them.
    private static string Files(string path)
    {
        var root = Path.GetFullPath(path);
        var files = (File.Exists(root) ? [root] : Directory.GetFiles(root, "*", SearchOption.AllDirectories))
            .Where(file => !Path.GetFileName(file).Contains(".sqlite", StringComparison.OrdinalIgnoreCase))
            .Select(file => new FileInfo(file)).OrderBy(file => file.FullName, StringComparer.Ordinal).ToArray();
        var hash = SweepPlan.HashOf(files.Select(file => string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetRelativePath(root, file.FullName)} {file.Length} {file.LastWriteTimeUtc.Ticks}")));
        return string.Create(CultureInfo.InvariantCulture, $"{files.Length}, {hash}");
    }
}
