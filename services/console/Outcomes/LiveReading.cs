using Quantum.Backtest.Live;
using Quantum.Backtest.Results;
using Quantum.Console.Shown;
using Quantum.EventLog;

namespace Quantum.Console.Outcomes;

/// <summary>How far a run's account, trades and fills were read, and the book that they made.</summary>
internal sealed class LiveReading : IDisposable
{
    private const int PageEntries = 1_000;
    private const long HourMs = 3_600_000;
    private static readonly EventStream[] s_streams =
        [StreamCatalog.PortfolioSnapshot, StreamCatalog.ExecutionResult, StreamCatalog.TradeClosed];

    private readonly Dictionary<string, string> _readTo = new(StringComparer.Ordinal);
    private readonly List<RecordLine> _fresh = [];
    private readonly List<string> _notes = [];
    private LiveRecord? _record;
    private LiveBook? _book;
    private string _source = "";
    private long _unreadable;
    private long _savedMs;
    private long _nowMs;

    private LiveReading(string? run) => Run = run;

    /// <summary>Which run; null where the Redis names none.</summary>
    public string? Run { get; }

    /// <summary>Why the record is not kept in a file; null while it is.</summary>
    public string? RecordFault { get; private set; }

    public static string? RunOf(SystemRedis look) => look.Text(LogKeys.Run);

    /// <summary>Goes on where the run's file ends.</summary>
    public static LiveReading Open(string folder, string? run)
    {
        var reading = new LiveReading(run);
        var name = run?.Split('@')[0] ?? "";
        if (name.Length == 0 || !name.All(char.IsAsciiLetterOrDigit)) return reading;
        try
        {
            reading._record = LiveRecord.Open(folder, name);
            foreach (var line in reading._record.Lines) reading.Restore(line);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            reading.RecordFault = $"What the streams forget after a day is not kept: {fault.Message} "
                + "Correct Results:Folder.";
        }

        return reading;
    }

    /// <summary>The next entries of each stream.</summary>
    public LivePage Next(SystemRedis look)
    {
        var pages = new List<(EventStream Stream, string Key, IReadOnlyList<StreamEntry> Entries)>();
        // What is older than the account's first word belongs to no figure: it waits for that word.
        foreach (var stream in s_streams.Where(one => _book is not null || one == StreamCatalog.PortfolioSnapshot))
            foreach (var key in look.Keys.KeysOf(stream))
                pages.Add((stream, key, look.After(key, _readTo.GetValueOrDefault(key, "0-0"), PageEntries)));
        return new LivePage(
            pages,
            look.SystemTimeAt(look.NowMs),
            (look.Mode ?? "") + (look.IsTape ? " tape" : ""),
            pages.Any(page => page.Entries.Count == PageEntries));
    }

    /// <summary>Takes them into the book and the file.</summary>
    public void Take(LivePage page)
    {
        (_source, _nowMs) = (page.Mode, page.NowMs ?? _nowMs);
        foreach (var (stream, key, entries) in page.Parts)
        {
            if (entries.Count == 0) continue;
            NoteGap(stream, key, entries[0]);
            foreach (var entry in entries) Take(stream, key, entry);
            _readTo[key] = entries[^1].Id;
        }

        if (_nowMs - _savedMs >= HourMs && _book is not null)
        {
            foreach (var (key, id) in _readTo) _fresh.Add(new RecordLine { Key = key, Id = id });
            _savedMs = _nowMs;
        }

        Save();
    }

    /// <summary>What was made until now; null before the portfolio has spoken twice.</summary>
    public BacktestOutcome? Outcome() => _book?.Outcome(_nowMs, _source,
    [
        .. _notes,
        .. _unreadable > 0 ? [$"{Figures.Count(_unreadable)} entries could not be read and are not in it."]
            : Array.Empty<string>(),
    ]);

    public void Dispose() => _record?.Dispose();

    private void Take(EventStream stream, string key, StreamEntry entry)
    {
        if (stream == StreamCatalog.PortfolioSnapshot) TakeAccount(key, entry);
        else if (stream == StreamCatalog.TradeClosed) TakeTrade(key, entry);
        else TakeFill(key, entry);
    }

    private void TakeAccount(string key, StreamEntry entry)
    {
        if (!entry.TryRead(StreamCatalog.PortfolioSnapshot, out var now))
        {
            _unreadable++;
            return;
        }

        if (_book is null)
        {
            if (now.TotalEquityUsd <= 0) return;
            _book = new LiveBook(in now, entry.AtMs);
            _fresh.Add(new RecordLine { Key = key, Id = entry.Id, Begin = now, BeginMs = entry.AtMs });
            return;
        }

        var stood = _book.Settled;
        _book.Take(in now, entry.AtMs);
        for (; stood < _book.Settled; stood++)
            _fresh.Add(new RecordLine { Key = key, Id = entry.Id, Point = _book.PointAt(stood) });
    }

    private void TakeTrade(string key, StreamEntry entry)
    {
        if (!entry.TryRead(StreamCatalog.TradeClosed, out var trade)) _unreadable++;
        else if (_book is { } book && trade.ClosedAtMs >= book.BeginMs && book.Take(in trade))
            _fresh.Add(new RecordLine { Key = key, Id = entry.Id, Trade = trade });
    }

    private void TakeFill(string key, StreamEntry entry)
    {
        if (!entry.TryRead(StreamCatalog.ExecutionResult, out ExecutionResult result)) _unreadable++;
        else if (_book is { } book && entry.AtMs >= book.BeginMs && result.FilledQuantity > 0
            && result.FilledQuantity * result.AveragePrice is { } turnover)
        {
            book.Fill(turnover);
            _fresh.Add(new RecordLine { Key = key, Id = entry.Id, TurnoverUsd = turnover });
        }
    }

    private void NoteGap(EventStream stream, string key, StreamEntry first)
    {
        if (stream != StreamCatalog.PortfolioSnapshot || !_readTo.TryGetValue(key, out var id)) return;
        var knownMs = new StreamEntry(key, id, []).IdMs;
        if (first.IdMs - knownMs <= 2 * HourMs) return;
        var gap = $"Nothing is known of {Figures.Time(knownMs)} to {Figures.Time(first.IdMs)}: the console did "
            + "not run, and the streams have forgotten it.";
        // Known from the file where the console ended before it had kept what follows.
        if (_notes.Contains(gap)) return;
        _notes.Add(gap);
        _fresh.Add(new RecordLine { Key = key, Id = id, Gap = gap });
    }

    private void Restore(RecordLine line)
    {
        _readTo[line.Key] = line.Id;
        _savedMs = Math.Max(_savedMs, new StreamEntry(line.Key, line.Id, []).IdMs);
        if (line is { Begin: { } begin, BeginMs: { } beginMs }) _book = new LiveBook(in begin, beginMs);
        if (line.Point is { } point) _book?.Restore(point);
        if (line.Trade is { } trade) _book?.Take(in trade);
        if (line.TurnoverUsd is { } turnover) _book?.Fill(turnover);
        if (line.Gap is { } gap) _notes.Add(gap);
    }

    private void Save()
    {
        if (_fresh.Count == 0) return;
        try
        {
            _record?.Append(_fresh);
            _fresh.Clear();
            if (_record is not null) RecordFault = null;
        }
        catch (IOException fault)
        {
            // Kept for the next time: a disk that was full has room again.
            RecordFault = $"What the streams forget after a day is not kept: {fault.Message}";
        }
    }
}

/// <summary>What was read in one go.</summary>
/// <param name="Parts">The entries, oldest first, by stream and key.</param>
/// <param name="NowMs">The system's time, UTC epoch ms; null before a tape's first step.</param>
/// <param name="Mode">Of the system, in words.</param>
/// <param name="HasMore">True when there may be more.</param>
internal sealed record LivePage(
    IReadOnlyList<(EventStream Stream, string Key, IReadOnlyList<StreamEntry> Entries)> Parts, long? NowMs, string Mode,
    bool HasMore);
