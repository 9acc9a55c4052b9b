using System.Text;

namespace StackExchange.Redis;

/// <summary>The name of a pub/sub channel, or a pattern of names.</summary>
public readonly struct RedisChannel : IEquatable<RedisChannel>
{
    private readonly string? _name;

    public RedisChannel(string value, PatternMode mode)
    {
        _name = value;
        IsPattern = mode == PatternMode.Pattern || (mode == PatternMode.Auto && value?.Contains('*') == true);
    }

    public RedisChannel(byte[]? value, PatternMode mode)
        : this(value is null ? null! : Encoding.UTF8.GetString(value), mode)
    {
    }

    /// <summary>How a channel name that may hold wildcards is read.</summary>
    public enum PatternMode
    {
        Auto = 0,
        Literal = 1,
        Pattern = 2,
    }

    public bool IsNullOrEmpty => string.IsNullOrEmpty(_name);

    public bool IsPattern { get; }

    public static RedisChannel Literal(string value) => new(value, PatternMode.Literal);

    public static RedisChannel Pattern(string value) => new(value, PatternMode.Pattern);

    public override string ToString() => _name ?? "(null)";

    public bool Equals(RedisChannel other) => _name == other._name && IsPattern == other.IsPattern;

    public override bool Equals(object? obj) => obj is RedisChannel other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_name, IsPattern);

    public static bool operator ==(RedisChannel x, RedisChannel y) => x.Equals(y);

    public static bool operator !=(RedisChannel x, RedisChannel y) => !x.Equals(y);

    public static implicit operator RedisChannel(string key) => new(key, PatternMode.Auto);

    public static implicit operator string?(RedisChannel key) => key._name;

    public static implicit operator byte[]?(RedisChannel key) =>
        key._name is null ? null : Encoding.UTF8.GetBytes(key._name);
}
