namespace Quantum.Console.Api;

/// <summary>Fields of an entry as numbers; null where they are empty or none.</summary>
internal static class EntryNumbers
{
    public static decimal? Money(this StreamEntry entry, string name) =>
        decimal.TryParse(entry[name], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    public static long? Whole(this StreamEntry entry, string name) =>
        long.TryParse(entry[name], CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Null for the empty text.</summary>
    public static string? Words(this StreamEntry entry, string name) =>
        entry[name] is { Length: > 0 } text ? text : null;
}
