namespace Quantum.Contracts.Flow;

/// <summary>
/// A value as it was when it was to be saved. Its JSON is made when it is first asked for, of a copy that nobody
/// changes; where a value's type cannot be copied, at once.
/// </summary>
public sealed class StateCopy
{
    private readonly Func<byte[]>? _write;
    private byte[]? _json;

    /// <param name="json">What was saved.</param>
    public StateCopy(byte[] json) => _json = json;

    private StateCopy(Func<byte[]> write) => _write = write;

    /// <summary>False while nobody has asked for the JSON.</summary>
    public bool IsWritten => _json is not null;

    /// <summary>The value as UTF-8 JSON.</summary>
    public byte[] Json
    {
        get
        {
            if (!IsWritten) _json = _write!();
            return _json!;
        }
    }

    internal static StateCopy Of<TValue>(TValue value) where TValue : class
    {
        if (DeepCopy<TValue>.Make is not { } make) return new StateCopy(Write(value));
        var copy = make(value);
        return new StateCopy(() => Write(copy));
    }

    private static byte[] Write<TValue>(TValue value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, WireJson.StateOptions);
}
