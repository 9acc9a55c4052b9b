namespace StackExchange.Redis;

/// <summary>Any reply of the server: a value, an error or an array of replies.</summary>
public sealed class RedisResult
{
    private readonly RedisValue _value;
    private readonly RedisResult[]? _items;
    private readonly bool _isArray;

    internal RedisResult(RedisValue value, bool isError = false) => (_value, IsError) = (value, isError);

    internal RedisResult(RedisResult[]? items) => (_items, _isArray) = (items, true);

    public bool IsNull => _isArray ? _items is null : _value.IsNull;

    internal bool IsError { get; }

    internal RedisResult[] Items => _items ?? (_isArray ? [] : throw Wrong("an array"));

    internal RedisValue Value => IsError || _isArray ? throw Wrong("one value") : _value;

    public override string ToString() =>
        _items is not null ? $"{_items.Length} element(s)" : IsNull ? "(nil)" : _value.ToString();

    public static explicit operator string?(RedisResult? result) => result?.Value;

    public static explicit operator long(RedisResult result) =>
        !result.IsNull && result.Value.TryParse(out long number) ? number : throw result.Wrong("a whole number");

    public static explicit operator RedisResult[]?(RedisResult? result) =>
        result is null || result.IsNull ? null : result.Items;

    /// <summary>Reads an array of alternating names and values.</summary>
    internal T[] Pairs<T>(Func<RedisValue, RedisValue, T> make)
    {
        var pairs = new T[Items.Length / 2];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = make(Items[2 * i].Value, Items[(2 * i) + 1].Value);
        return pairs;
    }

    /// <summary>The value behind a name in an array of alternating names and values; null without one.</summary>
    internal RedisResult? Field(string name)
    {
        for (var i = 0; i + 1 < Items.Length; i += 2)
        {
            if (Items[i].Value == name)
                return Items[i + 1];
        }

        return null;
    }

    private Exception Wrong(string wanted) =>
        IsError
            ? new RedisServerException(_value.ToString())
            : new InvalidCastException($"The reply is not {wanted}: {this}");
}
