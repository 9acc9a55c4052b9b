using System.Text.RegularExpressions;

namespace Quantum.Looking;

/// <summary>One entry as it stands in Redis.</summary>
public sealed partial record StreamEntry(string Key, string Id, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    /// <summary>A field's text; empty when it is not there.</summary>
    public string this[string name] => Fields.FirstOrDefault(field => field.Key == name).Value ?? "";

    /// <summary>Whether a text has the form of an entry's id: <c>1735016520000-0</c>.</summary>
    public static bool IsId(string text) => IdForm().IsMatch(text);

    /// <summary>The id's time, UTC epoch ms.</summary>
    public long IdMs =>
        long.Parse(Id.AsSpan(0, Id.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    /// <summary>The event's time, UTC epoch ms: its ts, else the id's.</summary>
    public long AtMs => long.TryParse(this["ts"], CultureInfo.InvariantCulture, out var ms) && ms > 0 ? ms : IdMs;

    [GeneratedRegex(@"^[0-9]{1,19}-[0-9]{1,19}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdForm();
}
