namespace Quantum.Looking;

/// <summary>Reads an entry as the event that it is, by the codec of its stream.</summary>
public static class EntryReading
{
    /// <summary>False for an entry that no reader of the stream could read either.</summary>
    public static bool TryRead<TEvent>(
        this StreamEntry entry, EventStream<TEvent> stream, out TEvent read)
        where TEvent : struct
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(stream);
        var fields = new FieldBuffer();
        foreach (var (name, value) in entry.Fields)
            fields.Add(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
        return stream.TryDecode(fields.Fields, EntryId.Parse(entry.Id), out _, out read, out _);
    }
}
