using Microsoft.Extensions.Logging;

namespace Quantum.Exchanges.Quotes;

/// <summary>
/// By which names our symbols are asked for at a venue: one after the other until one is taken. What a venue does not
/// have is left out, with one word in the log, and asked for again with the next connection. For one thread.
/// </summary>
internal sealed class VenueNames
{
    private readonly string _venue;
    private readonly ILogger _log;
    private readonly Dictionary<Symbol, IReadOnlyList<VenueName>> _candidates = [];
    private readonly Dictionary<string, VenueName> _asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VenueName> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<Symbol> _told = [];

    /// <param name="venue">For the log.</param>
    /// <param name="symbols">Ours.</param>
    /// <param name="candidates">What the venue may call a symbol, the likeliest first.</param>
    /// <param name="log">Told of what is left out.</param>
    public VenueNames(
        string venue, IReadOnlyList<Symbol> symbols, Func<Symbol, IReadOnlyList<VenueName>> candidates, ILogger log)
    {
        (_venue, _log) = (venue, log);
        foreach (var symbol in symbols)
        {
            var names = candidates(symbol);
            if (names.Count > 0) _candidates[symbol] = names;
            else LeaveOut(symbol, "it is not margined in USDT");
        }
    }

    /// <summary>What was asked for without an answer, in words; null when nothing.</summary>
    public string? Unanswered => _asked.Count == 0
        ? null
        : $"no answer about {string.Join(", ", _asked.Keys.Order(StringComparer.Ordinal).Take(5))}"
            + (_asked.Count > 5 ? $" and {_asked.Count - 5} more" : "");

    /// <summary>A new connection: what to ask for first.</summary>
    public IReadOnlyList<VenueName> Begin()
    {
        _taken.Clear();
        _asked.Clear();
        foreach (var names in _candidates.Values) Ask(names[0]);
        return [.. _asked.Values];
    }

    /// <summary>The symbol behind a name of this connection; null when it was not asked for.</summary>
    public VenueName? Find(string name) => _taken.GetValueOrDefault(name) ?? _asked.GetValueOrDefault(name);

    /// <summary>The longest name that stands in the venue's words, and was asked for.</summary>
    public VenueName? FindIn(string words) => _asked.Values.Concat(_taken.Values)
        .Where(name => words.Contains(name.Name, StringComparison.Ordinal))
        .MaxBy(name => name.Name.Length);

    /// <summary>The venue has it.</summary>
    public void Take(VenueName name)
    {
        if (_asked.Remove(name.Name)) _taken[name.Name] = name;
    }

    /// <summary>The venue does not have it: what to ask for instead, or null.</summary>
    public VenueName? Refuse(VenueName name, string why)
    {
        _asked.Remove(name.Name);
        _taken.Remove(name.Name);
        var names = _candidates[name.Symbol];
        var next = names.SkipWhile(other => other != name).Skip(1).FirstOrDefault();
        if (next is null) LeaveOut(name.Symbol, why);
        return next is not null && Ask(next) ? next : null;
    }

    // Of a thousand coins and of one: both cannot be told from one stream.
    private bool Ask(VenueName name)
    {
        if (!_taken.ContainsKey(name.Name) && _asked.TryAdd(name.Name, name)) return true;
        LeaveOut(name.Symbol, $"{name.Name} is asked for as {Find(name.Name)!.Symbol}");
        return false;
    }

    private void LeaveOut(Symbol symbol, string why)
    {
        if (_told.Add(symbol)) _log.LogWarning("{Venue}: {Symbol} is left out: {Why}", _venue, symbol, why);
    }
}
