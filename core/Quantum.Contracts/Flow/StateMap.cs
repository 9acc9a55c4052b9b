using System.Text.Json;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Flow;

/// <summary>Remembered values by key, in key order. Only touched and removed keys are saved with a commit.</summary>
public sealed class StateMap<TValue> : IStateCell where TValue : class
{
    private readonly string _name;
    private readonly Func<string, TValue> _initial;
    private readonly SortedDictionary<string, TValue> _values = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _touched = new(StringComparer.Ordinal);
    private KeyValuePair<string, TValue>[]? _listed;

    internal StateMap(string name, Func<string, TValue> initial)
    {
        _name = name;
        _initial = initial;
    }

    public int Count => _values.Count;

    /// <summary>The keys and values in key order, to be read only.</summary>
    public IEnumerable<KeyValuePair<string, TValue>> All => _values;

    /// <summary>
    /// The same by number: nothing is allocated while no key comes or goes, for what runs on every event.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, TValue>> Listed => _listed ??= [.. _values];

    public TValue? Find(string key) => _values.GetValueOrDefault(key);

    /// <summary>The value of a key, made when missing, to be changed; it will be saved.</summary>
    public TValue Touch(string key)
    {
        _touched.Add(key);
        if (_values.TryGetValue(key, out var value)) return value;
        _listed = null;
        return _values[key] = _initial(key);
    }

    public void Set(string key, TValue value)
    {
        _touched.Add(key);
        _values[key] = value;
        _listed = null;
    }

    public void Remove(string key)
    {
        if (!_values.Remove(key)) return;
        _touched.Add(key);
        _listed = null;
    }

    void IStateCell.SaveTouched(Action<string, byte[]?> save)
    {
        foreach (var key in _touched)
            save(FieldOf(key), _values.TryGetValue(key, out var value) ? Encode(value) : null);
        _touched.Clear();
    }

    void IStateCell.SaveAll(Action<string, byte[]?> save)
    {
        ((IStateCell)this).SaveTouched(static (_, _) => { });
        foreach (var (key, value) in _values) save(FieldOf(key), Encode(value));
    }

    bool IStateCell.IsKeyed => true;

    void IStateCell.Load(string? key, byte[] value)
    {
        _values[key!] =
            JsonSerializer.Deserialize<TValue>(value, WireJson.StateOptions) ?? throw new JsonException("it is null");
        _listed = null;
    }

    // A value is not made for it: some maps know no first value but what an event tells.
    void IStateCell.Rehearse() => WireJson.StateOptions.GetTypeInfo(typeof(TValue));

    void IStateCell.Clear()
    {
        _values.Clear();
        _touched.Clear();
        _listed = null;
    }

    private string FieldOf(string key) => $"{_name}/{key}";

    private static byte[] Encode(TValue value) => JsonSerializer.SerializeToUtf8Bytes(value, WireJson.StateOptions);
}
