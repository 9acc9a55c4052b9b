using System.Collections.Frozen;
using System.Reflection;
using System.Text;

namespace Binance.Net.Converters;

/// <summary>The texts of an enum's members on the wire.</summary>
internal static class WireNames<T>
    where T : struct, Enum
{
    private static readonly (byte[] Text, string Name, T Value)[] s_read = [.. ReadMaps()];
    private static readonly FrozenDictionary<T, string> s_write = s_read
        .GroupBy(map => map.Value)
        .ToFrozenDictionary(maps => maps.Key, maps => maps.First().Name);

    /// <summary>What the library gives for a text that it does not know: a value of no member.</summary>
    public static T Undefined { get; } = (T)Enum.ToObject(typeof(T), -9);

    public static string Of(T value) => s_write.TryGetValue(value, out var name) ? name : value.ToString();

    public static T? Find(ReadOnlySpan<byte> text)
    {
        foreach (var map in s_read)
        {
            if (text.SequenceEqual(map.Text)) return map.Value;
        }

        return Guess(Encoding.UTF8.GetString(text));
    }

    // As the library: other case, then the member's own name or number.
    private static T? Guess(string text)
    {
        foreach (var map in s_read)
        {
            if (string.Equals(map.Name, text, StringComparison.OrdinalIgnoreCase)) return map.Value;
        }

        return Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
    }

    private static IEnumerable<(byte[] Text, string Name, T Value)> ReadMaps() =>
        from field in typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static)
        from name in field.GetCustomAttribute<MapAttribute>()?.Values ?? []
        select (Encoding.UTF8.GetBytes(name), name, (T)field.GetValue(null)!);
}
