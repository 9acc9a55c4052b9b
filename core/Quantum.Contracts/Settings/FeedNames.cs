namespace Quantum.Contracts.Settings;

/// <summary>
/// How faults name what a market is chosen by: the option of the command line and the setting that it sets, for it may
/// have been given as either.
/// </summary>
public static class FeedNames
{
    private const string Section = "Feed:";

    /// <summary>The setting that each option sets, by the option's name.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["--data"] = Section + "Path",
            ["--feed"] = Section + "Kind",
            ["--symbols"] = Section + "Symbols",
            ["--speed"] = Section + "Speed",
            ["--interval"] = Section + "Interval",
            ["--columns"] = Section + "Columns",
            ["--from"] = Section + "From",
            ["--to"] = Section + "To",
            ["--seed"] = Section + "Seed",
            ["--edge"] = Section + "Edge",
        };

    public static string Path { get; } = Of(Section + nameof(Path));

    public static string Symbols { get; } = Of(Section + nameof(Symbols));

    public static string Interval { get; } = Of(Section + nameof(Interval));

    public static string Columns { get; } = Of(Section + nameof(Columns));

    public static string From { get; } = Of(Section + nameof(From));

    public static string To { get; } = Of(Section + nameof(To));

    /// <summary>A setting's, such as `--from (Feed:From)`; the setting alone where no option sets it.</summary>
    public static string Of(string setting) =>
        Settings.FirstOrDefault(pair => pair.Value == setting).Key is { } option ? Both(option, setting) : setting;

    /// <summary>
    /// A fault with each pair of names as somebody gave it: what <paramref name="given"/> tells of option and setting,
    /// or both where that is null.
    /// </summary>
    public static string As(string fault, Func<string, string, string?> given)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentNullException.ThrowIfNull(given);
        foreach (var (option, setting) in Settings)
        {
            var both = Both(option, setting);
            if (fault.Contains(both, StringComparison.Ordinal) && given(option, setting) is { } name)
                fault = fault.Replace(both, name, StringComparison.Ordinal);
        }

        return fault;
    }

    private static string Both(string option, string setting) => $"{option} ({setting})";
}
