namespace StackExchange.Redis;

/// <summary>One entry of a stream: its id and its fields.</summary>
public readonly struct StreamEntry
{
    private readonly NameValueEntry[]? _values;

    public StreamEntry(RedisValue id, NameValueEntry[] values)
    {
        Id = id;
        _values = values;
    }

    public static StreamEntry Null { get; } = new(RedisValue.Null, []);

    public RedisValue Id { get; }

    public NameValueEntry[] Values => _values ?? [];

    public bool IsNull => Id.IsNull;

    /// <summary>The value of the first field with this name, or null.</summary>
    public RedisValue this[RedisValue fieldName]
    {
        get
        {
            foreach (var pair in Values)
            {
                if (pair.Name == fieldName)
                    return pair.Value;
            }

            return RedisValue.Null;
        }
    }

    internal static StreamEntry From(RedisResult reply)
    {
        if (reply.IsNull)
            return Null;
        // A pending entry that was deleted or trimmed comes back as its id and a null list of fields.
        var fields = reply[1].IsNull ? [] : reply[1].Items;
        var values = new NameValueEntry[fields.Length / 2];
        for (var i = 0; i < values.Length; i++)
            values[i] = new(fields[2 * i].Value, fields[(2 * i) + 1].Value);
        return new(reply[0].Value, values);
    }

    internal static StreamEntry[] Many(RedisResult reply) =>
        reply.IsNull ? [] : Array.ConvertAll(reply.Items, From);
}
