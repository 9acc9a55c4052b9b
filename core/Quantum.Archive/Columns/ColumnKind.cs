namespace Quantum.Archive.Columns;

/// <summary>What a column of an archive file holds; every column may be empty in a row.</summary>
public enum ColumnKind
{
    /// <summary>Text; nested values as JSON.</summary>
    Text,

    /// <summary>A whole number of 64 bits.</summary>
    Whole,

    /// <summary>A number of double precision; where a decimal is not one exactly, <c>raw</c> has its text.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,
}

/// <summary>One field of a stream's entries as a column.</summary>
/// <param name="Name">The field's name on the wire.</param>
/// <param name="Kind">What it holds.</param>
public sealed record ArchiveColumn(string Name, ColumnKind Kind)
{
    internal byte[] Utf8Name { get; } = System.Text.Encoding.UTF8.GetBytes(Name);

    /// <summary>How an object in <c>raw</c> names it.</summary>
    internal string RawName { get; } = $"\"{Name}\":";
}
