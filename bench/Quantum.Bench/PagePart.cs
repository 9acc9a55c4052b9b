namespace Quantum.Bench;

/// <summary>A part of docs/RELIABILITY.md that a command writes, between two marks.</summary>
/// <param name="Begin">The line above it.</param>
/// <param name="End">The line below it.</param>
internal sealed record PagePart(string Begin, string End)
{
    private static string Page => Path.Combine(BuiltServices.Root, "docs", "RELIABILITY.md");

    /// <summary>Writes the part anew into the page of this tree.</summary>
    /// <param name="change">Makes the part of what stood there.</param>
    public void Keep(Func<string, string> change) => File.WriteAllText(Page, With(File.ReadAllText(Page), change));

    private string With(string page, Func<string, string> change)
    {
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
            throw new InvalidOperationException($"docs/RELIABILITY.md has no '{Begin}' with '{End}' behind it.");
        begin += Begin.Length;
        return page[..begin] + change(page[begin..end]) + page[end..];
    }

    /// <summary>A row of a table.</summary>
    public static string Row(IEnumerable<string> cells) => "| " + string.Join(" | ", cells) + " |";
}
