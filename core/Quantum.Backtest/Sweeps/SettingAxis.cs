namespace Quantum.Backtest.Sweeps;

/// <summary>
/// One setting that a sweep varies: <c>TradingBot:CooldownMs=0,900000</c>, <c>1..3/0.5</c> with a step, or
/// <c>1..3</c> for a search that draws from it: whole numbers where neither end has a decimal point, else any.
/// </summary>
public sealed record SettingAxis
{
    private const string Mend =
        "write Section:Name=a,b,c or =low..high/step, such as TradingBot:CooldownMs=0,900000";

    private const int MostValues = 10_000;

    private SettingAxis(string path, IReadOnlyList<string> values, SettingRange? range) =>
        (Path, Values, Range) = (path, values, range);

    /// <summary>Section and name, <c>TradingBot:CooldownMs</c>; several that must be alike joined by '+'.</summary>
    public string Path { get; }

    /// <summary>The candidates as texts; empty for a range that is drawn from.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Null for candidates.</summary>
    public SettingRange? Range { get; }

    /// <summary>True when a word names more than one value, and so a setting to vary.</summary>
    public static bool IsAxis(string word) =>
        word.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at
        && (word.AsSpan(at).Contains(',') || word.AsSpan(at).Contains("..", StringComparison.Ordinal));

    /// <summary>
    /// Reads the words that name an axis; throws <see cref="SweepException"/> for one that is no axis, that no role
    /// reads, or that has a single value beside it.
    /// </summary>
    /// <param name="words">All that were typed.</param>
    /// <param name="sections">The roles' sections: of all others every trial has the same.</param>
    public static IReadOnlyList<SettingAxis> Of(IReadOnlyList<string> words, IReadOnlyList<string> sections)
    {
        ArgumentNullException.ThrowIfNull(words);
        var axes = new List<SettingAxis>();
        foreach (var word in words.Where(IsAxis))
        {
            var axis = Parse(word);
            var unread = PathsOf(word).Select(path => path.Split(':')[0])
                .FirstOrDefault(section => !sections.Contains(section, StringComparer.OrdinalIgnoreCase));
            if (unread is not null)
            {
                throw Wrong(word, $"varies nothing, for no role has a section '{unread}' and all trials would be the "
                    + "same", $"vary settings of {string.Join(", ", sections)}, or run a sweep for each value");
            }

            var single = words.FirstOrDefault(other => !IsAxis(other)
                && PathsOf(other).Intersect(PathsOf(word), StringComparer.OrdinalIgnoreCase).Any());
            if (single is not null)
            {
                throw Wrong(
                    word, $"is given beside --set {single}, which no trial would have", "remove one of the two");
            }

            axes.Add(axis);
        }

        return axes;
    }

    private static string[] PathsOf(string word) => word.Split('=', 2)[0].Split('+', StringSplitOptions.TrimEntries);

    /// <summary>Reads a word; throws <see cref="SweepException"/> that names it and the mend.</summary>
    public static SettingAxis Parse(string word)
    {
        var at = word.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0 || !word[..at].Contains(':', StringComparison.Ordinal)) throw Wrong(word, "names no setting", Mend);
        var (path, text) = (word[..at].Trim(), word[(at + 1)..].Trim());
        if (text.Contains("..", StringComparison.Ordinal)) return Span(word, path, text);
        var values = text.Split(',', StringSplitOptions.TrimEntries);
        if (values.Any(value => value.Length == 0)) throw Wrong(word, "has an empty candidate", "remove a comma");
        var twice = values.GroupBy(value => value, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw Wrong(word, $"names {twice.Key} twice", "remove one of the two");
        return new(path, values, null);
    }

    private static SettingAxis Span(string word, string path, string text)
    {
        var parts = text.Split('/', 2);
        var ends = parts[0].Split("..", 2);
        if (!Number(ends[0], out var low) || !Number(ends[1], out var high))
            throw Wrong(word, "has no two numbers around '..'", Mend);
        if (low >= high) throw Wrong(word, $"goes from {ends[0]} to {ends[1]}", "put the lower end first");
        if (parts.Length == 1) return new(path, [], new(low, high, !parts[0].Replace("..", "").Contains('.')));
        if (!Number(parts[1], out var step) || step <= 0) throw Wrong(word, $"has the step '{parts[1]}'",
            "use one above 0");
        var count = (high - low) / step;
        if (count >= MostValues) throw Wrong(word, $"has more than {MostValues} candidates", "use a larger step");
        return new(path, [.. Enumerable.Range(0, (int)count + 1).Select(i => Text(low + i * step))], null);
    }

    /// <summary>A number as settings are written.</summary>
    internal static string Text(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    private static bool Number(string text, out decimal value) =>
        decimal.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static SweepException Wrong(string word, string what, string mend) => new($"--set {word} {what}: {mend}.");
}

/// <summary>What a search draws a setting from, evenly, both ends included.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="IsWhole">True draws whole numbers only.</param>
public sealed record SettingRange(decimal Low, decimal High, bool IsWhole)
{
    private const int Steps = 1_000_000;

    internal string Draw(Random chance)
    {
        var drawn = Low + (High - Low) * chance.Next(Steps + 1) / Steps;
        return SettingAxis.Text(IsWhole ? Math.Round(drawn) : drawn);
    }
}
