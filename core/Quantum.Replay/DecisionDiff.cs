namespace Quantum.Replay;

/// <summary>Compares the decisions of two runs, input by input.</summary>
public sealed class DecisionDiff
{
    private const int MostSymbols = 50;
    private const string Correlation = "correlation_id";
    private readonly SortedDictionary<string, DecisionCount> _counts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Divergence> _first = new(StringComparer.Ordinal);
    private readonly List<Divergence> _found = [];
    private readonly Dictionary<string, (int Count, decimal Usd)> _trades = new(StringComparer.Ordinal);
    private readonly HashSet<string> _doubtful = new(StringComparer.Ordinal);
    private readonly HashSet<string> _more = new(StringComparer.Ordinal);
    private long _newIntents;

    /// <summary>What is in both and the same in every field, from 0.</summary>
    public long Same { get; private set; }

    /// <summary>What differs, is only before, or only now, from 0.</summary>
    public long Different { get; private set; }

    /// <summary>Each symbol's first difference as it was found, in that order.</summary>
    public IReadOnlyList<Divergence> Found => _found;

    /// <summary>The report of what was compared so far.</summary>
    public DecisionReport Report()
    {
        var doubtful = _trades.Where(trade => _doubtful.Contains(trade.Key)).Select(trade => trade.Value).ToArray();
        return new()
        {
            Same = Same, Different = Different, Kinds = [.. _counts.Values], First = [.. _first.Values],
            MoreSymbols = _more.Count,
            Trades = _trades.Values.Sum(trade => trade.Count), TradesUsd = _trades.Values.Sum(trade => trade.Usd),
            DoubtfulTrades = doubtful.Sum(trade => trade.Count), DoubtfulTradesUsd = doubtful.Sum(trade => trade.Usd),
            NewIntents = _newIntents,
        };
    }

    /// <summary>Compares what one input led to before and now.</summary>
    public void Add(ReplayedInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        foreach (var stream in input.Recorded.Concat(input.Replayed).Select(decision => decision.Stream).Distinct())
        {
            Decision[] before = [.. input.Recorded.Where(decision => decision.Stream == stream)];
            Decision[] now = [.. input.Replayed.Where(decision => decision.Stream == stream)];
            for (var i = 0; i < Math.Max(before.Length, now.Length); i++)
                Compare(input, stream, before.ElementAtOrDefault(i), now.ElementAtOrDefault(i));
        }
    }

    private void Compare(ReplayedInput input, string stream, Decision? before, Decision? now)
    {
        NoteTrade(before);
        var kind = $"{input.Role} on {stream}";
        if (!_counts.TryGetValue(kind, out var count))
            _counts[kind] = count = new DecisionCount { Role = input.Role, Stream = stream };
        IReadOnlyList<string> fields = before is null || now is null ? [] : before.DifferenceFrom(now);
        if (before is not null && now is not null && fields.Count == 0)
        {
            Same++;
            count.Same++;
            return;
        }

        Different++;
        if (before is null) count.OnlyNow++;
        else if (now is null) count.OnlyBefore++;
        else count.Changed++;
        NoteIntent(stream, before);
        var symbol = (before ?? now)!["symbol"] ?? "";
        if (_first.TryGetValue(symbol, out var known) && known.AtMs <= input.AtMs) return;
        if (known is null && _first.Count >= MostSymbols)
        {
            _more.Add(symbol);
            return;
        }

        var first = _first[symbol] = new Divergence(
            symbol, input.Role, stream, input.AtMs, input.Source, Texts(input.Fields), fields,
            before is null ? null : Texts(before.Fields), now is null ? null : Texts(now.Fields));
        if (known is null) _found.Add(first);
    }

    private static Dictionary<string, string> Texts(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in fields) texts[name] = value;
        return texts;
    }

    // A trade has the correlation of the intent that opened it.
    private void NoteTrade(Decision? before)
    {
        if (before?.Stream != StreamCatalog.TradeClosed.Name
            || !decimal.TryParse(before["pnl_usd"], NumberStyles.Float, CultureInfo.InvariantCulture, out var pnl))
            return;
        var correlation = before[Correlation] ?? "";
        var (count, usd) = _trades.GetValueOrDefault(correlation);
        _trades[correlation] = (count + 1, usd + pnl);
    }

    private void NoteIntent(string stream, Decision? before)
    {
        if (stream != StreamCatalog.TradeIntent.Name) return;
        if (before is null) _newIntents++;
        else if (before[Correlation] is { Length: > 0 } correlation) _doubtful.Add(correlation);
    }
}
