using Quantum.InProcess;

namespace Quantum.Simulation.Hostile;

/// <summary>
/// Makes hostile entries: what the system itself wrote, or could have written, with one to four things done to it.
/// </summary>
internal sealed class HostileEntries
{
    private const int MostKept = 24;
    private const int MostChanges = 4;
    private const double Large = 0.01;

    private readonly Dictionary<EventStream, List<List<Field>>> _templates = [];
    private readonly FieldBuffer _buffer = new();

    public HostileEntries(long nowMs)
    {
        foreach (var stream in StreamCatalog.All) _templates[stream] = [MadeUp(stream, nowMs)];
    }

    /// <summary>Keeps what the system wrote, as something to change.</summary>
    public void Learn(EventStream stream, StoredEntry entry, int number)
    {
        var kept = _templates[stream];
        var fields = FieldsOf(entry.Fields);
        if (kept.Count < MostKept) kept.Add(fields);
        else kept[1 + number % (MostKept - 1)] = fields;
    }

    /// <summary>The next one; valid until the one after it.</summary>
    public FieldBuffer Make(ref Draw draw, EventStream stream, long nowMs)
    {
        var kept = _templates[stream];
        var fields = new List<Field>(kept[draw.Below(kept.Count)]);
        // Mostly of now, so that what is wrong with it is not only that it is old.
        if (draw.Chance(0.8)) Set(fields, "ts", Number(nowMs));
        for (var changes = draw.Below(MostChanges + 1); changes > 0; changes--) Change(ref draw, fields, nowMs);
        if (fields.Count == 0) fields.Add(new Field("x"u8.ToArray(), []));
        _buffer.Clear();
        foreach (var field in fields) _buffer.Add(field.Name, field.Value);
        return _buffer;
    }

    private void Change(ref Draw draw, List<Field> fields, long nowMs)
    {
        if (fields.Count == 0) return;
        var at = draw.Below(fields.Count);
        var field = fields[at];
        switch (draw.Below(13))
        {
            case 0 or 1:
                fields[at] = field with { Value = Pick(ref draw, HostileValues.Numbers) };
                break;
            case 2:
                SetTime(ref draw, fields, nowMs);
                break;
            case 3:
                fields[at] = field with { Value = Pick(ref draw, HostileValues.Broken) };
                break;
            case 4 or 5:
                fields[at] = field with { Value = Pick(ref draw, HostileValues.Words) };
                break;
            case 6:
                fields.RemoveAt(at);
                break;
            case 7:
                fields.Insert(at, new Field(Pick(ref draw, HostileValues.Words), Pick(ref draw, HostileValues.Words)));
                break;
            case 8:
                fields.Insert(draw.Below(fields.Count), field with { Value = Pick(ref draw, HostileValues.Numbers) });
                break;
            case 9:
                Set(fields, "mode", Pick(ref draw, HostileValues.Words));
                break;
            case 10:
                Set(fields, "event_id", EventId(ref draw));
                break;
            case 11:
                (fields[at], fields[0]) = (fields[at] with { Value = fields[0].Value },
                    fields[0] with { Value = field.Value });
                break;
            default:
                if (draw.Chance(Large)) fields[at] = field with { Value = HostileValues.Oversized };
                else if (draw.Chance(5 * Large))
                    fields[at] = field with { Value = Pick(ref draw, HostileValues.Nested) };
                else Set(fields, "v", Pick(ref draw, HostileValues.Numbers));
                break;
        }
    }

    private static void SetTime(ref Draw draw, List<Field> fields, long nowMs)
    {
        var times = fields.FindAll(static known => known.Name.AsSpan().SequenceEqual("ts"u8)
            || known.Name.AsSpan().EndsWith("_ms"u8));
        if (times.Count == 0) return;
        const long HourMs = 3_600_000;
        var value = draw.Below(3) switch
        {
            0 => Number(nowMs + draw.Between(-1000 * HourMs, 1000 * HourMs)),
            1 => Number(nowMs + draw.Between(-60_000, 60_000)),
            _ => Pick(ref draw, HostileValues.Times),
        };
        Set(fields, Encoding.UTF8.GetString(times[draw.Below(times.Count)].Name), value);
    }

    // That of somebody else's event, of one that is to come, or of none at all.
    private byte[] EventId(ref Draw draw)
    {
        var streams = StreamCatalog.All;
        var others = _templates[streams[draw.Below(streams.Count)]];
        var other = others[draw.Below(others.Count)]
            .Find(static field => field.Name.AsSpan().SequenceEqual("event_id"u8));
        return draw.Below(4) switch
        {
            0 => [],
            1 => Encoding.ASCII.GetBytes("clock.9999999999999.executor.0"),
            2 => Encoding.ASCII.GetBytes(new string('e', 5_000)),
            _ => other.Value ?? [],
        };
    }

    private static List<Field> MadeUp(EventStream stream, long nowMs)
    {
        var fields = new List<Field>();
        foreach (var name in stream.IsTail ? (string[])["ts", "mode", "v"] : [.. EnvelopeCodec.FieldNames])
        {
            var value = name switch
            {
                "ts" => Number(nowMs), "mode" => "paper"u8.ToArray(), "v" => "1"u8.ToArray(),
                "traceparent" => [], _ => Encoding.ASCII.GetBytes($"made-up.{stream.Name}.{name}"),
            };
            fields.Add(new Field(Encoding.ASCII.GetBytes(name), value));
        }

        foreach (var (name, type) in stream.Fields)
            fields.Add(new Field(Encoding.ASCII.GetBytes(name), Encoding.UTF8.GetBytes(ValueOf(name, type, nowMs))));
        return fields;
    }

    private static string ValueOf(string name, Type type, long nowMs)
    {
        if (type == typeof(Symbol)) return "BTCUSDT";
        if (type == typeof(bool)) return "false";
        if (type == typeof(long)) return nowMs.ToString(CultureInfo.InvariantCulture);
        if (type == typeof(int)) return "3";
        if (type == typeof(decimal)) return "1.5";
        if (type == typeof(double)) return "0.25";
        if (type.IsEnum) return WireNames.Of(type.GetField(Enum.GetNames(type)[0])!);
        return type == typeof(string) ? name : type.IsGenericType ? "[]" : "{}";
    }

    private static List<Field> FieldsOf(in EntryFields entry)
    {
        var fields = new List<Field>(entry.Count);
        for (var i = 0; i < entry.Count; i++) fields.Add(new Field(entry.Name(i).ToArray(), entry.Value(i).ToArray()));
        return fields;
    }

    private static void Set(List<Field> fields, string name, byte[] value)
    {
        var at = fields.FindIndex(field => field.Name.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(name)));
        if (at >= 0) fields[at] = fields[at] with { Value = value };
    }

    private static byte[] Number(long value) => Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture));

    private static byte[] Pick(ref Draw draw, byte[][] values) => values[draw.Below(values.Length)];

    private readonly record struct Field(byte[] Name, byte[] Value);
}
