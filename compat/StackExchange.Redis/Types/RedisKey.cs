using System.Text;

namespace StackExchange.Redis;

/// <summary>The name of a key.</summary>
public readonly struct RedisKey : IEquatable<RedisKey>
{
    private readonly byte[]? _bytes;

    private RedisKey(byte[]? bytes) => _bytes = bytes;

    public RedisKey(string? key) => _bytes = key is null ? null : Encoding.UTF8.GetBytes(key);

    internal bool IsNull => _bytes is null;

    internal ReadOnlySpan<byte> Bytes => _bytes;

    public RedisKey Append(RedisKey suffix) => this + suffix;

    public RedisKey Prepend(RedisKey prefix) => prefix + this;

    public override string ToString() => _bytes is null ? "(null)" : Encoding.UTF8.GetString(_bytes);

    public bool Equals(RedisKey other) =>
        (_bytes is null) == (other._bytes is null) && Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => obj is RedisKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    public static bool operator ==(RedisKey x, RedisKey y) => x.Equals(y);

    public static bool operator !=(RedisKey x, RedisKey y) => !x.Equals(y);

    public static RedisKey operator +(RedisKey x, RedisKey y) => new([.. x.Bytes, .. y.Bytes]);

    public static implicit operator RedisKey(string? key) => new(key);

    public static implicit operator RedisKey(byte[]? key) => new(key);

    public static implicit operator string?(RedisKey key) => key._bytes is null ? null : key.ToString();

    public static implicit operator byte[]?(RedisKey key) => key._bytes;
}
