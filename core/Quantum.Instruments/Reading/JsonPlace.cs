namespace Quantum.Instruments.Reading;

/// <summary>A JSON value with what its faults are named by: the file, and the symbol of its row.</summary>
internal readonly record struct JsonPlace(string File, JsonElement Element, string? Symbol = null)
{
    private const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign
        | NumberStyles.AllowExponent;

    // "No limit" is written as a number of 19 digits in old leverage tables.
    private const decimal Most = 100_000_000_000_000_000_000m;

    public bool Has(string name) => Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out _);

    /// <summary>A fault of this place: one line.</summary>
    public InstrumentException Fault(string what, string mend) =>
        new(Symbol is null ? $"{File} {what}: {mend}." : $"{File}: {Symbol}: {what}: {mend}.");

    public IReadOnlyList<JsonPlace> Items()
    {
        if (Element.ValueKind != JsonValueKind.Array)
            throw Fault($"holds {Shown(Element)} where a list is expected", "download or correct it");
        var (file, symbol) = (File, Symbol);
        return [.. Element.EnumerateArray().Select(item => new JsonPlace(file, item, symbol))];
    }

    public IReadOnlyList<JsonPlace> Array(string name) => (this with { Element = Member(name) }).Items();

    public JsonElement Member(string name) =>
        Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out var value)
            ? value
            : throw Fault($"'{name}' is missing", "download or correct it");

    /// <summary>Text, or a number or flag as it is written.</summary>
    public string Text(string name) => Member(name) is { ValueKind: JsonValueKind.String } text
        ? text.GetString()!
        : Member(name).GetRawText();

    public string TextOr(string name, string other) => Has(name) ? Text(name) : other;

    /// <summary>A number as number or as text, 0 or more.</summary>
    public decimal Number(string name) => Decimal(name, Member(name));

    public decimal? NumberOrNull(string name) =>
        Has(name) && Member(name).ValueKind != JsonValueKind.Null ? Number(name) : null;

    public decimal Decimal(string name, JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        return decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var number)
            && number is >= 0 and <= Most
            ? number
            : throw Fault($"'{name}' is {Shown(value)}", "it is a number from 0");
    }

    public int Whole(string name, int least, int most)
    {
        var number = Number(name);
        return number == decimal.Truncate(number) && number >= least && number <= most
            ? (int)number
            : throw Fault($"'{name}' is {Shown(Member(name))}", $"it is a whole number from {least} to {most}");
    }

    /// <summary>Epoch ms as a time, or the other one when the member is missing.</summary>
    public DateTime? TimeOr(string name, DateTime? other)
    {
        if (!Has(name)) return other;
        const long Earliest = 1_230_768_000_000, Latest = 4_102_444_800_000;
        return Number(name) is >= Earliest and <= Latest and var ms
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)ms).UtcDateTime
            : throw Fault($"'{name}' is {Shown(Member(name))}", "it is epoch ms from 2009 to 2100");
    }

    /// <summary>This row under its symbol's name; null when its name is no symbol that could be traded.</summary>
    public JsonPlace Row(out string name, out Symbol? symbol)
    {
        name = Text("symbol");
        symbol = Quantum.Contracts.Units.Symbol.TryParse(name, out var known) ? known : null;
        return this with { Symbol = name };
    }

    private static string Shown(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 40 ? text : text[..40] + "…";
    }
}
