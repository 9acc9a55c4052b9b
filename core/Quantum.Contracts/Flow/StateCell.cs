namespace Quantum.Contracts.Flow;

/// <summary>One remembered value. Reading through <see cref="Touch"/> marks it for the next commit.</summary>
public sealed class StateCell<TValue> : IStateCell where TValue : class
{
    private readonly string _name;
    private readonly Func<TValue> _initial;
    private TValue _value;
    private bool _touched;

    internal StateCell(string name, Func<TValue> initial)
    {
        _name = name;
        _initial = initial;
        _value = initial();
    }

    /// <summary>The value, to be read only.</summary>
    public TValue Value => _value;

    /// <summary>The value, to be changed; it will be saved.</summary>
    public TValue Touch()
    {
        _touched = true;
        return _value;
    }

    /// <summary>Replaces the value; it will be saved.</summary>
    public void Set(TValue value)
    {
        _touched = true;
        _value = value;
    }

    // One flag costs nothing.
    void IStateCell.ForgetTouches()
    {
    }

    void IStateCell.SaveTouched(Action<string, byte[]?> save)
    {
        if (!_touched) return;
        ((IStateCell)this).SaveAll(save);
    }

    void IStateCell.CopyTouched(Action<string, StateCopy?> save)
    {
        if (!_touched) return;
        _touched = false;
        save(_name, StateCopy.Of(_value));
    }

    void IStateCell.SaveAll(Action<string, byte[]?> save)
    {
        _touched = false;
        save(_name, JsonSerializer.SerializeToUtf8Bytes(_value, WireJson.StateOptions));
    }

    bool IStateCell.IsKeyed => false;

    void IStateCell.Load(string? key, byte[] value) => _value =
        JsonSerializer.Deserialize<TValue>(value, WireJson.StateOptions) ?? throw new JsonException("it is null");

    void IStateCell.Rehearse() => JsonSerializer.Deserialize<TValue>(
        JsonSerializer.SerializeToUtf8Bytes(_initial(), WireJson.StateOptions), WireJson.StateOptions);

    void IStateCell.Clear()
    {
        _value = _initial();
        _touched = false;
    }
}
