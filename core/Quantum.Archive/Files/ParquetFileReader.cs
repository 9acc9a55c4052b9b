using Parquet;
using Parquet.Schema;
using Quantum.Archive.Columns;

namespace Quantum.Archive.Files;

/// <summary>Reads one Parquet file of a stream, row group by row group.</summary>
internal sealed class ParquetFileReader : IDisposable
{
    private readonly ParquetReader _reader;
    private readonly ArchiveSchema _schema;
    private readonly DataField[] _fields;

    /// <param name="stream">The stream's name.</param>
    /// <param name="source">Disposed with this.</param>
    public ParquetFileReader(string stream, Stream source)
    {
        _reader = ParquetReader.CreateAsync(source, leaveStreamOpen: false).GetAwaiter().GetResult();
        _fields = _reader.Schema.GetDataFields();
        foreach (var name in (string[])[ArchiveSchema.IdMs, ArchiveSchema.IdSequence, ArchiveSchema.Raw])
            if (!Array.Exists(_fields, field => field.Name == name))
                throw new InvalidDataException($"has no column {name}, so it is no archive file");
        _schema = ArchiveSchema.Of(stream, _reader.Schema);
    }

    public int Groups => _reader.RowGroupCount;

    /// <summary>What the file says of itself.</summary>
    public IReadOnlyDictionary<string, string> Facts => _reader.CustomMetadata;

    /// <summary>Reads a row group into the batch, which is cleared first.</summary>
    public void Read(int group, LogBatch target)
    {
        target.Clear();
        var columns = ReadAsync(group, static _ => true).GetAwaiter().GetResult();
        for (var row = 0; row < columns.Rows; row++) columns.Get(row, target);
    }

    /// <summary>Reads some columns of a row group.</summary>
    public ArchiveTable ReadTable(int group, Func<string, bool> wanted) =>
        new(_schema, ReadAsync(group, wanted).GetAwaiter().GetResult());

    public void Dispose() => _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task<EntryColumns> ReadAsync(int index, Func<string, bool> wanted)
    {
        using var group = _reader.OpenRowGroupReader(index);
        var columns = new EntryColumns(_schema, (int)group.RowCount);
        await group.ReadAsync<long>(Field(ArchiveSchema.IdMs), columns.IdMs.AsMemory());
        await group.ReadAsync<long>(Field(ArchiveSchema.IdSequence), columns.IdSequence.AsMemory());
        for (var i = 0; i < _schema.Columns.Count; i++)
        {
            if (!wanted(_schema.Columns[i].Name)) continue;
            var field = Field(_schema.Columns[i].Name);
            await (columns.Values(i) switch
            {
                string?[] texts => group.ReadAsync(field, texts.AsMemory()),
                long?[] wholes => group.ReadAsync<long>(field, wholes.AsMemory()),
                double?[] numbers => group.ReadAsync<double>(field, numbers.AsMemory()),
                var flags => group.ReadAsync<bool>(field, ((bool?[])flags).AsMemory()),
            });
        }

        await group.ReadAsync(Field(ArchiveSchema.Raw), columns.Raw.AsMemory());
        return columns;
    }

    private DataField Field(string name) => Array.Find(_fields, field => field.Name == name)!;
}
