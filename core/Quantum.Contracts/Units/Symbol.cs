using System.Buffers;
using System.Text.Unicode;

namespace Quantum.Contracts.Units;

/// <summary>
/// A futures symbol as the venue spells it, for example <c>BTCUSDT</c> or <c>币安人生USDT</c>: 2 to 24 letters and digits
/// of any script and '_'. Letters that have two cases are upper case; what a terminal would obey or hide is no letter.
/// </summary>
public readonly struct Symbol : IEquatable<Symbol>, IComparable<Symbol>
{
    /// <summary>What a symbol is, for messages.</summary>
    public const string Rule = "2 to 24 letters (upper case), digits and '_'";

    private const int Shortest = 2;
    private const int Longest = 24;
    private const int LongestUtf8 = Longest * 4;
    private readonly string? _name;

    private Symbol(string name) => _name = name;

    /// <summary>The symbol's text; empty for the default value, which no event carries.</summary>
    public string Name => _name ?? "";

    public bool IsEmpty => _name is null;

    /// <summary>Reads a symbol; throws <see cref="FormatException"/> that names the text and the rule.</summary>
    public static Symbol Parse(string text) => TryParse(text, out var symbol)
        ? symbol
        : throw new FormatException($"'{text}' is not a symbol: use {Rule}, for example BTCUSDT.");

    public static bool TryParse(string? text, out Symbol symbol)
    {
        symbol = default;
        if (text is null || text.Length > LongestUtf8) return false;
        Span<byte> utf8 = stackalloc byte[LongestUtf8 * 3];
        // Half of a surrogate pair is no text.
        return Utf8.FromUtf16(text, utf8, out _, out var length, replaceInvalidSequences: false)
            == OperationStatus.Done && TryParse(utf8[..length], out symbol);
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8, out Symbol symbol)
    {
        symbol = default;
        if (utf8.Length is < Shortest or > LongestUtf8) return false;
        var count = 0;
        for (var rest = utf8; !rest.IsEmpty; count++)
        {
            var b = rest[0];
            if (b is >= (byte)'A' and <= (byte)'Z' or >= (byte)'0' and <= (byte)'9' or (byte)'_') rest = rest[1..];
            else if (!SkipLetter(ref rest, isFirst: count == 0)) return false;
        }

        if (count is < Shortest or > Longest) return false;
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

    private static bool SkipLetter(ref ReadOnlySpan<byte> rest, bool isFirst)
    {
        if (rest[0] < 0x80) return false;
        if (Rune.DecodeFromUtf8(rest, out var rune, out var length) != OperationStatus.Done) return false;
        rest = rest[length..];
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
                or UnicodeCategory.DecimalDigitNumber => true,
            // Many scripts write vowels as marks on the letter before.
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => !isFirst,
            _ => false,
        };
    }
}
