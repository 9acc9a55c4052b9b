namespace Quantum.Contracts.Flow;

/// <summary>
/// A value as it was when it was to be saved. Its JSON is made when it is first asked for, of a copy that nobody
/// changes; where a value's type cannot be copied, at once.
/// </summary>
public sealed class StateCopy
{
    private readonly object? _copy;
    private readonly Func<object, byte[]>? _write;
    private byte[]? _json;

    /// <param name="json">What was saved.</param>
    public StateCopy(byte[] json) => _json = json;

    private StateCopy(object copy, Func<object, byte[]> write) => (_copy, _write) = (copy, write);

    /// <summary>False while nobody has asked for the JSON.</summary>
    public bool IsWritten => _json is not null;

    /// <summary>The value as UTF-8 JSON.</summary>
    public byte[] Json
    {
        get
        {
            if (!IsWritten) _json = _write!(_copy!);
            return _json!;
        }
    }

    internal static StateCopy Of<TValue>(TValue value) where TValue : class
    {
        if (DeepCopy<TValue>.Make is not { } make) return new StateCopy(Write(value));
        return new StateCopy(make(value), static copy => Write((TValue)copy));
    }

    private static byte[] Write<TValue>(TValue value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, WireJson.StateOptions);
}
