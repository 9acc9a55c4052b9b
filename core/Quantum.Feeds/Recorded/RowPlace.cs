namespace Quantum.Feeds.Recorded;

/// <summary>Where a row stands, and the words for what is wrong with it.</summary>
internal readonly record struct RowPlace(string File, long Line)
{
    private const int LongestValue = 60;

    public FeedException Fault(string column, ReadOnlySpan<char> value, string what, string mend)
    {
        var text = value.Length <= LongestValue ? value.ToString() : string.Concat(value[..LongestValue], "…");
        return new FeedException($"{File}, line {Line}, column {column}: '{text}' {what}; {mend}.");
    }

    public FeedException Fault(string what, string mend) => new($"{File}, line {Line}: {what}; {mend}.");
}
