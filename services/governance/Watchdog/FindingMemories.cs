namespace Quantum.Governance.Watchdog;

/// <summary>What is to be remembered, and which of it is not written yet. For one thread.</summary>
public sealed class FindingMemories
{
    private readonly SortedDictionary<string, FindingMemory> _all = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _unsaved = new(StringComparer.Ordinal);

    /// <summary>Takes up what is written; what was told here since then is newer.</summary>
    public void Adopt(IEnumerable<FindingMemory> saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        foreach (var memory in saved) _all.TryAdd(memory.Last.Finding.Key, memory);
    }

    /// <summary>Notes what there is to tell.</summary>
    public void Note(FindingChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        // A reminder that does not arrive is no reason to begin anew after a restart.
        var isTold = change.Kind == ChangeKind.Reminder;
        _all[change.Finding.Key] = new FindingMemory(change, isTold);
        _unsaved.Add(change.Finding.Key);
    }

    /// <summary>Notes that it was told; what is over and told is forgotten.</summary>
    public void Told(FindingChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var key = change.Finding.Key;
        if (_all.GetValueOrDefault(key) is not { } memory || memory.Last.Identity != change.Identity) return;
        if (change.Kind == ChangeKind.Cleared) _all.Remove(key);
        else _all[key] = memory with { IsTold = true };
        _unsaved.Add(key);
    }

    /// <summary>What is to be written; null forgets.</summary>
    public IReadOnlyDictionary<string, FindingMemory?> Unsaved() =>
        _unsaved.ToDictionary(key => key, key => _all.GetValueOrDefault(key));

    public void Saved() => _unsaved.Clear();

    /// <summary>What an earlier watchdog noted and could not tell.</summary>
    public static IReadOnlyList<FindingChange> Untold(IEnumerable<FindingMemory> saved) =>
        [.. saved.Where(memory => !memory.IsTold).Select(memory => memory.Last)];
}
