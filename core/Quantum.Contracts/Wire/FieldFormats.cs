using System.Globalization;
using System.Reflection;
using Quantum.Contracts.Units;

namespace Quantum.Contracts.Wire;

/// <summary>Chooses the text format of a property by its type.</summary>
internal static class FieldFormats
{
    private const NumberStyles Fractional =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly Dictionary<Type, object> Known = new()
    {
        [typeof(int)] = new NumberFormat<int>("a whole number", NumberStyles.AllowLeadingSign),
        [typeof(long)] = new NumberFormat<long>("a whole number", NumberStyles.AllowLeadingSign),
        [typeof(decimal)] = new NumberFormat<decimal>("a decimal number", Fractional),
        [typeof(double)] = new NumberFormat<double>("a finite number", Fractional),
        [typeof(bool)] = new BoolFormat(),
        [typeof(Symbol)] = new SymbolFormat(),
    };

    public static EventField<TEvent> Create<TEvent>(PropertyInfo property) where TEvent : struct
    {
        var format = FormatOf(property);
        var type = typeof(EventField<,>).MakeGenericType(typeof(TEvent), property.PropertyType);
        return (EventField<TEvent>)Activator.CreateInstance(type, property, format)!;
    }

    private static object FormatOf(PropertyInfo property)
    {
        if (property.PropertyType != typeof(string)) return FormatOf(property.PropertyType);
        var nullability = new NullabilityInfoContext().Create(property);
        return new TextFormat(nullability.ReadState == NullabilityState.Nullable);
    }

    private static object FormatOf(Type type)
    {
        if (Known.TryGetValue(type, out var known)) return known;
        if (type.IsEnum) return Activator.CreateInstance(typeof(EnumFormat<>).MakeGenericType(type))!;
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Activator.CreateInstance(typeof(OptionalFormat<>).MakeGenericType(inner), FormatOf(inner))!;
        return Activator.CreateInstance(typeof(JsonFormat<>).MakeGenericType(type))!;
    }
}
