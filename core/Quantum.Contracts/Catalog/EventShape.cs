using System.Reflection;

namespace Quantum.Contracts.Catalog;

/// <summary>Looks at an event type for what the wire would lose or mix up.</summary>
internal static class EventShape
{
    public static IEnumerable<string> Faults(Type type, IReadOnlyList<string> fieldNames)
    {
        foreach (var fault in Unsent(type)) yield return fault;
        if (fieldNames.Count == 0) yield return $"{type.Name} has no fields.";
        foreach (var name in fieldNames.Where(EnvelopeCodec.FieldNames.Contains))
            yield return $"{type.Name} has the field '{name}', which is the envelope's: choose another name.";
        foreach (var name in fieldNames.GroupBy(name => name).Where(group => group.Count() > 1))
            yield return $"{type.Name} has the field '{name.Key}' twice.";
    }

    private static IEnumerable<string> Unsent(Type type)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!property.CanWrite)
                yield return $"{type.Name}.{property.Name} has no setter and would not be sent: make it a method.";
            if (!FieldFormats.IsFlat(property)) continue;
            foreach (var fault in Unsent(property.PropertyType)) yield return fault;
        }
    }
}
