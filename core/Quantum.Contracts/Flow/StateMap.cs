using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Quantum.Contracts.Flow;

/// <summary>
/// Remembered values by key, listed in key order. Only touched and removed keys are saved with a commit.
/// </summary>
public sealed class StateMap<TValue> : IStateCell where TValue : class
{
    private readonly string _name;
    private readonly Func<string, TValue> _initial;
    private readonly Dictionary<string, Slot> _slots = new(StringComparer.Ordinal);
    private readonly List<string> _touched = [];
    private KeyValuePair<string, TValue>[]? _listed;
    private bool _forgetsTouches;

    // Null for what was asked for last and is not here: most symbols have no position.
    private readonly RecentKeys<Slot?> _recent = new();
    private bool _knowsMissing;

    internal StateMap(string name, Func<string, TValue> initial)
    {
        _name = name;
        _initial = initial;
    }

    public int Count => _slots.Count;

    /// <summary>
    /// The keys and values in key order, to be read only. Nothing is allocated while no key comes or goes.
    /// </summary>
    public ImmutableArray<KeyValuePair<string, TValue>> All =>
        ImmutableCollectionsMarshal.AsImmutableArray(_listed ??= List());

    public TValue? Find(string key) => SlotOf(key)?.Value;

    /// <summary>The value of a key, made when missing, to be changed; it will be saved.</summary>
    public TValue Touch(string key)
    {
        var slot = SlotOf(key) ?? Add(key, _initial(key));
        Mark(key, slot);
        return slot.Value;
    }

    public void Set(string key, TValue value)
    {
        if (SlotOf(key) is not { } slot) slot = Add(key, value);
        else
        {
            slot.Value = value;
            if (_listed is not null) _listed[slot.Place] = new(key, value);
        }

        Mark(key, slot);
    }

    public void Remove(string key)
    {
        if (!_slots.Remove(key, out var slot)) return;
        if (!slot.IsTouched && !_forgetsTouches) _touched.Add(key);
        Reset();
    }

    void IStateCell.ForgetTouches() => _forgetsTouches = true;

    void IStateCell.SaveTouched(Action<string, byte[]?> save) => HandTouched(save, Encode);

    void IStateCell.CopyTouched(Action<string, StateCopy?> save) => HandTouched(save, StateCopy.Of);

    void IStateCell.SaveAll(Action<string, byte[]?> save)
    {
        ((IStateCell)this).SaveTouched(static (_, _) => { });
        foreach (var (key, value) in All) save(FieldOf(key), Encode(value));
    }

    bool IStateCell.IsKeyed => true;

    void IStateCell.Load(string? key, byte[] value)
    {
        _slots[key!] = new Slot(
            JsonSerializer.Deserialize<TValue>(value, WireJson.StateOptions) ?? throw new JsonException("it is null"));
        Reset();
    }

    // A value is not made for it: some maps know no first value but what an event tells.
    void IStateCell.Rehearse() => WireJson.StateOptions.GetTypeInfo(typeof(TValue));

    void IStateCell.Clear()
    {
        _slots.Clear();
        _touched.Clear();
        Reset();
    }

    private void HandTouched<TSaved>(Action<string, TSaved?> save, Func<TValue, TSaved> make) where TSaved : class
    {
        if (_touched.Count == 0) return;
        _touched.Sort(StringComparer.Ordinal);
        for (var i = 0; i < _touched.Count; i++)
        {
            var key = _touched[i];
            // What went and came again is noted twice.
            if (i > 0 && key == _touched[i - 1]) continue;
            if (_slots.TryGetValue(key, out var slot))
            {
                slot.IsTouched = false;
                save(slot.Field ??= FieldOf(key), make(slot.Value));
            }
            else
            {
                save(FieldOf(key), null);
            }
        }

        _touched.Clear();
    }

    private Slot? SlotOf(string key)
    {
        if (_recent.TryGet(key, out var known)) return known;
        if (!_slots.TryGetValue(key, out var slot)) _knowsMissing = true;
        _recent.Put(key, slot);
        return slot;
    }

    private Slot Add(string key, TValue value)
    {
        var slot = _slots[key] = new Slot(value);
        _listed = null;
        if (_knowsMissing) ForgetRecent();
        return slot;
    }

    private void Reset()
    {
        _listed = null;
        ForgetRecent();
    }

    // The key that was missing may have been another text with the same letters.
    private void ForgetRecent()
    {
        _recent.Clear();
        _knowsMissing = false;
    }

    private void Mark(string key, Slot slot)
    {
        if (slot.IsTouched || _forgetsTouches) return;
        slot.IsTouched = true;
        _touched.Add(key);
    }

    private KeyValuePair<string, TValue>[] List()
    {
        string[] keys = [.. _slots.Keys];
        Array.Sort(keys, StringComparer.Ordinal);
        var listed = new KeyValuePair<string, TValue>[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var slot = _slots[keys[i]];
            slot.Place = i;
            listed[i] = new(keys[i], slot.Value);
        }

        return listed;
    }

    private string FieldOf(string key) => $"{_name}/{key}";

    private static byte[] Encode(TValue value) => JsonSerializer.SerializeToUtf8Bytes(value, WireJson.StateOptions);

    private sealed class Slot(TValue value)
    {
        public TValue Value { get; set; } = value;

        public bool IsTouched { get; set; }

        /// <summary>The name it is saved under, once it was.</summary>
        public string? Field { get; set; }

        /// <summary>Where it stands in the list, once that is made.</summary>
        public int Place { get; set; }
    }
}
