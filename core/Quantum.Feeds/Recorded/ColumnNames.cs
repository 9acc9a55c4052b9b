namespace Quantum.Feeds.Recorded;

/// <summary>
/// Which column of a CSV export is what, where its names are not the usual ones: <c>time=Date,open=Open</c>. A column
/// is named as its header does, whatever the case, or by its number from 1.
/// </summary>
public sealed record ColumnNames
{
    internal static readonly string[] Keys =
        ["time", "open", "high", "low", "close", "volume", "quote_volume", "trades", "close_time"];

    private readonly SortedDictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>Reads the setting; throws <see cref="FeedException"/> that names the part at fault.</summary>
    public static ColumnNames Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var columns = new ColumnNames();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var key = at < 0 ? part : part[..at].Trim().ToLowerInvariant();
            if (at < 0 || at == part.Length - 1 || !Keys.Contains(key))
            {
                throw new FeedException(
                    $"{FeedNames.Columns} holds '{part}': write time=Date,open=Open with what is at the left one of "
                    + $"{string.Join(", ", Keys)}.");
            }

            if (!columns._names.TryAdd(key, part[(at + 1)..].Trim()))
                throw new FeedException($"{FeedNames.Columns} names {key} twice: remove one.");
        }

        return columns;
    }

    /// <summary>The header's name for a column, or null.</summary>
    internal string? Of(string key) => _names.GetValueOrDefault(key);

    public bool Equals(ColumnNames? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString() => string.Join(',', _names.Select(name => $"{name.Key}={name.Value}"));
}
