using System.Reflection;

namespace Quantum.Contracts.Wire;

/// <summary>Chooses the text format of a property by its type.</summary>
internal static class FieldFormats
{
    private const NumberStyles Fractional =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly Dictionary<Type, object> s_known = new()
    {
        [typeof(int)] = new NumberFormat<int>("a whole number", NumberStyles.AllowLeadingSign, WireLimits.Int),
        [typeof(long)] = new NumberFormat<long>("a whole number", NumberStyles.AllowLeadingSign, WireLimits.Long),
        [typeof(decimal)] = new NumberFormat<decimal>("a decimal number", Fractional, WireLimits.Decimal),
        [typeof(double)] = new NumberFormat<double>("a finite number", Fractional, WireLimits.Double),
        [typeof(bool)] = new BoolFormat(),
        [typeof(Symbol)] = new SymbolFormat(),
    };

    private static readonly NumberFormat<long> s_time =
        new("UTC epoch milliseconds, or a time in milliseconds", NumberStyles.AllowLeadingSign, WireLimits.TimeMs);

    /// <summary>The fields of one property: itself, or the members of a part with flat fields.</summary>
    public static IEnumerable<EventField<TEvent>> Create<TEvent>(PropertyInfo property) where TEvent : struct =>
        IsFlat(property)
            ? MembersOf(property.PropertyType).Select(member => Make<TEvent>(
                typeof(FlatField<,,>), [property.PropertyType, member.PropertyType], property, member,
                FormatOf(member)))
            : [Make<TEvent>(typeof(EventField<,>), [property.PropertyType], property, FormatOf(property))];

    /// <summary>True where a property's members are the fields.</summary>
    public static bool IsFlat(PropertyInfo property) => property.PropertyType.IsDefined(typeof(FlatFieldsAttribute));

    /// <summary>What is sent of a type, in order.</summary>
    public static IEnumerable<PropertyInfo> MembersOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property is { CanRead: true, CanWrite: true })
            .OrderBy(property => property.MetadataToken);

    private static EventField<TEvent> Make<TEvent>(Type field, Type[] values, params object[] arguments)
        where TEvent : struct =>
        (EventField<TEvent>)Activator.CreateInstance(
            field.MakeGenericType([typeof(TEvent), .. values]), arguments)!;

    private static object FormatOf(PropertyInfo property)
    {
        if (WireLimits.IsTime(property))
            return property.PropertyType == typeof(long) ? s_time : new OptionalFormat<long>(s_time);
        if (property.PropertyType != typeof(string)) return FormatOf(property.PropertyType);
        var nullability = new NullabilityInfoContext().Create(property);
        return new TextFormat(nullability.ReadState == NullabilityState.Nullable);
    }

    private static object FormatOf(Type type)
    {
        if (s_known.TryGetValue(type, out var known)) return known;
        if (type.IsEnum) return Activator.CreateInstance(typeof(EnumFormat<>).MakeGenericType(type))!;
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Activator.CreateInstance(typeof(OptionalFormat<>).MakeGenericType(inner), FormatOf(inner))!;
        return Activator.CreateInstance(typeof(JsonFormat<>).MakeGenericType(type))!;
    }
}
