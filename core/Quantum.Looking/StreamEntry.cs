using System.Globalization;

namespace Quantum.Looking;

/// <summary>One entry as it stands in Redis.</summary>
public sealed record StreamEntry(string Key, string Id, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    /// <summary>A field's text; empty when it is not there.</summary>
    public string this[string name] => Fields.FirstOrDefault(field => field.Key == name).Value ?? "";

    /// <summary>The id's time, UTC epoch ms.</summary>
    public long IdMs =>
        long.Parse(Id.AsSpan(0, Id.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    /// <summary>The event's time, UTC epoch ms: its ts, else the id's.</summary>
    public long AtMs => long.TryParse(this["ts"], CultureInfo.InvariantCulture, out var ms) && ms > 0 ? ms : IdMs;
}
