using System.Text;

namespace Quantum.Contracts.Wire;

/// <summary>
/// Both ways between an enum and its wire names, without allocation; letter case is ignored when reading.
/// </summary>
public static class EnumText<TEnum> where TEnum : struct, Enum
{
    private static readonly TEnum[] Values = Enum.GetValues<TEnum>();
    private static readonly string[] Names =
        [.. Values.Select(v => WireNames.Of(typeof(TEnum).GetField(v.ToString())!))];
    private static readonly byte[][] Utf8Names = [.. Names.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The allowed texts, for error messages.</summary>
    public static string Allowed { get; } = string.Join(", ", Names);

    public static string Name(TEnum value) => Names[IndexOf(value)];

    public static ReadOnlySpan<byte> Utf8(TEnum value) => Utf8Names[IndexOf(value)];

    public static bool TryParse(ReadOnlySpan<byte> utf8, out TEnum value)
    {
        for (var i = 0; i < Utf8Names.Length; i++)
        {
            if (!Ascii.EqualsIgnoreCase(utf8, Utf8Names[i])) continue;
            value = Values[i];
            return true;
        }

        value = default;
        return false;
    }

    private static int IndexOf(TEnum value)
    {
        for (var i = 0; i < Values.Length; i++)
            if (EqualityComparer<TEnum>.Default.Equals(Values[i], value)) return i;
        throw new ArgumentOutOfRangeException(nameof(value), value, $"not a {typeof(TEnum).Name}: {Allowed}.");
    }
}
