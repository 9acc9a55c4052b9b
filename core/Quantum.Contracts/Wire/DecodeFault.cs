namespace Quantum.Contracts.Wire;

/// <summary>Why an entry could not be read; the text names the field, the value and the mend.</summary>
public enum DecodeFaultKind { None, MissingField, BadValue, UnknownSchema, Undecodable, OutOfRange, MixedMode }

/// <summary>One reason for a dead letter.</summary>
public readonly record struct DecodeFault(DecodeFaultKind Kind, string Text)
{
    public static readonly DecodeFault None;

    public bool IsNone => Kind == DecodeFaultKind.None;

    public override string ToString() => IsNone ? "none" : $"{WireNames.Of(Kind)}: {Text}";
}
