namespace Quantum.Venue.Accounts;

/// <summary>The dead man's switches of an account, one a symbol.</summary>
internal sealed class Countdowns
{
    private readonly Dictionary<Symbol, long> _dueMs = [];

    /// <summary>Sets the switch to a venue time, UTC epoch ms; null turns it off.</summary>
    public void Set(Symbol symbol, long? dueMs)
    {
        if (dueMs is { } due) _dueMs[symbol] = due;
        else _dueMs.Remove(symbol);
    }

    /// <summary>Takes out the symbols whose time has come.</summary>
    public IReadOnlyList<Symbol> TakeDue(long atMs)
    {
        if (_dueMs.Count == 0) return [];
        Symbol[] due = [.. _dueMs.Where(pair => pair.Value <= atMs).Select(pair => pair.Key)];
        foreach (var symbol in due) _dueMs.Remove(symbol);
        return due;
    }
}
