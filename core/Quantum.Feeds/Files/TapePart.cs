namespace Quantum.Feeds.Files;

/// <summary>One text or table of a recording: a file, or one entry of a zip.</summary>
/// <param name="Path">The file.</param>
/// <param name="Entry">The entry inside the zip; null when the file is no zip.</param>
internal sealed record TapePart(string Path, string? Entry = null)
{
    /// <summary>For messages.</summary>
    public string Name => Entry is null ? Path : $"{Path} ({Entry})";

    /// <summary>The name that tells symbol and form, without folders.</summary>
    public string FileName => System.IO.Path.GetFileName(Entry ?? Path);

    public override string ToString() => Name;
}
