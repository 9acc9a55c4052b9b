namespace StackExchange.Redis;

/// <summary>The name of a key.</summary>
public readonly struct RedisKey(string? key)
{
    internal string? Name { get; } = key;

    public override string ToString() => Name ?? "(null)";

    public static implicit operator RedisKey(string? key) => new(key);
}
