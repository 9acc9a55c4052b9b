using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Quantum.Feeds.Files;

/// <summary>
/// A table of candles from an Arrow file (feather), as freqtrade writes it: a column of times and columns of numbers.
/// Small enough to be held whole: a year of minutes is 25 MB.
/// </summary>
internal sealed class FeatherTable
{
    private readonly SortedDictionary<string, List<double>> _numbers = new(StringComparer.Ordinal);

    /// <summary>UTC epoch ns; null when it cannot be read or is outside of what times may be.</summary>
    public List<long?> TimesNs { get; } = [];

    /// <summary>Column names in lower case, without that of the times.</summary>
    public IEnumerable<string> Names => _numbers.Keys;

    /// <summary>A column's values, or null when there is none of that name.</summary>
    public IReadOnlyList<double>? Of(string name) => _numbers.GetValueOrDefault(name);

    public static FeatherTable Read(TapePart part)
    {
        using var bytes = TapeBytes.Open(part);
        using var all = bytes.ReadAll();
        var table = new FeatherTable();
        try
        {
            using var reader = new ArrowFileReader(all, new CompressionCodecFactory());
            while (reader.ReadNextRecordBatch() is { } batch)
                using (batch) table.Add(batch);
            return table;
        }
        catch (Exception fault)
        {
            // The library throws whatever the broken part of the file led it to.
            throw new FeedException(
                $"{part}: cannot be read as feather ({OneLine(fault.Message)}); fetch it again, or save it as .csv.");
        }
    }

    private void Add(RecordBatch batch)
    {
        var hasTime = false;
        for (var i = 0; i < batch.ColumnCount; i++)
        {
            var name = batch.Schema.GetFieldByIndex(i).Name.ToLowerInvariant();
            var isTime = !hasTime && (batch.Column(i) is TimestampArray || name is "date" or "time" or "timestamp");
            if (isTime) AddTimes(batch.Column(i));
            else AddNumbers(name, batch.Column(i));
            hasTime |= isTime;
        }

        if (!hasTime) throw new FormatException("it has no column of times");
    }

    private void AddTimes(IArrowArray column)
    {
        for (var i = 0; i < column.Length; i++)
        {
            TimesNs.Add(column switch
            {
                TimestampArray times => times.GetValue(i) is { } value
                    ? FeedTime.EpochNs(checked(value * NsPerUnit((TimestampType)times.Data.DataType))) : null,
                Int64Array numbers => numbers.GetValue(i) is { } value ? FeedTime.EpochNs(value) : null,
                _ => throw new FormatException($"its times are {column.Data.DataType.Name}"),
            });
        }
    }

    private void AddNumbers(string name, IArrowArray column)
    {
        if (column is not (DoubleArray or FloatArray or Int64Array or Int32Array)) return;
        if (!_numbers.TryGetValue(name, out var values)) _numbers[name] = values = [];
        for (var i = 0; i < column.Length; i++)
        {
            values.Add(column switch
            {
                DoubleArray numbers => numbers.GetValue(i) ?? double.NaN,
                FloatArray numbers => numbers.GetValue(i) ?? double.NaN,
                Int64Array numbers => numbers.GetValue(i) ?? double.NaN,
                _ => ((Int32Array)column).GetValue(i) ?? double.NaN,
            });
        }
    }

    private static long NsPerUnit(TimestampType type) => type.Unit switch
    {
        TimeUnit.Second => 1_000_000_000, TimeUnit.Millisecond => 1_000_000, TimeUnit.Microsecond => 1_000, _ => 1,
    };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.');
}
