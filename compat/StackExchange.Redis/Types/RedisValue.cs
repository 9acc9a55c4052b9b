using System.Globalization;
using System.Text;

namespace StackExchange.Redis;

/// <summary>A value sent to or read from Redis: bytes that are text or a number, or null.</summary>
public readonly struct RedisValue : IEquatable<RedisValue>
{
    private readonly byte[]? _bytes;

    internal RedisValue(byte[]? bytes) => _bytes = bytes;

    public static RedisValue Null => default;

    public bool IsNull => _bytes is null;

    public bool HasValue => _bytes is { Length: > 0 };

    internal ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>As in the real client: null is 0.</summary>
    public bool TryParse(out long val)
    {
        val = 0;
        return _bytes is null
            || long.TryParse(_bytes, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out val);
    }

    public override string ToString() => _bytes is null ? "" : Encoding.UTF8.GetString(_bytes);

    public bool Equals(RedisValue other) =>
        _bytes is null || other._bytes is null
            ? ReferenceEquals(_bytes, other._bytes)
            : _bytes.AsSpan().SequenceEqual(other._bytes);

    public override bool Equals(object? obj) => obj is RedisValue other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    public static bool operator ==(RedisValue x, RedisValue y) => x.Equals(y);

    public static bool operator !=(RedisValue x, RedisValue y) => !x.Equals(y);

    public static implicit operator RedisValue(string? value) =>
        new(value is null ? null : Encoding.UTF8.GetBytes(value));

    public static implicit operator RedisValue(int value) => (long)value;

    public static implicit operator RedisValue(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static implicit operator string?(RedisValue value) => value.IsNull ? null : value.ToString();

    internal static RedisValue Unbox(object? value) => value switch
    {
        RedisValue same => same,
        RedisKey key => key.Name,
        string text => text,
        int number => number,
        long number => number,
        _ => throw new ArgumentException(
            $"A value of type {value?.GetType().FullName} cannot be sent to Redis; pass text or a whole number."),
    };
}
