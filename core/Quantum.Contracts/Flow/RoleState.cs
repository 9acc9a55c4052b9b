namespace Quantum.Contracts.Flow;

/// <summary>
/// Everything a role remembers, as named cells. A cell that was touched is written in the same commit as the outputs
/// it led to; loading starts the role where its last commit left it.
/// </summary>
public sealed class RoleState
{
    private readonly SortedDictionary<string, IStateCell> _cells = new(StringComparer.Ordinal);
    private IStateCell[] _inOrder = [];

    /// <summary>Declares one value, saved whole when touched.</summary>
    public StateCell<TValue> Cell<TValue>(string name, Func<TValue> initial) where TValue : class
    {
        var cell = new StateCell<TValue>(name, initial);
        Add(name, cell);
        return cell;
    }

    /// <summary>Declares one value per key (mostly per symbol), of which only the touched ones are saved.</summary>
    public StateMap<TValue> Map<TValue>(string name, Func<string, TValue> initial) where TValue : class
    {
        var map = new StateMap<TValue>(name, initial);
        Add(name, map);
        return map;
    }

    /// <summary>
    /// Hands every touched value to <paramref name="save"/> as field and JSON (null deletes it) and forgets that it
    /// was touched.
    /// </summary>
    public void SaveTouched(Action<string, byte[]?> save)
    {
        foreach (var cell in _inOrder) cell.SaveTouched(save);
    }

    /// <summary>
    /// As <see cref="SaveTouched"/>, for who seldom needs what was saved: copies are handed over, of which the JSON is
    /// made when somebody asks.
    /// </summary>
    public void CopyTouched(Action<string, StateCopy?> save)
    {
        foreach (var cell in _inOrder) cell.CopyTouched(save);
    }

    /// <summary>
    /// For a role whose touched values nobody saves: they are no longer noted, and <see cref="SaveTouched"/> is not to
    /// be called.
    /// </summary>
    public void ForgetTouches()
    {
        foreach (var cell in _inOrder) cell.ForgetTouches();
    }

    /// <summary>Hands every value over, touched or not.</summary>
    public void SaveAll(Action<string, byte[]?> save)
    {
        foreach (var cell in _inOrder) cell.SaveAll(save);
    }

    /// <summary>
    /// Drops what is in memory and takes what was saved. A field no cell owns is an error that names it.
    /// </summary>
    public void Load(IEnumerable<KeyValuePair<string, byte[]>> saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        foreach (var cell in _inOrder) cell.Clear();
        foreach (var (field, value) in saved)
        {
            var slash = field.IndexOf('/', StringComparison.Ordinal);
            var key = slash < 0 ? null : field[(slash + 1)..];
            var name = slash < 0 ? field : field[..slash];
            if (!_cells.TryGetValue(name, out var cell) || cell.IsKeyed != key is not null)
                throw new InvalidDataException(
                    $"saved state has '{field}', which this build does not know: do not downgrade over newer state.");
            Load(cell, field, key, value);
        }
    }

    /// <summary>Goes once through what saving and loading takes; what is remembered stays as it is.</summary>
    public void Rehearse()
    {
        foreach (var cell in _inOrder) cell.Rehearse();
    }

    private static void Load(IStateCell cell, string field, string? key, byte[] value)
    {
        try
        {
            cell.Load(key, value);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"saved state '{field}' cannot be read: {error.Message}", error);
        }
    }

    private void Add(string name, IStateCell cell)
    {
        if (name.Length == 0 || name.Contains('/', StringComparison.Ordinal))
            throw new ArgumentException($"'{name}' is no name for a state cell: use a word without '/'.", nameof(name));
        if (!_cells.TryAdd(name, cell))
            throw new ArgumentException($"the role declares the state cell '{name}' twice.", nameof(name));
        _inOrder = [.. _cells.Values];
    }
}
