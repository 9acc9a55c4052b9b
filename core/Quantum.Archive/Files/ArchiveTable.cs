using Quantum.Archive.Columns;

namespace Quantum.Archive.Files;

/// <summary>Some columns of one row group of an archive file.</summary>
public sealed class ArchiveTable
{
    private readonly ArchiveSchema _schema;
    private readonly EntryColumns _columns;

    internal ArchiveTable(ArchiveSchema schema, EntryColumns columns) => (_schema, _columns) = (schema, columns);

    /// <summary>Bytes that a number's text needs at most.</summary>
    public const int LongestNumber = 64;

    public int Rows => _columns.Rows;

    public EntryId IdAt(int row) => new(_columns.IdMs[row], _columns.IdSequence[row]);

    /// <summary>The place of a column; -1 when the file has none of that name.</summary>
    public int Column(string name) => _schema.PlaceOf(name);

    /// <summary>A value's text as it stood in the entry; empty where there is none.</summary>
    public ReadOnlySpan<byte> Text(int column, int row, Span<byte> buffer) =>
        column < 0 ? default : _columns.Text(column, row, buffer);
}
