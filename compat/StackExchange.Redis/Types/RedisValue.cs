using System.Globalization;
using System.Text;

namespace StackExchange.Redis;

/// <summary>A value sent to or read from Redis: bytes, text or a number, or null.</summary>
public readonly struct RedisValue : IEquatable<RedisValue>, IComparable<RedisValue>
{
    private readonly byte[]? _bytes;

    private RedisValue(byte[]? bytes) => _bytes = bytes;

    public RedisValue(string value) => _bytes = value is null ? null : Encoding.UTF8.GetBytes(value);

    public static RedisValue Null => default;

    public static RedisValue EmptyString { get; } = new([]);

    public bool IsNull => _bytes is null;

    public bool IsNullOrEmpty => _bytes is null or { Length: 0 };

    public bool HasValue => !IsNullOrEmpty;

    public bool IsInteger => TryParse(out long _);

    internal ReadOnlyMemory<byte> Bytes => _bytes;

    public long Length() => _bytes?.Length ?? 0;

    public int GetByteCount() => _bytes?.Length ?? 0;

    public bool TryParse(out long val)
    {
        val = 0;
        return _bytes is null
            || long.TryParse(_bytes, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out val);
    }

    public bool TryParse(out int val)
    {
        var ok = TryParse(out long wide) && wide is >= int.MinValue and <= int.MaxValue;
        val = ok ? (int)wide : 0;
        return ok;
    }

    public bool TryParse(out double val)
    {
        val = 0;
        if (_bytes is null)
            return true;
        var text = ToString();
        (var known, val) = text.ToUpperInvariant() switch
        {
            "INF" or "+INF" => (true, double.PositiveInfinity),
            "-INF" => (true, double.NegativeInfinity),
            "NAN" or "-NAN" => (true, double.NaN),
            _ => (false, 0),
        };
        return known || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out val);
    }

    public bool StartsWith(RedisValue value) =>
        _bytes is not null && value._bytes is not null && _bytes.AsSpan().StartsWith(value._bytes);

    public object? Box() => _bytes is null ? null : TryParse(out long number) ? number : _bytes;

    public static RedisValue Unbox(object? value) => value switch
    {
        null => Null,
        RedisValue same => same,
        RedisKey key => (byte[]?)key,
        RedisChannel channel => (byte[]?)channel,
        string text => text,
        byte[] bytes => bytes,
        int number => number,
        long number => number,
        uint number => number,
        ulong number => number,
        double number => number,
        float number => (double)number,
        bool flag => flag,
        Memory<byte> memory => memory,
        ReadOnlyMemory<byte> memory => memory,
        _ => throw new ArgumentException(
            $"A value of type {value.GetType().FullName} cannot be sent to Redis; pass text, bytes or a number."),
    };

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

    public int CompareTo(RedisValue other) =>
        TryParse(out double mine) && other.TryParse(out double theirs)
            ? mine.CompareTo(theirs)
            : _bytes.AsSpan().SequenceCompareTo(other._bytes);

    public static bool operator ==(RedisValue x, RedisValue y) => x.Equals(y);

    public static bool operator !=(RedisValue x, RedisValue y) => !x.Equals(y);

    public static implicit operator RedisValue(string? value) => value is null ? Null : new(value);

    public static implicit operator RedisValue(byte[]? value) => new(value);

    public static implicit operator RedisValue(ReadOnlyMemory<byte> value) => new(value.ToArray());

    public static implicit operator RedisValue(Memory<byte> value) => new(value.ToArray());

    public static implicit operator RedisValue(int value) => Number(value);

    public static implicit operator RedisValue(int? value) => value is { } number ? Number(number) : Null;

    public static implicit operator RedisValue(long value) => Number(value);

    public static implicit operator RedisValue(long? value) => value is { } number ? Number(number) : Null;

    public static implicit operator RedisValue(uint value) => Number(value);

    public static implicit operator RedisValue(ulong value) => Number(value);

    public static implicit operator RedisValue(double value) => new(FormatDouble(value));

    public static implicit operator RedisValue(double? value) => value is { } number ? number : Null;

    public static implicit operator RedisValue(bool value) => Number(value ? 1 : 0);

    public static implicit operator string?(RedisValue value) => value.IsNull ? null : value.ToString();

    public static implicit operator byte[]?(RedisValue value) => value._bytes;

    public static implicit operator ReadOnlyMemory<byte>(RedisValue value) => value._bytes;

    public static explicit operator long(RedisValue value) =>
        value.TryParse(out long number) ? number : throw Cast(value, "Int64");

    public static explicit operator long?(RedisValue value) => value.IsNull ? null : (long)value;

    public static explicit operator int(RedisValue value) =>
        value.TryParse(out int number) ? number : throw Cast(value, "Int32");

    public static explicit operator int?(RedisValue value) => value.IsNull ? null : (int)value;

    public static explicit operator ulong(RedisValue value) =>
        value.IsNull ? 0
        : ulong.TryParse(value._bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw Cast(value, "UInt64");

    public static explicit operator double(RedisValue value) =>
        value.TryParse(out double number) ? number : throw Cast(value, "Double");

    public static explicit operator double?(RedisValue value) => value.IsNull ? null : (double)value;

    public static explicit operator decimal(RedisValue value) =>
        value.IsNull ? 0
        : decimal.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw Cast(value, "Decimal");

    public static explicit operator decimal?(RedisValue value) => value.IsNull ? null : (decimal)value;

    public static explicit operator bool(RedisValue value) => value.ToString() switch
    {
        "1" or "true" or "True" => true,
        "0" or "false" or "False" or "" => false,
        _ => throw Cast(value, "Boolean"),
    };

    public static explicit operator bool?(RedisValue value) => value.IsNull ? null : (bool)value;

    internal static string FormatDouble(double value) => value switch
    {
        double.PositiveInfinity => "+inf",
        double.NegativeInfinity => "-inf",
        _ => value.ToString("G17", CultureInfo.InvariantCulture),
    };

    private static RedisValue Number<T>(T value)
        where T : IFormattable => new(value.ToString(null, CultureInfo.InvariantCulture));

    private static InvalidCastException Cast(RedisValue value, string type)
    {
        var text = value.ToString();
        return new($"Unable to cast from RedisValue to {type}: '{(text.Length > 64 ? text[..64] + "…" : text)}'");
    }
}
