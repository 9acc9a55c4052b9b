namespace StackExchange.Redis;

/// <summary>Any reply of the server: a value, an error or an array of replies.</summary>
public sealed class RedisResult
{
    private readonly RedisValue _value;
    private readonly RedisResult[]? _items;

    private RedisResult(ResultType type, RedisValue value, RedisResult[]? items)
    {
        Resp2Type = type;
        _value = value;
        _items = items;
    }

    public ResultType Resp2Type { get; }

    public bool IsNull => Resp2Type switch
    {
        ResultType.Array => _items is null,
        ResultType.Error => false,
        _ => _value.IsNull,
    };

    /// <summary>The number of items of an array, or -1 for anything else.</summary>
    public int Length => Resp2Type == ResultType.Array ? _items?.Length ?? 0 : -1;

    public RedisResult this[int index] => Items[index];

    internal RedisResult[] Items => _items ?? (Resp2Type == ResultType.Array ? [] : throw Wrong("an array"));

    internal bool IsError => Resp2Type == ResultType.Error;

    internal RedisValue Value => Resp2Type switch
    {
        ResultType.Error => throw new RedisServerException(_value.ToString()),
        ResultType.Array => _items is null ? RedisValue.Null
            : _items.Length == 1 ? _items[0].Value
            : throw Wrong("one value"),
        _ => _value,
    };

    internal long Int64 => (long)Value;

    public static RedisResult Create(RedisValue value, ResultType? resultType = null) =>
        new(resultType ?? (value.IsInteger && !value.IsNull ? ResultType.Integer : ResultType.BulkString), value, null);

    public static RedisResult Create(RedisValue[] values) =>
        Array(System.Array.ConvertAll(values, value => Create(value, ResultType.BulkString)));

    public static RedisResult Create(RedisResult[] values) => Array(values);

    internal static RedisResult Array(RedisResult[]? items) => new(ResultType.Array, default, items);

    internal static RedisResult Error(RedisValue message) => new(ResultType.Error, message, null);

    /// <summary>Reads an array of alternating names and values.</summary>
    public Dictionary<string, RedisResult> ToDictionary(IEqualityComparer<string>? comparer = null)
    {
        var map = new Dictionary<string, RedisResult>(comparer ?? StringComparer.InvariantCultureIgnoreCase);
        for (var i = 0; i + 1 < Items.Length; i += 2)
            map[Items[i].Value.ToString()] = Items[i + 1];
        return map;
    }

    public override string ToString() =>
        IsError ? _value.ToString()
        : Resp2Type == ResultType.Array ? _items is null ? "(nil)" : $"{_items.Length} element(s)"
        : _value.IsNull ? "(nil)" : _value.ToString();

    public static explicit operator string?(RedisResult? result) => result is null ? null : (string?)result.Value;

    public static explicit operator byte[]?(RedisResult? result) => result is null ? null : (byte[]?)result.Value;

    public static explicit operator RedisValue(RedisResult? result) => result?.Value ?? RedisValue.Null;

    public static explicit operator RedisKey(RedisResult? result) => result is null ? default : (byte[]?)result.Value;

    public static explicit operator long(RedisResult result) => (long)result.Value;

    public static explicit operator long?(RedisResult? result) => result is null ? null : (long?)result.Value;

    public static explicit operator int(RedisResult result) => (int)result.Value;

    public static explicit operator int?(RedisResult? result) => result is null ? null : (int?)result.Value;

    public static explicit operator ulong(RedisResult result) => (ulong)result.Value;

    public static explicit operator double(RedisResult result) => (double)result.Value;

    public static explicit operator double?(RedisResult? result) => result is null ? null : (double?)result.Value;

    public static explicit operator bool(RedisResult result) =>
        result.Resp2Type == ResultType.SimpleString && result._value == "OK" || (bool)result.Value;

    public static explicit operator RedisResult[]?(RedisResult? result) =>
        result is null || result.IsNull ? null : result.Items;

    public static explicit operator RedisValue[]?(RedisResult? result) => All(result, item => item.Value);

    public static explicit operator RedisKey[]?(RedisResult? result) => All(result, item => (RedisKey)item);

    public static explicit operator string?[]?(RedisResult? result) => All(result, item => (string?)item.Value);

    public static explicit operator long[]?(RedisResult? result) => All(result, item => (long)item.Value);

    private static T[]? All<T>(RedisResult? result, Converter<RedisResult, T> each) =>
        result is null || result.IsNull ? null : System.Array.ConvertAll(result.Items, each);

    private InvalidCastException Wrong(string wanted) =>
        IsError
            ? throw new RedisServerException(_value.ToString())
            : new($"The reply is not {wanted}, but {Resp2Type}: {this}");
}
