namespace Quantum.Feeds.Recorded;

/// <summary>Where a row stands, and the words for what is wrong with it.</summary>
/// <param name="File">The file, and the entry when it is a zip.</param>
/// <param name="Line">Line of a text, row of a table, from 1.</param>
internal readonly record struct RowPlace(string File, long Line)
{
    private const int LongestValue = 60;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}, line {Line}");

    public FeedException Fault(string column, ReadOnlySpan<byte> value, string what, string mend) =>
        new($"{this}, column {column}: '{Shown(value)}' {what}; {mend}.");

    public FeedException Fault(string column, string value, string what, string mend) =>
        new($"{this}, column {column}: '{value}' {what}; {mend}.");

    public FeedException Fault(string what, string mend) => new($"{this}: {what}; {mend}.");

    /// <summary>A value of a file as one short line that no terminal obeys.</summary>
    public static string Shown(ReadOnlySpan<byte> value)
    {
        var text = new StringBuilder();
        var part = Encoding.UTF8.GetString(value[..Math.Min(value.Length, 4 * LongestValue)]);
        foreach (var rune in part.EnumerateRunes())
        {
            if (text.Length >= LongestValue) return text.Append('…').ToString();
            var isShown = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse);
            if (isShown) text.Append(rune.ToString());
            else text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        }

        return text.ToString();
    }
}
