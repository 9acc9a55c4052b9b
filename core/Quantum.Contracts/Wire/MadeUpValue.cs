namespace Quantum.Contracts.Wire;

/// <summary>A value of each type that an event may hold: what codecs are rehearsed with. Nothing acts on it.</summary>
internal static class MadeUpValue
{
    /// <summary>Every property set, those that may be unknown as well.</summary>
    public static object Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "rehearsal";
        if (type == typeof(Symbol)) return Symbol.Parse("BTCUSDT");
        if (type.IsEnum) return Enum.GetValues(type).GetValue(0)!;
        if (type.IsPrimitive || type == typeof(decimal)) return Convert.ChangeType(1, type, null);
        if (type.IsGenericType) return ListOf(type, type.GetGenericArguments()[0]);
        return type.IsValueType ? Filled(type) : Built(type);
    }

    private static object Filled(Type type)
    {
        var made = Activator.CreateInstance(type)!;
        foreach (var member in FieldFormats.MembersOf(type)) member.SetValue(made, Of(member.PropertyType));
        return made;
    }

    private static object Built(Type type)
    {
        var make = type.GetConstructors()[0];
        return make.Invoke([.. make.GetParameters().Select(parameter => Of(parameter.ParameterType))]);
    }

    private static object ListOf(Type list, Type element)
    {
        var items = Array.CreateInstance(element, 1);
        items.SetValue(Of(element), 0);
        return Activator.CreateInstance(list, items)!;
    }
}
