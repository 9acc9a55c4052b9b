using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Units;

/// <summary>A futures symbol as the venue spells it, for example <c>BTCUSDT</c>: 2 to 24 of A-Z, 0-9 and '_'.</summary>
public readonly struct Symbol : IEquatable<Symbol>, IComparable<Symbol>
{
    private readonly string? _name;

    private Symbol(string name) => _name = name;

    /// <summary>The symbol's text; empty for the default value, which no event carries.</summary>
    public string Name => _name ?? "";

    public bool IsEmpty => _name is null;

    /// <summary>Reads a symbol; throws <see cref="FormatException"/> that names the text and the rule.</summary>
    public static Symbol Parse(string text) => TryParse(text, out var symbol)
        ? symbol
        : throw new FormatException($"'{text}' is not a symbol: use 2 to 24 of A-Z, 0-9 and '_', for example BTCUSDT.");

    public static bool TryParse(string? text, out Symbol symbol)
    {
        symbol = default;
        if (text is null || text.Length is < 2 or > 24) return false;
        Span<byte> utf8 = stackalloc byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsAllowed(text[i])) return false;
            utf8[i] = (byte)text[i];
        }

        symbol = new Symbol(Utf8Interner.Shared.Intern(utf8));
        return true;
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8, out Symbol symbol)
    {
        symbol = default;
        if (utf8.Length is < 2 or > 24) return false;
        foreach (var b in utf8)
            if (!IsAllowed((char)b)) return false;
        symbol = new Symbol(Utf8Interner.Shared.Intern(utf8));
        return true;
    }

    public bool Equals(Symbol other) => string.Equals(_name, other._name, StringComparison.Ordinal);
    public override bool Equals(object? obj) => obj is Symbol other && Equals(other);
    public override int GetHashCode() => string.GetHashCode(Name, StringComparison.Ordinal);
    public int CompareTo(Symbol other) => string.CompareOrdinal(_name, other._name);
    public override string ToString() => Name;

    public static bool operator ==(Symbol left, Symbol right) => left.Equals(right);
    public static bool operator !=(Symbol left, Symbol right) => !left.Equals(right);
    public static bool operator <(Symbol left, Symbol right) => left.CompareTo(right) < 0;
    public static bool operator >(Symbol left, Symbol right) => left.CompareTo(right) > 0;
    public static bool operator <=(Symbol left, Symbol right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Symbol left, Symbol right) => left.CompareTo(right) >= 0;

    private static bool IsAllowed(char c) => c is >= 'A' and <= 'Z' or >= '0' and <= '9' or '_';
}
