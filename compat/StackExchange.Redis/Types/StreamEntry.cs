namespace StackExchange.Redis;

/// <summary>One entry of a stream: its id and its fields.</summary>
public readonly struct StreamEntry
{
    private readonly NameValueEntry[]? _values;

    internal StreamEntry(RedisResult reply)
    {
        Id = reply.Items[0].Value;
        _values = reply.Items[1].Pairs((name, value) => new NameValueEntry(name, value));
    }

    public RedisValue Id { get; }

    public NameValueEntry[] Values => _values ?? [];

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
}
