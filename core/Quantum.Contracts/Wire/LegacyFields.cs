namespace Quantum.Contracts.Wire;

/// <summary>
/// The fields of an entry without our envelope as texts, with the JSON under <c>payload</c> or <c>data</c> unwrapped.
/// The first thing that cannot be read is kept as the fault: an unreadable value is never taken for an unknown one.
/// </summary>
internal sealed class LegacyFields
{
    // How the old writers spelled "unknown": the empty text, Python's None, JSON's null.
    private static readonly string[] s_unknowns = ["", "None", "null"];

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    public LegacyFields(in EntryFields fields)
    {
        for (var i = 0; i < fields.Count; i++)
            _texts[Encoding.UTF8.GetString(fields.Name(i))] = Encoding.UTF8.GetString(fields.Value(i));
        Unwrap(_texts.ContainsKey("payload") ? "payload" : "data");
    }

    /// <summary>The first fault met so far.</summary>
    public DecodeFault Fault { get; private set; }

    /// <summary>The text of a field; null when unknown.</summary>
    public string? Text(string name) =>
        _texts.TryGetValue(name, out var text) && !s_unknowns.Contains(text) ? text : null;

    public decimal? Money(string name) =>
        Read<decimal>(name, "a number", static (string text, out decimal value) =>
            decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && Math.Abs(value) <= WireLimits.Decimal);

    public double? Number(string name) =>
        Read<double>(name, "a finite number", static (string text, out double value) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && Math.Abs(value) <= WireLimits.Double);

    /// <summary>A whole number, also when written as <c>1.0</c>.</summary>
    public int? Whole(string name) =>
        Read<int>(name, "a whole number", static (string text, out int value) =>
            int.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && value is >= -WireLimits.Int and <= WireLimits.Int);

    public bool? Flag(string name) =>
        Read<bool>(name, "true or false", static (string text, out bool value) =>
        {
            value = text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase);
            return value || text == "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase);
        });

    /// <summary>The older of the times in these fields; null when there is none, or one cannot be read.</summary>
    public long? OldestTime(params ReadOnlySpan<string> names)
    {
        long? oldest = null;
        foreach (var name in names)
        {
            if (Text(name) is not { } text) continue;
            if (!LegacyTime.TryParse(text, out var ms)) return null;
            oldest = Math.Min(oldest ?? ms, ms);
        }

        return oldest;
    }

    /// <summary>Notes that a field is missing or not what it must be.</summary>
    public void Refuse(string name, string expected)
    {
        if (!Fault.IsNone) return;
        Fault = Text(name) is { } text
            ? DecodeFault.Bad(name, Encoding.UTF8.GetBytes(text), expected)
            : DecodeFault.Missing(name);
    }

    private delegate bool Reader<TValue>(string text, out TValue value);

    private TValue? Read<TValue>(string name, string expected, Reader<TValue> read) where TValue : struct
    {
        if (Text(name) is not { } text) return null;
        if (read(text, out var value)) return value;
        Refuse(name, expected);
        return null;
    }

    private void Unwrap(string name)
    {
        if (!_texts.Remove(name, out var json)) return;
        try
        {
            using var document = JsonDocument.Parse(json);
            foreach (var property in document.RootElement.EnumerateObject())
                _texts[Rename(property.Name)] = TextOf(property.Value);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            Fault = new DecodeFault(
                DecodeFaultKind.Undecodable, $"field '{name}' is not a JSON object: {error.Message}");
        }
    }

    // A payload may carry its own timestamp beside the envelope's: both are kept, the older one counts.
    private string Rename(string name) =>
        name == "timestamp" && _texts.ContainsKey(name) ? "payload_timestamp" : name;

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
