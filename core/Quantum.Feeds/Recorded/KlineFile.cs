using Quantum.Feeds.Files;

namespace Quantum.Feeds.Recorded;

/// <summary>
/// One file of candles of one symbol: read once to learn what it holds, and again when it is played. A row is selected
/// first, then judged.
/// </summary>
/// <param name="part">Where it is.</param>
/// <param name="given">Names of its columns; null: the usual ones.</param>
/// <param name="selection">What is played.</param>
/// <param name="namedIntervalMs">Length of its candles by its name, ms; null: the name says none.</param>
/// <param name="room">For its rows in memory; null: it is read again when it is played.</param>
internal sealed class KlineFile(
    TapePart part, ColumnNames? given, TapeSelection selection, long? namedIntervalMs, HeldRoom? room = null)
{
    private const string SortMend = "sort the file by time";

    private readonly List<(long BeforeMs, long AfterMs)> _steps = [];
    private long _stepMs = long.MaxValue;
    private long? _lengthMs;
    private KlineRow _shortest;
    private long _gridMs;
    private bool _isUneven;

    public TapePart Part => part;

    /// <summary>Its rows in memory; null where they are not held.</summary>
    public HeldRows? Held { get; private set; }

    /// <summary>Open of the first row, UTC epoch ms; 0 when there is none.</summary>
    public long FirstMs { get; private set; }

    /// <summary>Open of the last row before the end of what is played, UTC epoch ms; 0 when there is none.</summary>
    public long LastMs { get; private set; }

    /// <summary>Rows up to the end of what is played, 0 or more.</summary>
    public long Count { get; private set; }

    /// <summary>Its last row.</summary>
    public KlineRow Last { get; private set; }

    /// <summary>
    /// Length of its candles, ms: by their own two times, else the shortest distance between two, else by name; null
    /// when nothing tells it.
    /// </summary>
    public long? IntervalMs => _lengthMs ?? (Count < 3 && namedIntervalMs is not null ? namedIntervalMs
        : _stepMs == long.MaxValue ? null : _stepMs);

    /// <summary>Where two rows are farther apart than a candle is long; null when it was not noted.</summary>
    public IReadOnlyList<(long BeforeMs, long AfterMs)>? Holes(long intervalMs) =>
        Count < 2 || (_stepMs == intervalMs && !_isUneven) ? _steps : null;

    /// <summary>True when every row stands at the start of a candle of that length.</summary>
    public bool IsOnGrid(long intervalMs) => _gridMs % intervalMs == 0;

    /// <summary>Reads it whole, so that a bad row ends the start and not the run.</summary>
    public void Scan(TapeNotes notes)
    {
        var held = room is null ? null : new HeldRows();
        foreach (var row in Read(notes))
        {
            held?.Add(in row);
            if (held?.Bytes > room?.LeftBytes) held = null;
            if (Count++ == 0) FirstMs = row.OpenTimeMs;
            else Step(in row);
            if (_gridMs == 0 || row.OpenTimeMs % _gridMs != 0) _gridMs = CommonDivisor(row.OpenTimeMs, _gridMs);
            if (row.LengthMs is { } length && !(length >= _lengthMs)) (_lengthMs, _shortest) = (length, row);
            (LastMs, Last) = (row.OpenTimeMs, row);
        }

        if (held is null) return;
        held.Finish();
        room!.LeftBytes -= held.Bytes;
        Held = held;
    }

    /// <summary>Throws when the candles have a length that none may have.</summary>
    public void CheckInterval()
    {
        if (IntervalMs is not { } interval || CandleInterval.NameOf(interval) is not null) return;
        throw _shortest.Place.Fault(
            "timestamp", CandleInterval.TimeText(_shortest.OpenTimeMs),
            (_lengthMs is null ? $"is {interval} ms after the candle before" : $"is the start of {interval} ms")
            + $", which is no candle interval ({CandleInterval.Names})",
            "correct the times, or remove the file");
    }

    /// <summary>
    /// The rows in order of time up to the end of what is played, each time once; what is before the start comes too,
    /// for whoever looks back.
    /// </summary>
    public IEnumerable<KlineRow> Read(TapeNotes? notes) => Held is { } held ? Again(held) : First(notes);

    private IEnumerable<KlineRow> Again(HeldRows held)
    {
        for (var cursor = held.Rows(); cursor.Next();)
        {
            var row = cursor.Row;
            yield return new KlineRow
            {
                Place = new RowPlace(part.Name, row.Line), OpenTimeMs = row.OpenTimeMs,
                Open = row.Open, High = row.High, Low = row.Low, Close = row.Close, Volume = row.Volume,
                QuoteVolume = row.QuoteVolume, Trades = row.Trades,
            };
        }
    }

    private IEnumerable<KlineRow> First(TapeNotes? notes)
    {
        KlineRow last = default;
        FeedException? pending = null;
        foreach (var row in Rows(notes))
        {
            if (row.IsTorn)
            {
                notes?.AddTorn(row.Place);
                continue;
            }

            if (row.Fault is { } fault)
            {
                // A row that cannot say its time stands where its neighbours stand.
                if (row.OpenTimeMs == 0) pending ??= fault;
                else if (!selection.IsOutside(row.OpenTimeMs, last.OpenTimeMs)) throw fault;
                else notes?.AddLeftOut(fault);
                continue;
            }

            Settle(ref pending, last.OpenTimeMs, row.OpenTimeMs, notes);

            if (last.OpenTimeMs != 0 && row.OpenTimeMs <= last.OpenTimeMs)
            {
                Repeated(in last, in row, notes);
                continue;
            }

            last = row;
            if (!(row.OpenTimeMs >= selection.ToMs)) yield return row;
        }

        Settle(ref pending, last.OpenTimeMs, last.OpenTimeMs, notes);
    }

    private void Settle(ref FeedException? pending, long beforeMs, long afterMs, TapeNotes? notes)
    {
        if (pending is null) return;
        if (selection.MayBeBetween(beforeMs, afterMs)) throw pending;
        notes?.AddLeftOut(pending);
        pending = null;
    }

    private IEnumerable<KlineRow> Rows(TapeNotes? notes) =>
        part.Archive is { } archive ? ArchiveRows.Candles(archive, part.ArchiveSymbol)
        : part.Is(".feather") ? TableReader.Feather(part, isFunding: false)
        : part.Is(".json") || part.Is(".json.gz") ? TableReader.Json(part, isFunding: false)
        : KlineReader.Read(part, given, notes);

    private void Repeated(in KlineRow last, in KlineRow row, TapeNotes? notes)
    {
        var fault = row.OpenTimeMs < last.OpenTimeMs
            ? row.Place.Fault(
                "timestamp", CandleInterval.TimeText(row.OpenTimeMs),
                $"is before {CandleInterval.TimeText(last.OpenTimeMs)} of line {last.Place.Line}", SortMend)
            : KlineTrack.Contradiction(in last, in row);
        if (fault is null) notes?.AddEqual(row.Place);
        else if (selection.IsOutside(row.OpenTimeMs, last.OpenTimeMs)) notes?.AddLeftOut(fault);
        else throw fault;
    }

    private void Step(in KlineRow row)
    {
        var distance = row.OpenTimeMs - LastMs;
        if (distance == _stepMs) return;
        // Only what is played says how long candles are.
        if (distance < _stepMs && (selection.Has(LastMs) || _stepMs == long.MaxValue))
        {
            _isUneven = _stepMs != long.MaxValue;
            (_stepMs, _shortest) = (distance, row);
        }
        else
        {
            _steps.Add((LastMs, row.OpenTimeMs));
        }
    }

    private static long CommonDivisor(long left, long right)
    {
        while (right != 0) (left, right) = (right, left % right);
        return left;
    }
}
