using Quantum.Contracts.Units;

namespace Quantum.Feeds.Recorded;

/// <summary>
/// Plays recorded trades (aggTrades dumps) or raw captures: real ticks with the bid and ask of that moment where the
/// tape has them, steps each 100 ms with market_data and quote of every market that moved, and 1-minute candles built
/// from the trades. The minutes in which the tape begins and ends are not told, because it does not hold them whole; a
/// minute without any line is a gap.
/// </summary>
public sealed class TradeFeed : IMarketFeed
{
    private const long Minute = CandleInterval.MinuteMs;

    private readonly RecordedSettings _settings;
    private readonly Func<IEnumerable<TapeRecord>>[] _sources;

    internal TradeFeed(RecordedSettings settings, string identity, params Func<IEnumerable<TapeRecord>>[] sources)
    {
        (_settings, Identity, _sources) = (settings, identity, sources);
        var found = new SortedSet<Symbol>();
        var lastMinute = 0L;
        foreach (var record in Records())
        {
            FirstMs ??= record.AtMs;
            LastMs = record.AtMs;
            found.Add(record.Symbol);
            var minute = record.AtMs / Minute;
            if (lastMinute != 0 && minute > lastMinute + 1) TellGap(found, lastMinute + 1, minute);
            lastMinute = minute;
        }

        foreach (var wanted in settings.Symbols.Where(wanted => !found.Contains(wanted)))
        {
            throw new FeedException(
                $"{settings.Path}: holds no {wanted} in the given time; it has "
                + $"{string.Join(", ", found)}: correct Feed:Symbols.");
        }

        if (FirstMs is null)
        {
            throw new FeedException(
                $"{settings.Path}: holds no trade between the given from and to; widen Feed:From and Feed:To.");
        }

        Symbols = [.. found];
    }

    public string Identity { get; }

    public IReadOnlyList<Symbol> Symbols { get; }

    public long? FirstMs { get; }

    public long? LastMs { get; }

    public long LiveFromMs => FirstMs!.Value;

    public void Run(IMarketSink sink, CancellationToken cancel, long afterMs = 0)
    {
        var player = new TradePlayer(sink, Symbols, FirstMs!.Value, afterMs);
        foreach (var record in Records())
        {
            if (!player.IsInside(record.AtMs))
            {
                player.CloseWindow();
                if (cancel.IsCancellationRequested) return;
                player.Begin(record.AtMs);
            }

            player.Play(in record);
        }

        player.CloseWindow();
        player.Begin(LastMs!.Value + 1);
    }

    private void TellGap(IEnumerable<Symbol> symbols, long from, long to)
    {
        foreach (var symbol in symbols) _settings.OnGap?.Invoke(new(symbol, from * Minute, to * Minute, to - from));
    }

    /// <summary>All sources merged by time; at the same time in the order of the sources.</summary>
    private IEnumerable<TapeRecord> Records()
    {
        var rows = _sources.Select(source => source().GetEnumerator()).ToArray();
        var isOpen = rows.Select(row => row.MoveNext()).ToArray();
        while (true)
        {
            var next = -1;
            for (var i = 0; i < rows.Length; i++)
                if (isOpen[i] && (next < 0 || rows[i].Current.AtMs < rows[next].Current.AtMs)) next = i;
            if (next < 0 || rows[next].Current.AtMs >= _settings.ToMs) break;
            var record = rows[next].Current;
            isOpen[next] = rows[next].MoveNext();
            if (record.AtMs < _settings.FromMs) continue;
            if (_settings.Symbols.Count > 0 && !_settings.Symbols.Contains(record.Symbol)) continue;
            yield return record;
        }

        foreach (var row in rows) row.Dispose();
    }
}
