using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Quantum.Contracts.Settings;

/// <summary>
/// A property of a settings type that can be set (<c>set</c>), or a group of them. What the run gives (<c>init</c>) is
/// no setting.
/// </summary>
public sealed class SettingField
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<SettingField>> s_known = new();

    private SettingField(PropertyInfo property)
    {
        Property = property;
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Rules = [.. property.GetCustomAttributes<ValidationAttribute>()];
    }

    public PropertyInfo Property { get; }

    public string Name => Property.Name;

    /// <summary>What is set, whether or not it may be left out.</summary>
    public Type Type { get; }

    public IReadOnlyList<ValidationAttribute> Rules { get; }

    public bool IsList => Type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(Type);

    /// <summary>Whether it has settings of its own.</summary>
    public bool IsGroup => !IsList && Type.IsClass && Of(Type).Count > 0;

    /// <summary>Whether its value must not be repeated.</summary>
    public bool IsSecret => Rules.OfType<DataTypeAttribute>().Any(rule => rule.DataType == DataType.Password);

    /// <summary>What it may be, in words.</summary>
    public string Range =>
        string.Join("; ", Rules.Select(WordsOf).Where(words => words.Length > 0)) is { Length: > 0 } words
            ? words
            : Type.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(Type)).ToLowerInvariant()
            : Type == typeof(bool) ? "true or false" : "";

    /// <summary>What a text must be to be read, in words.</summary>
    public string Kind => Type switch
    {
        _ when IsGroup => "nothing itself, but to what stands in it",
        _ when IsList => "a list, one entry each at :0, :1 and so on",
        _ when Type.IsEnum || Type == typeof(bool) || Type == typeof(string) => Range,
        _ when Type == typeof(double) || Type == typeof(decimal) => $"a number, {Range}",
        _ => $"a whole number, {Range}",
    };

    /// <summary>The settings of a type, as they stand in it.</summary>
    public static IReadOnlyList<SettingField> Of(Type type) => s_known.GetOrAdd(type, static known =>
    [
        .. known.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true } set && !set.ReturnParameter
                .GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
            .Select(property => new SettingField(property)),
    ]);

    /// <summary>Whether a text can be read as a value; whether that is in range is asked of the settings.</summary>
    public bool Takes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Type.IsEnum) return Enum.GetNames(Type).Contains(text, StringComparer.OrdinalIgnoreCase);
        if (text.Length == 0 && Type != Property.PropertyType) return true;
        return TypeDescriptor.GetConverter(Type) is var converter && converter.CanConvertFrom(typeof(string))
            && converter.IsValid(text);
    }

    private static string WordsOf(ValidationAttribute rule) => rule switch
    {
        RangeAttribute { ErrorMessage: { } words } => words,
        RangeAttribute range => string.Create(CultureInfo.InvariantCulture,
            $"{(range.MinimumIsExclusive ? "above " : "")}{range.Minimum} to ")
            + string.Create(CultureInfo.InvariantCulture,
                $"{(range.MaximumIsExclusive ? "below " : "")}{range.Maximum}"),
        LimitAttribute limit => limit.Words,
        AllowedValuesAttribute allowed => "one of " + string.Join(", ", allowed.Values).ToLowerInvariant(),
        WordsOfAttribute words => $"words of {string.Join(", ", words.Known)}",
        WebAddressAttribute => "an address that begins with https:// or http://",
        _ => rule.ErrorMessage ?? "",
    };
}
