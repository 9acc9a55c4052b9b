namespace Quantum.Contracts.Wire;

/// <summary>
/// Both ways between an enum and its wire names, without allocation; letter case is ignored when reading.
/// </summary>
public static class EnumText<TEnum> where TEnum : struct, Enum
{
    private static readonly TEnum[] s_values = Enum.GetValues<TEnum>();
    private static readonly string[] s_names =
        [.. s_values.Select(v => WireNames.Of(typeof(TEnum).GetField(v.ToString())!))];
    private static readonly byte[][] s_utf8Names = [.. s_names.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The allowed texts, for error messages.</summary>
    public static string Allowed { get; } = string.Join(", ", s_names);

    public static string Name(TEnum value) => s_names[IndexOf(value)];

    public static ReadOnlySpan<byte> Utf8(TEnum value) => s_utf8Names[IndexOf(value)];

    public static bool TryParse(ReadOnlySpan<byte> utf8, out TEnum value)
    {
        for (var i = 0; i < s_utf8Names.Length; i++)
        {
            if (!Ascii.EqualsIgnoreCase(utf8, s_utf8Names[i])) continue;
            value = s_values[i];
            return true;
        }

        value = default;
        return false;
    }

    private static int IndexOf(TEnum value)
    {
        for (var i = 0; i < s_values.Length; i++)
            if (EqualityComparer<TEnum>.Default.Equals(s_values[i], value)) return i;
        throw new ArgumentOutOfRangeException(nameof(value), value, $"not a {typeof(TEnum).Name}: {Allowed}.");
    }
}
