using System.IO.Compression;
using Parquet;
using Quantum.Archive.Columns;

namespace Quantum.Archive.Files;

/// <summary>Writes one Parquet file of a stream, row group by row group.</summary>
internal sealed class ParquetFileWriter : IDisposable
{
    private static readonly ParquetOptions s_options = new()
    {
        CompressionMethod = CompressionMethod.Snappy, CompressionLevel = CompressionLevel.Fastest,
    };

    private readonly ArchiveSchema _schema;
    private readonly ParquetWriter _writer;

    /// <param name="target">Where to; it is left open.</param>
    /// <param name="schema">The columns.</param>
    public ParquetFileWriter(Stream target, ArchiveSchema schema)
    {
        _schema = schema;
        _writer = ParquetWriter.CreateAsync(schema.Parquet, target, s_options).GetAwaiter().GetResult();
    }

    /// <summary>What the file says of itself, until it is ended.</summary>
    public Dictionary<string, string> Facts { get; } = [];

    /// <summary>Entries written so far.</summary>
    public long Count { get; private set; }

    /// <summary>Writes entries of a batch as one row group.</summary>
    public void Write(LogBatch entries)
    {
        var columns = new EntryColumns(_schema, entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            var fields = entries.Fields(i);
            columns.Set(i, entries[i].Id, in fields);
        }

        WriteAsync(columns).GetAwaiter().GetResult();
        var begins = Facts.GetValueOrDefault(ArchiveStream.GroupsFact);
        Facts[ArchiveStream.GroupsFact] = begins is null ? $"{entries[0].Id}" : $"{begins},{entries[0].Id}";
        Count += entries.Count;
    }

    /// <summary>Ends the file; the target stays open.</summary>
    public void Dispose()
    {
        _writer.CustomMetadata = Facts;
        _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private async Task WriteAsync(EntryColumns columns)
    {
        using var group = _writer.CreateRowGroup();
        await group.WriteAsync<long>(_schema.IdMsField, columns.IdMs.AsMemory());
        await group.WriteAsync<long>(_schema.IdSequenceField, columns.IdSequence.AsMemory());
        for (var i = 0; i < _schema.Fields.Length; i++)
        {
            var field = _schema.Fields[i];
            await (columns.Values(i) switch
            {
                string?[] texts => group.WriteAsync(field, texts),
                long?[] wholes => group.WriteAsync<long>(field, wholes.AsMemory()),
                double?[] numbers => group.WriteAsync<double>(field, numbers.AsMemory()),
                var flags => group.WriteAsync<bool>(field, ((bool?[])flags).AsMemory()),
            });
        }

        await group.WriteAsync(_schema.RawField, columns.Raw);
        group.CompleteValidate();
    }
}
