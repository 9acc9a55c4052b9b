using System.Collections.Concurrent;

namespace Quantum.Executor.Venue;

/// <summary>
/// Why no entry may go out now, of the account or of one symbol, in words. What reduces risk never asks. Any thread.
/// </summary>
internal sealed class EntryStop
{
    private readonly ConcurrentDictionary<Symbol, string> _symbols = new();
    private volatile string? _account;

    /// <summary>Null lets entries go.</summary>
    public void Account(string? why) => _account = why;

    public void Symbol(Symbol symbol, string? why)
    {
        if (why is null) _symbols.TryRemove(symbol, out _);
        else _symbols[symbol] = why;
    }

    /// <summary>Null when an entry of this symbol may go.</summary>
    public string? Of(Symbol symbol) => _account ?? _symbols.GetValueOrDefault(symbol);
}
