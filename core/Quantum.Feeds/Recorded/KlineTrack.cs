namespace Quantum.Feeds.Recorded;

/// <summary>
/// The candles of one symbol over all its files, merged by time: checked from the first to the last row when opened,
/// read again when played.
/// </summary>
internal sealed class KlineTrack
{
    private readonly List<KlineFile> _files = [];
    private readonly TapeSelection _selection;
    private bool _isApart;

    private KlineTrack(Symbol symbol, TapeSelection selection) => (Symbol, _selection) = (symbol, selection);

    public Symbol Symbol { get; }

    /// <summary>Length of every candle, ms.</summary>
    public long IntervalMs { get; private set; }

    /// <summary>Open of the first candle that is played, UTC epoch ms; 0 when none is.</summary>
    public long FirstMs { get; private set; }

    /// <summary>Open of the last candle that is played, UTC epoch ms; 0 when none is.</summary>
    public long LastMs { get; private set; }

    /// <summary>Candles that are played.</summary>
    public long Count { get; private set; }

    public IReadOnlyList<KlineFile> Files => _files;

    public TapeNotes Notes { get; } = new();

    /// <summary>Where candles of what is played are missing, in order of time.</summary>
    public IReadOnlyList<TapeGap> Gaps { get; private set; } = [];

    /// <param name="symbol">Whose candles.</param>
    /// <param name="files">Not scanned yet.</param>
    /// <param name="selection">What is played.</param>
    /// <param name="wantedMs">Length that was asked for, ms; null: as the files have it.</param>
    public static KlineTrack Open(
        Symbol symbol, IReadOnlyList<KlineFile> files, TapeSelection selection, long? wantedMs)
    {
        var track = new KlineTrack(symbol, selection);
        foreach (var file in files) file.Scan(track.Notes);
        track.Choose(files, wantedMs);
        track.Measure();
        track.CheckGrid();
        return track;
    }

    /// <summary>Every candle before the end, those before the start of what is played too.</summary>
    public IEnumerable<MarketKline> Read() =>
        _isApart && _files.TrueForAll(file => file.Held is not null) ? ReadHeld() : ReadMerged();

    private IEnumerable<MarketKline> ReadMerged()
    {
        var name = CandleInterval.NameOf(IntervalMs)!;
        var nextMs = 0L;
        foreach (var row in Merged(null))
        {
            if (row.OpenTimeMs % IntervalMs != 0) continue;
            yield return new MarketKline
            {
                Symbol = Symbol, Interval = name, OpenTimeMs = row.OpenTimeMs,
                CloseTimeMs = row.OpenTimeMs + IntervalMs,
                Open = row.Open, High = row.High, Low = row.Low, Close = row.Close, Volume = row.Volume,
                QuoteVolume = row.QuoteVolume, Trades = row.Trades, GapBefore = nextMs != 0 && row.OpenTimeMs > nextMs,
            };
            nextMs = row.OpenTimeMs + IntervalMs;
        }
    }

    // Files in memory that follow each other need no merging: the same candles.
    private IEnumerable<MarketKline> ReadHeld()
    {
        var name = CandleInterval.NameOf(IntervalMs)!;
        var nextMs = 0L;
        foreach (var file in _files.OrderBy(file => file.FirstMs))
        {
            for (var cursor = file.Held!.Rows(); cursor.Next();)
            {
                var row = cursor.Row;
                if (row.OpenTimeMs % IntervalMs != 0) continue;
                yield return new MarketKline
                {
                    Symbol = Symbol, Interval = name, OpenTimeMs = row.OpenTimeMs,
                    CloseTimeMs = row.OpenTimeMs + IntervalMs, Open = row.Open, High = row.High, Low = row.Low,
                    Close = row.Close, Volume = row.Volume, QuoteVolume = row.QuoteVolume, Trades = row.Trades,
                    GapBefore = nextMs != 0 && row.OpenTimeMs > nextMs,
                };
                nextMs = row.OpenTimeMs + IntervalMs;
            }
        }
    }

    /// <summary>What two rows of one time say differently, naming both; null when they are equal.</summary>
    public static FeedException? Contradiction(in KlineRow first, in KlineRow second)
    {
        if (second.DifferenceFrom(in first) is not { } difference) return null;
        var where = first.Place.File == second.Place.File ? $"line {first.Place.Line}" : first.Place.ToString();
        return second.Place.Fault(
            "timestamp", CandleInterval.TimeText(second.OpenTimeMs),
            FormattableString.Invariant(
                $"is a duplicate of {where}, but {difference.Name} is {difference.Here}, there {difference.There}"),
            "remove one of the two");
    }

    /// <summary>Takes the files of one interval; several are refused unless one is asked for.</summary>
    private void Choose(IReadOnlyList<KlineFile> files, long? wantedMs)
    {
        foreach (var file in files) file.CheckInterval();
        var filled = files.Where(file => file.Count > 0).ToArray();
        foreach (var empty in files.Except(filled)) Notes.Warn($"{empty.Part}: holds no candle; it is left out.");
        var known = filled.Where(file => file.IntervalMs is not null).ToArray();
        if (filled.Length > 0 && known.Length == 0)
        {
            throw filled[0].Last.Place.Fault(
                "one candle alone does not tell its interval",
                "give two in a row, or name the file like BTCUSDT-1m.csv");
        }

        var intervals = known.Select(file => file.IntervalMs!.Value).Distinct().Order().ToArray();
        if (intervals.Length == 0) return;
        // Of what is asked for the longest that it can be made of.
        IntervalMs = intervals.LastOrDefault(interval => wantedMs % interval == 0, intervals[0]);
        if (intervals.Length > 1 && wantedMs is null)
        {
            KlineFile Of(long interval) => known.First(file => file.IntervalMs == interval);
            throw new FeedException(
                $"{Symbol} has {CandleInterval.NameOf(intervals[0])} candles in {Of(intervals[0]).Part} and "
                + $"{CandleInterval.NameOf(intervals[1])} candles in {Of(intervals[1]).Part}; say which with "
                + $"{FeedNames.Interval}, or keep one interval per folder.");
        }

        foreach (var other in known.Where(file => file.IntervalMs != IntervalMs))
            Notes.Warn(
                $"{other.Part}: holds {CandleInterval.NameOf(other.IntervalMs!.Value)} candles; it is left out.");
        _files.AddRange(filled.Where(file => (file.IntervalMs ?? IntervalMs) == IntervalMs));
    }

    private void Measure()
    {
        if (_files.Count == 0) return;
        var sorted = _files.OrderBy(file => file.FirstMs).ToArray();
        _isApart = Enumerable.Range(1, sorted.Length - 1).All(i => sorted[i].FirstMs > sorted[i - 1].LastMs);
        var isNoted = Array.TrueForAll(sorted, file => file.Holes(IntervalMs) is not null);
        if (_isApart && isNoted && !(_selection.FromMs > sorted[0].FirstMs))
        {
            Count = sorted.Sum(file => file.Count);
            (FirstMs, LastMs) = (sorted[0].FirstMs, sorted[^1].LastMs);
            Gaps =
            [
                .. sorted.SelectMany((file, i) =>
                {
                    var between = i == 0 ? [] : new[] { (BeforeMs: sorted[i - 1].LastMs, AfterMs: file.FirstMs) };
                    return between.Concat(file.Holes(IntervalMs)!);
                })
                .Where(step => step.AfterMs - step.BeforeMs > IntervalMs)
                .Select(step => GapOf(step.BeforeMs, step.AfterMs)),
            ];
            return;
        }

        var gaps = new List<TapeGap>();
        var lastMs = 0L;
        foreach (var row in Merged(Notes))
        {
            if (_selection.Has(row.OpenTimeMs))
            {
                if (lastMs != 0 && row.OpenTimeMs > lastMs + IntervalMs) gaps.Add(GapOf(lastMs, row.OpenTimeMs));
                if (Count++ == 0) FirstMs = row.OpenTimeMs;
                LastMs = row.OpenTimeMs;
            }

            lastMs = row.OpenTimeMs;
        }

        Gaps = gaps;
    }

    private TapeGap GapOf(long beforeMs, long afterMs) =>
        new(Symbol, beforeMs + IntervalMs, afterMs, (afterMs - beforeMs) / IntervalMs - 1);

    private void CheckGrid()
    {
        if (_files.All(file => file.IsOnGrid(IntervalMs))) return;
        foreach (var row in Merged(null))
        {
            if (row.OpenTimeMs % IntervalMs == 0) continue;
            var fault = row.Place.Fault(
                "timestamp", CandleInterval.TimeText(row.OpenTimeMs),
                $"is no start of a {CandleInterval.NameOf(IntervalMs)} candle", "correct the time, or remove the line");
            if (_selection.Has(row.OpenTimeMs)) throw fault;
            Notes.AddLeftOut(fault);
        }
    }

    private IEnumerable<KlineRow> Merged(TapeNotes? notes)
    {
        var merged = TapeMerge.Of(
            _files.Select(file => new SortedRun<KlineRow>(file.FirstMs, () => file.Read(null))),
            static (left, right) => left.OpenTimeMs.CompareTo(right.OpenTimeMs), static row => row.OpenTimeMs);
        KlineRow last = default;
        foreach (var row in merged)
        {
            if (row.OpenTimeMs == last.OpenTimeMs)
            {
                var fault = Contradiction(in last, in row);
                if (fault is null) notes?.AddEqual(row.Place);
                else if (_selection.Has(row.OpenTimeMs)) throw fault;
                else notes?.AddLeftOut(fault);
                continue;
            }

            last = row;
            yield return row;
        }
    }
}
