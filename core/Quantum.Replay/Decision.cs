namespace Quantum.Replay;

/// <summary>One event that a role published, as it stands on its stream.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="Fields">Names and values in wire order.</param>
public sealed record Decision(string Stream, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    /// <summary>What differs between two runs of the same decisions: whether somebody traced them.</summary>
    private const string TraceParent = "traceparent";

    /// <summary>A field's text, or null when it has none of that name.</summary>
    public string? this[string name] => Fields.FirstOrDefault(field => field.Key == name).Value;

    internal static Decision Of(EventStream stream, in EntryFields fields) => new(stream.Name, Texts(in fields));

    internal static IReadOnlyList<KeyValuePair<string, string>> Texts(in EntryFields fields)
    {
        var texts = new KeyValuePair<string, string>[fields.Count];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = new(Encoding.UTF8.GetString(fields.Name(i)), Encoding.UTF8.GetString(fields.Value(i)));
        return texts;
    }

    /// <summary>The names of the fields in which two decisions differ; empty when they are the same.</summary>
    public IReadOnlyList<string> DifferenceFrom(Decision other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return
        [
            .. Fields.Select(field => field.Key).Union(other.Fields.Select(field => field.Key))
                .Where(name => name != TraceParent && this[name] != other[name]),
        ];
    }
}
