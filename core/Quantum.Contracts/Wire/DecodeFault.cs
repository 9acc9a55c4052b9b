namespace Quantum.Contracts.Wire;

/// <summary>Why an entry could not be read; the text names the field, the value and the mend.</summary>
public enum DecodeFaultKind { None, MissingField, BadValue, UnknownSchema, Undecodable, OutOfRange, MixedMode }

/// <summary>One reason for a dead letter.</summary>
public readonly record struct DecodeFault(DecodeFaultKind Kind, string Text)
{
    private const int LongestShown = 80;

    public static readonly DecodeFault None;

    public bool IsNone => Kind == DecodeFaultKind.None;

    /// <summary>A field that the producer had to send.</summary>
    public static DecodeFault Missing(string field) =>
        new(DecodeFaultKind.MissingField, $"field '{field}' is missing: the producer must send it.");

    /// <summary>A field whose text is not what it must be; long texts are cut.</summary>
    public static DecodeFault Bad(string field, ReadOnlySpan<byte> value, string expected)
    {
        var shown = Encoding.UTF8.GetString(value.Length > LongestShown ? value[..LongestShown] : value);
        var cut = value.Length > LongestShown ? "…" : "";
        return new DecodeFault(DecodeFaultKind.BadValue, $"field '{field}' is '{shown}{cut}': expected {expected}.");
    }

    public override string ToString() => IsNone ? "none" : $"{WireNames.Of(Kind)}: {Text}";
}
