namespace Quantum.Contracts.Settings;

/// <summary>
/// Every section of settings that a service or <c>up</c> reads: what is called almost like one is a slip of the hand.
/// </summary>
public static class KnownSections
{
    // A shorter name is like too many others.
    private const int LeastLength = 4;
    private const int LongName = 6;

    /// <summary>The sections of the services that are no role's, by name; some hold secrets.</summary>
    public static IReadOnlyList<string> OfServices { get; } =
    [
        "Access", "Backtests", "Binance", "Control", "Dashboard", "Http", "OrderLane", "Quantum", "Quotes",
        "RateBudget", "Results", "Standby", "Venue", "Watchdog",
    ];

    /// <summary>The section of the feed, which <c>up</c> hands to whoever plays it.</summary>
    public const string Feed = "Feed";

    private static readonly HashSet<string> s_known = new(
        [
            .. RoleSections.All, .. OfServices, Feed,
            .. PlainSettings.All.Select(setting => SectionOf(setting.Name)),
            // What .NET reads, and how services find one another.
            "ConnectionStrings", "Kestrel", "Logging", "Services",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The first part of a path: <c>Executor</c> of <c>Executor:MaxAttempts</c>.</summary>
    public static string SectionOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var end = path.IndexOf(':', StringComparison.Ordinal);
        return end < 0 ? path : path[..end];
    }

    /// <summary>
    /// One line about the first path whose section is no known one and almost is; null without any.
    /// </summary>
    /// <param name="paths">Of any settings, <c>Executor:MaxAttempts</c>; one without a section is passed over.</param>
    public static string? SlipIn(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            var section = SectionOf(path);
            if (section.Length == path.Length || NearestTo(section) is not { } meant) continue;
            var (given, right) = (SettingsCheck.VariableOf(path), meant + path[section.Length..]);
            return $"{path} is no setting, for no section is called '{section}': did you mean {right}? Correct or "
                + $"remove it; as an environment variable it is {given}. docs/SETTINGS.md lists every setting.";
        }

        return null;
    }

    private static string? NearestTo(string section)
    {
        if (section.Length < LeastLength || s_known.Contains(section)) return null;
        var most = section.Length < LongName ? 1 : 2;
        return s_known.Where(known => known.Length >= LeastLength)
            .Select(known => (Name: known, Steps: Steps(known.ToUpperInvariant(), section.ToUpperInvariant())))
            .Where(known => known.Steps <= most)
            .OrderBy(known => known.Steps).ThenBy(known => known.Name, StringComparer.Ordinal)
            .Select(known => known.Name).FirstOrDefault();
    }

    // Letters that are missing, too many or others; two that are swapped count as two.
    private static int Steps(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var (corner, left) = (row[0], row[0] = i);
            for (var j = 1; j <= other.Length; j++)
            {
                var cost = one[i - 1] == other[j - 1] ? 0 : 1;
                left = Math.Min(Math.Min(left, row[j]) + 1, corner + cost);
                (corner, row[j]) = (row[j], left);
            }
        }

        return row[^1];
    }
}
