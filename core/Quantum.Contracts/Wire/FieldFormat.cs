namespace Quantum.Contracts.Wire;

/// <summary>
/// How one type of value stands as text in a field. The empty text means unknown and is read only as null.
/// </summary>
internal abstract class FieldFormat<TValue>
{
    /// <summary>What a good value looks like, for the fault's text.</summary>
    public abstract string Expected { get; }

    public virtual bool IsOptional => false;

    /// <summary>True when there are values that cannot be sent, or that come back as others.</summary>
    public virtual bool IsParticular => false;

    /// <summary>
    /// The value as it would come back from a stream. Throws <see cref="FormatException"/> where it cannot be sent.
    /// </summary>
    public virtual TValue Pass(TValue value) => value;

    public abstract void Write(ReadOnlySpan<byte> name, TValue value, FieldBuffer target);

    public abstract bool TryRead(ReadOnlySpan<byte> text, out TValue value);
}

/// <summary>
/// Numbers as invariant text; NaN and infinity are refused both ways, and what is read is within a limit either way.
/// </summary>
internal sealed class NumberFormat<TNumber>(string expected, NumberStyles style, TNumber limit) : FieldFormat<TNumber>
    where TNumber : struct, System.Numerics.INumber<TNumber>
{
    private const int Longest = 40;

    public override string Expected { get; } =
        string.Create(CultureInfo.InvariantCulture, $"{expected}, at most {limit} either way");

    public override bool IsParticular => typeof(TNumber) == typeof(double);

    public override TNumber Pass(TNumber value) => TNumber.IsFinite(value)
        ? value
        : throw new FormatException($"{value} cannot be sent: use null for unknown.");

    public override void Write(ReadOnlySpan<byte> name, TNumber value, FieldBuffer target)
    {
        value = Pass(value);
        if (!value.TryFormat(target.BeginValue(name, Longest), out var written, default, CultureInfo.InvariantCulture))
            throw new FormatException($"{value} is longer than {Longest} characters.");
        target.EndValue(written);
    }

    public override bool TryRead(ReadOnlySpan<byte> text, out TNumber value) =>
        TNumber.TryParse(text, style, CultureInfo.InvariantCulture, out value) && TNumber.IsFinite(value)
        && value >= -limit && value <= limit;
}

/// <summary>true or false.</summary>
internal sealed class BoolFormat : FieldFormat<bool>
{
    public override string Expected => "true or false";

    public override void Write(ReadOnlySpan<byte> name, bool value, FieldBuffer target) =>
        target.Add(name, value ? "true"u8 : "false"u8);

    public override bool TryRead(ReadOnlySpan<byte> text, out bool value)
    {
        value = Ascii.EqualsIgnoreCase(text, "true"u8);
        return value || Ascii.EqualsIgnoreCase(text, "false"u8);
    }
}

/// <summary>An enum member under its wire name.</summary>
internal sealed class EnumFormat<TEnum> : FieldFormat<TEnum> where TEnum : struct, Enum
{
    public override string Expected => "one of " + EnumText<TEnum>.Allowed;

    public override void Write(ReadOnlySpan<byte> name, TEnum value, FieldBuffer target) =>
        target.Add(name, EnumText<TEnum>.Utf8(value));

    public override bool TryRead(ReadOnlySpan<byte> text, out TEnum value) => EnumText<TEnum>.TryParse(text, out value);
}

/// <summary>A venue symbol.</summary>
internal sealed class SymbolFormat : FieldFormat<Symbol>
{
    public override string Expected => "a symbol such as BTCUSDT";

    public override bool IsParticular => true;

    public override Symbol Pass(Symbol value) => value.IsEmpty
        ? throw new FormatException("the symbol is empty: every event of a symbol names it.")
        : value;

    public override void Write(ReadOnlySpan<byte> name, Symbol value, FieldBuffer target) =>
        TextFormat.WriteUtf8(name, Pass(value).Name, target);

    public override bool TryRead(ReadOnlySpan<byte> text, out Symbol value) => Symbol.TryParse(text, out value);
}

/// <summary>Text that must not be empty, or may be unknown when optional.</summary>
internal sealed class TextFormat(bool optional) : FieldFormat<string?>
{
    public override string Expected => "text that is not empty";

    public override bool IsOptional => optional;

    public override bool IsParticular => true;

    public override string? Pass(string? value)
    {
        if (!string.IsNullOrEmpty(value)) return value;
        return optional ? null : throw new FormatException("the text is empty, but required.");
    }

    public override void Write(ReadOnlySpan<byte> name, string? value, FieldBuffer target) =>
        WriteUtf8(name, Pass(value) ?? "", target);

    public override bool TryRead(ReadOnlySpan<byte> text, out string? value)
    {
        value = text.IsEmpty ? null : Utf8Interner.Shared.Intern(text);
        return optional || value is not null;
    }

    public static void WriteUtf8(ReadOnlySpan<byte> name, string value, FieldBuffer target)
    {
        var room = target.BeginValue(name, Encoding.UTF8.GetMaxByteCount(value.Length));
        target.EndValue(Encoding.UTF8.GetBytes(value, room));
    }
}

/// <summary>A value that may be unknown: the empty text, or no field at all, is null and never zero.</summary>
internal sealed class OptionalFormat<TValue>(FieldFormat<TValue> inner) : FieldFormat<TValue?> where TValue : struct
{
    public override string Expected => inner.Expected + ", or empty for unknown";

    public override bool IsOptional => true;

    public override bool IsParticular => inner.IsParticular;

    public override TValue? Pass(TValue? value) => value is { } known ? inner.Pass(known) : null;

    public override void Write(ReadOnlySpan<byte> name, TValue? value, FieldBuffer target)
    {
        if (value is { } known) inner.Write(name, known, target);
        else target.Add(name, default(ReadOnlySpan<byte>));
    }

    public override bool TryRead(ReadOnlySpan<byte> text, out TValue? value)
    {
        value = null;
        if (text.IsEmpty) return true;
        if (!inner.TryRead(text, out var known)) return false;
        value = known;
        return true;
    }
}

/// <summary>A nested value as JSON text.</summary>
internal sealed class JsonFormat<TValue> : FieldFormat<TValue>
{
    public override string Expected { get; } = typeof(TValue).IsGenericType
        ? $"a JSON list of {typeof(TValue).GetGenericArguments()[0].Name}"
        : $"JSON of {typeof(TValue).Name}";

    public override bool IsParticular => true;

    public override TValue Pass(TValue value) =>
        PartCheck<TValue>.FaultOf(value) is { } fault
            ? throw new FormatException($"it cannot be written as JSON: {fault}")
            : value;

    public override void Write(ReadOnlySpan<byte> name, TValue value, FieldBuffer target)
    {
        try
        {
            target.Add(name, JsonSerializer.SerializeToUtf8Bytes(value, WireJson.Options));
        }
        catch (Exception error) when (error is ArgumentException or JsonException)
        {
            throw new FormatException($"it cannot be written as JSON: {error.Message}", error);
        }
    }

    public override bool TryRead(ReadOnlySpan<byte> text, out TValue value)
    {
        try
        {
            value = JsonSerializer.Deserialize<TValue>(text, WireJson.Options)!;
            return value is not null && PartCheck<TValue>.FaultOfRead(value) is null;
        }
        catch (JsonException)
        {
            value = default!;
            return false;
        }
    }
}
