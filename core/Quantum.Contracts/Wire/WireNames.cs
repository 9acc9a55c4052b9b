using System.Reflection;

namespace Quantum.Contracts.Wire;

/// <summary>
/// The names of the wire: <c>PositionSizeUsd</c> is <c>position_size_usd</c>, <c>High24hPrice</c>
/// <c>high_24h_price</c>.
/// </summary>
public static class WireNames
{
    public static string Of(MemberInfo member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return member.GetCustomAttribute<WireNameAttribute>()?.Name ?? ToSnakeCase(member.Name);
    }

    public static string Of<TEnum>(TEnum value) where TEnum : struct, Enum => EnumText<TEnum>.Name(value);

    public static string ToSnakeCase(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            var starts = char.IsUpper(c) || (char.IsDigit(c) && i > 0 && !char.IsDigit(name[i - 1]));
            if (starts && i > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
