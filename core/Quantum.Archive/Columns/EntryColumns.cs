using System.Buffers.Text;
using System.Text.Unicode;
using Quantum.Archive.Files;

namespace Quantum.Archive.Columns;

/// <summary>
/// Some rows of an archive file as columns, made from entries and made into entries again: byte for byte the same.
/// </summary>
internal sealed class EntryColumns
{
    private readonly ArchiveSchema _schema;
    private readonly Array[] _values;

    public EntryColumns(ArchiveSchema schema, int rows)
    {
        (_schema, Rows) = (schema, rows);
        IdMs = new long[rows];
        IdSequence = new long[rows];
        Raw = new string?[rows];
        _values =
        [
            .. schema.Columns.Select(column => (Array)(column.Kind switch
            {
                ColumnKind.Whole => new long?[rows],
                ColumnKind.Number => new double?[rows],
                ColumnKind.Flag => new bool?[rows],
                _ => new string?[rows],
            })),
        ];
    }

    public int Rows { get; }

    public long[] IdMs { get; }

    public long[] IdSequence { get; }

    public string?[] Raw { get; }

    /// <summary>The values of a column: <c>long?[]</c>, <c>double?[]</c>, <c>bool?[]</c> or <c>string?[]</c>.</summary>
    public Array Values(int column) => _values[column];

    /// <summary>Takes an entry as a row.</summary>
    public void Set(int row, EntryId id, in EntryFields fields)
    {
        (IdMs[row], IdSequence[row]) = (id.Ms, id.Sequence);
        if (!HasShape(in fields))
        {
            Raw[row] = RawText.Whole(in fields);
            for (var i = 0; i < _values.Length; i++)
                if (fields.TryGet(_schema.Columns[i].Utf8Name, i, out var value)) Put(i, row, value);
            return;
        }

        Span<int> odd = stackalloc int[fields.Count];
        var count = 0;
        for (var i = 0; i < _values.Length; i++)
            if (!Put(i, row, fields.Value(i))) odd[count++] = i;
        if (count > 0) Raw[row] = RawText.Some(in fields, odd[..count]);
    }

    /// <summary>Adds a row to the batch as the entry that it was.</summary>
    public void Get(int row, LogBatch target)
    {
        target.Add(new LogEntry(0, new EntryId(IdMs[row], IdSequence[row]), 1, IsMissing: false));
        if (Raw[row] is not { } raw)
        {
            AddColumns(row, null, target);
            return;
        }

        using var json = JsonDocument.Parse(raw);
        if (json.RootElement.ValueKind == JsonValueKind.Array) RawText.ReadWhole(json.RootElement, target);
        else AddColumns(row, json.RootElement, target);
    }

    /// <summary>The text of one value of a row, exactly; empty where there is none.</summary>
    /// <param name="column">Its place among the schema's columns.</param>
    /// <param name="row">From 0.</param>
    /// <param name="buffer">Holds numbers; 64 bytes at least.</param>
    public ReadOnlySpan<byte> Text(int column, int row, Span<byte> buffer)
    {
        if (Raw[row] is { } raw && FromRaw(raw, _schema.Columns[column]) is { } kept) return kept;
        return _values[column] is string?[] texts
            ? Encoding.UTF8.GetBytes(texts[row] ?? "")
            : buffer[..TextOf(column, row, buffer)];
    }

    private static byte[]? FromRaw(string raw, ArchiveColumn column)
    {
        // Mostly a number of another column whose digits a double does not give back: that is seen without parsing.
        if (raw[0] == '{' && !raw.Contains(column.RawName, StringComparison.Ordinal)) return null;
        var name = column.Name;
        using var json = JsonDocument.Parse(raw);
        var root = json.RootElement;
        if (root.ValueKind == JsonValueKind.Object)
            return root.TryGetProperty(name, out var text) ? RawText.Bytes(text) : null;
        for (var i = 0; i + 1 < root.GetArrayLength(); i += 2)
            if (root[i].ValueKind == JsonValueKind.String && root[i].ValueEquals(name))
                return RawText.Bytes(root[i + 1]);
        return [];
    }

    private void AddColumns(int row, JsonElement? odd, LogBatch target)
    {
        Span<byte> number = stackalloc byte[ArchiveTable.LongestNumber];
        for (var i = 0; i < _values.Length; i++)
        {
            var column = _schema.Columns[i];
            if (odd is { } texts && texts.TryGetProperty(column.Name, out var text))
                target.AddField(column.Utf8Name, RawText.Bytes(text));
            else if (_values[i] is string?[] strings)
                target.AddField(column.Utf8Name, Encoding.UTF8.GetBytes(strings[row] ?? ""));
            else
                target.AddField(column.Utf8Name, number[..TextOf(i, row, number)]);
        }
    }

    private bool HasShape(in EntryFields fields)
    {
        if (fields.Count != _values.Length) return false;
        for (var i = 0; i < _values.Length; i++)
            if (!fields.Name(i).SequenceEqual(_schema.Columns[i].Utf8Name)) return false;
        return true;
    }

    /// <summary>Takes a value into its column; false when the column does not give its text back.</summary>
    private bool Put(int column, int row, ReadOnlySpan<byte> text)
    {
        // Empty is unknown, and so is what a column holds nothing of.
        if (text.IsEmpty) return true;
        switch (_values[column])
        {
            case string?[] strings:
                if (!Utf8.IsValid(text)) return false;
                strings[row] = Encoding.UTF8.GetString(text);
                return true;
            case long?[] wholes:
                if (!Utf8Parser.TryParse(text, out long whole, out var used) || used != text.Length) return false;
                wholes[row] = whole;
                break;
            case double?[] numbers:
                var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
                if (!isNumber || !double.IsFinite(number)) return false;
                numbers[row] = number;
                break;
            case bool?[] flags:
                var isTrue = text.SequenceEqual("true"u8);
                if (!isTrue && !text.SequenceEqual("false"u8)) return false;
                flags[row] = isTrue;
                return true;
        }

        Span<byte> back = stackalloc byte[ArchiveTable.LongestNumber];
        return back[..TextOf(column, row, back)].SequenceEqual(text);
    }

    private int TextOf(int column, int row, Span<byte> target)
    {
        var length = 0;
        switch (_values[column])
        {
            case long?[] wholes when wholes[row] is { } whole:
                whole.TryFormat(target, out length, default, CultureInfo.InvariantCulture);
                break;
            case double?[] numbers when numbers[row] is { } number:
                number.TryFormat(target, out length, default, CultureInfo.InvariantCulture);
                break;
            case bool?[] flags when flags[row] is { } flag:
                var text = flag ? "true"u8 : "false"u8;
                text.CopyTo(target);
                length = text.Length;
                break;
        }

        return length;
    }
}
