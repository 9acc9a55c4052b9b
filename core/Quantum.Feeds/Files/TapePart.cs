using Quantum.Feeds.Recorded;

namespace Quantum.Feeds.Files;

/// <summary>One text or table of a recording: a file, or one entry of a zip.</summary>
/// <param name="Path">The file.</param>
/// <param name="Entry">The entry inside the zip; null when the file is no zip.</param>
internal sealed record TapePart(string Path, string? Entry = null)
{
    /// <summary>What it holds, when that is not on a disk; null: the file is read.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>The stream of an archive that it is, and whose rows; null: it is a file.</summary>
    public ArchiveTape? Archive { get; init; }

    /// <summary>Whose rows of an archive's candles.</summary>
    public Symbol ArchiveSymbol { get; init; }

    /// <summary>What an archive tells of one symbol's funding; null: it is no funding of an archive.</summary>
    public IReadOnlyList<FundingRow>? Funding { get; init; }

    /// <summary>For messages: what a terminal would obey in the name of a file is written out.</summary>
    public string Name { get; } = Printable(Entry is null ? Path : $"{Path} ({Entry})");

    /// <summary>The name that tells symbol and form, without folders.</summary>
    public string FileName => System.IO.Path.GetFileName(Entry ?? Path);

    /// <summary>True when the name ends so.</summary>
    public bool Is(string ending) => FileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Name;

    private static string Printable(string name) => !name.Any(char.IsControl)
        ? name
        : string.Concat(name.Select(c => char.IsControl(c) ? FormattableString.Invariant($"\\u{(int)c:x4}") : $"{c}"));
}
