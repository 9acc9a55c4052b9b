namespace Quantum.Feeds.Recorded;

/// <summary>
/// Plays recorded trades and quotes or raw captures: real ticks with the bid and ask of that moment where the tape has
/// them, steps each 100 ms with market_data and quote of every market that moved, and candles built from the trades, of
/// a minute unless asked otherwise. The candles in which the tape begins and ends are not told, because it does not
/// hold them whole; a minute without any line is a gap.
/// </summary>
public sealed class TradeFeed : IMarketFeed
{
    private const long Minute = CandleInterval.MinuteMs;

    private readonly RecordedSettings _settings;
    private readonly TradeRun[] _runs;
    private readonly SortedSet<Symbol> _onlyQuoted = [];

    internal TradeFeed(RecordedSettings settings, string identity, params TradeRun[] runs)
    {
        (_settings, Identity, _runs) = (settings, identity, runs);
        var found = new SortedSet<Symbol>();
        var traded = new SortedSet<Symbol>();
        var lastMinute = 0L;
        var notes = new TapeNotes();
        foreach (var record in Records(notes))
        {
            FirstMs ??= record.AtMs;
            LastMs = record.AtMs;
            Rows++;
            found.Add(record.Symbol);
            if (record.Kind == TapeRecordKind.Trade) traded.Add(record.Symbol);
            else if (record.Kind == TapeRecordKind.Book) _onlyQuoted.Add(record.Symbol);
            var minute = record.AtMs / Minute;
            if (lastMinute != 0 && minute > lastMinute + 1) TellGap(found, lastMinute + 1, minute);
            lastMinute = minute;
        }

        foreach (var wanted in settings.Symbols.Where(wanted => !found.Contains(wanted)))
        {
            throw new FeedException(
                $"{settings.Path}: holds no {wanted} in the given time; it has "
                + $"{(found.Count == 0 ? "nothing" : string.Join(", ", found))}: correct {FeedNames.Symbols}.");
        }

        foreach (var notice in notes.All()) settings.OnNotice?.Invoke(notice);
        _onlyQuoted.ExceptWith(traded);

        if (FirstMs is null)
        {
            throw new FeedException(
                $"{settings.Path}: holds no trade between the given from and to; widen {FeedNames.From} and "
                + $"{FeedNames.To}.");
        }

        foreach (var symbol in _onlyQuoted)
        {
            settings.OnNotice?.Invoke(new TapeNotice(
                true,
                $"{symbol}: is quoted but not traded; the middle of bid and ask stands for its price, volume 0."));
        }

        var silent = found.Except(traded).Except(_onlyQuoted).ToArray();
        foreach (var symbol in silent)
            settings.OnNotice?.Invoke(new TapeNotice(true, $"{symbol}: has mark prices alone; it is left out."));
        if (silent.Length == found.Count)
        {
            throw new FeedException(
                $"{settings.Path}: holds mark prices alone, of which nothing can be played; add trades or quotes.");
        }

        Symbols = [.. found.Except(silent)];
    }

    public string Identity { get; }

    public IReadOnlyList<Symbol> Symbols { get; }

    public long? FirstMs { get; }

    public long? LastMs { get; }

    public long LiveFromMs => FirstMs!.Value;

    /// <summary>Trades, quotes and mark prices that are played.</summary>
    public long Rows { get; }

    public void Run(IMarketSink sink, CancellationToken cancel, long afterMs = 0)
    {
        var player = new TradePlayer(
            sink, Symbols, _onlyQuoted, _settings.IntervalMs ?? CandleInterval.MinuteMs, FirstMs!.Value, afterMs);
        foreach (var record in Records(null))
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

    /// <summary>All runs merged by time; at the same time in their order.</summary>
    private IEnumerable<TapeRecord> Records(TapeNotes? notes)
    {
        var rows = _runs.Select(run => run.Read(notes).GetEnumerator()).ToArray();
        try
        {
            var isOpen = rows.Select(row => row.MoveNext()).ToArray();
            while (true)
            {
                var next = -1;
                for (var i = 0; i < rows.Length; i++)
                    if (isOpen[i] && (next < 0 || rows[i].Current.AtMs < rows[next].Current.AtMs)) next = i;
                if (next < 0) yield break;
                var record = rows[next].Current;
                isOpen[next] = rows[next].MoveNext();
                // What was held back may have left what is selected.
                if (!(record.AtMs < _settings.FromMs) && !(record.AtMs >= _settings.ToMs)) yield return record;
            }
        }
        finally
        {
            foreach (var row in rows) row.Dispose();
        }
    }
}
