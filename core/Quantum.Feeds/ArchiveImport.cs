using Quantum.Archive;
using Quantum.Archive.Columns;
using Quantum.Archive.Files;
using Quantum.EventLog;
using Quantum.Feeds.Recorded;

namespace Quantum.Feeds;

/// <summary>
/// Brings a recording into an archive: candles as <c>market.klines</c> with the settlements of funding as
/// <c>market_data</c>; trades as <c>market.tick</c> with the bid and ask of their moment, quotes, mark prices and
/// funding as <c>market_data</c>. All of it is written beside and moved to its place when it is whole.
/// </summary>
public sealed class ArchiveImport : IMarketSink
{
    private const string Beside = ".importing";
    private const int FileEntries = 20_000;
    private readonly string _into;
    private readonly string _beside;
    private readonly bool _isCandles;
    private readonly Column _klines;
    private readonly Column _ticks;
    private readonly Column _states;
    private readonly IReadOnlyDictionary<Symbol, FundingRow[]> _funding;
    private readonly Dictionary<Symbol, int> _toldFunding = [];
    private readonly byte[] _source = Encoding.UTF8.GetBytes(RoleNames.MarketPublisher);

    private ArchiveImport(string into, IMarketFeed feed)
    {
        _funding = (feed as CandleFeed)?.Funding ?? new Dictionary<Symbol, FundingRow[]>();
        _into = Path.GetFullPath(into);
        _beside = Path.Combine(_into, Beside);
        _isCandles = feed is CandleFeed;
        var archive = new ArchiveFolder(_beside);
        var writer = new ArchiveWriter(new ArchiveStore(_beside));
        _klines = new Column(archive, writer, StreamCatalog.MarketKlines);
        _ticks = new Column(archive, writer, StreamCatalog.MarketTick);
        _states = new Column(archive, writer, StreamCatalog.MarketData);
    }

    /// <summary>Entries imported.</summary>
    public long Entries => _klines.Count + _ticks.Count + _states.Count;

    /// <summary>
    /// Imports what a recording plays. Throws <see cref="FeedException"/> or <see cref="ArchiveException"/> with one
    /// line, and has then changed nothing.
    /// </summary>
    /// <param name="recording">What and which part of it.</param>
    /// <param name="into">The archive's folder, made when it is not there.</param>
    /// <param name="cancel">Ends it; nothing is changed then.</param>
    public static ArchiveImport Run(RecordedSettings recording, string into, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(recording);
        if (ArchiveFolder.Is(recording.Path))
            throw new ArchiveException($"{recording.Path} is an archive already: name the recording to import.");
        var archive = new ArchiveFolder(into);
        if (archive.Facts() is { } facts && facts.Run != ArchiveFacts.Import)
            throw new ArchiveException($"{archive.Root} is the archive of {facts}: name a folder of its own with "
                + "--into.");
        var feed = RecordedFeed.Open(recording);
        var import = new ArchiveImport(into, feed);
        if (Directory.Exists(import._beside)) Directory.Delete(import._beside, recursive: true);
        feed.Run(import, cancel);
        cancel.ThrowIfCancellationRequested();
        import.Finish(archive);
        return import;
    }

    public void Tick(long atMs, in MarketTick tick)
    {
        // Inside a candle nothing is known; its own way is walked when it is played.
        if (!_isCandles) _ticks.Add(StreamCatalog.MarketTick, Envelope(default, atMs), in tick, atMs);
    }

    public void Data(long atMs, in MarketData state)
    {
        if (!_isCandles) _states.Add(StreamCatalog.MarketData, Envelope(default, atMs), in state, atMs);
    }

    public void Kline(long atMs, in MarketKline kline)
    {
        if (!_isCandles) return;
        var id = Encoding.UTF8.GetBytes(FormattableString.Invariant($"kline-{kline.Symbol}-{kline.OpenTimeMs}"));
        _klines.Add(StreamCatalog.MarketKlines, Envelope(id, atMs), in kline, atMs);
        TellFunding(in kline, atMs);
    }

    public void Quote(long atMs, in ExchangeRaw quote)
    {
    }

    public void Step(long atMs)
    {
    }

    // From the one settled last before the candles on, each as soon as the one before it is settled: within the time of
    // the candles, so that the days of the next import have none of it yet.
    private void TellFunding(in MarketKline kline, long atMs)
    {
        if (!_funding.TryGetValue(kline.Symbol, out var rows)) return;
        var openMs = kline.OpenTimeMs;
        if (!_toldFunding.TryGetValue(kline.Symbol, out var next))
            next = Math.Max(0, Array.FindLastIndex(rows, row => row.AtMs <= openMs));
        for (; next < rows.Length && (next == 0 || rows[next - 1].AtMs <= atMs); next++)
        {
            var state = new MarketData
            {
                Symbol = kline.Symbol, LastPrice = kline.Close, FundingRate = (double)rows[next].Rate,
                NextFundingAtMs = rows[next].AtMs,
            };
            _states.Add(StreamCatalog.MarketData, Envelope(default, atMs), in state, atMs);
        }

        _toldFunding[kline.Symbol] = next;
    }

    private Envelope Envelope(ReadOnlySpan<byte> id, long atMs) => new()
    {
        EventId = id, AtMs = atMs, Source = _source, Mode = TradingMode.Sim, Version = 1, CorrelationId = id,
    };

    private void Finish(ArchiveFolder archive)
    {
        foreach (var column in (Column[])[_klines, _ticks, _states]) column.Flush();
        var made = new ArchiveFolder(_beside).Streams;
        foreach (var stream in made)
        {
            var there = archive.Stream(stream.Name);
            if (SharedTime(stream, there) is not { } day) continue;
            throw new ArchiveException(
                $"{archive.Root} has {stream.Name} of that time of {day:yyyy-MM-dd} already: import all symbols of a "
                + "time at once, into a folder that has nothing of it yet.");
        }

        archive.Claim(
            new ArchiveFacts(ArchiveFacts.Import, WireNames.Of(TradingMode.Sim), SystemTime.Tape),
            new ArchiveStore(_into));
        foreach (var stream in made)
        {
            foreach (var day in stream.Days)
            {
                var target = archive.Stream(stream.Name).DayFolder(day);
                Directory.CreateDirectory(target);
                foreach (var part in stream.PartsOf(day))
                    File.Move(part.Path, Path.Combine(target, Path.GetFileName(part.Path)));
            }
        }

        Directory.Delete(_beside, recursive: true);
    }

    // A candle closes when the next begins, so the last of a day, a month or a year stands on the day behind it: a day
    // may come from several imports, as long as their times lie apart.
    private static DateOnly? SharedTime(ArchiveStream made, ArchiveStream there)
    {
        foreach (var day in made.Days.Intersect(there.Days))
        {
            var old = there.PartsOf(day);
            if (made.PartsOf(day).Any(part => old.Any(held => part.First <= held.Last && held.First <= part.Last)))
                return day;
        }

        return null;
    }

    /// <summary>One stream on its way: entries of one day until a file of them is full.</summary>
    private sealed class Column(ArchiveFolder archive, ArchiveWriter writer, EventStream stream)
    {
        private readonly ArchiveStream _files = archive.Stream(stream.Name);
        private readonly ArchiveSchema _schema = ArchiveSchema.Of(stream.Name);
        private readonly FieldBuffer _fields = new();
        private readonly LogBatch _batch = new();
        private EntryId _last;
        private DateOnly _day;

        public long Count { get; private set; }

        public void Add<TEvent>(EventStream<TEvent> to, in Envelope envelope, in TEvent payload, long atMs)
            where TEvent : struct
        {
            var id = atMs > _last.Ms ? new EntryId(atMs, 0) : _last.Next();
            var day = DateOnly.FromDateTime(DateTime.UnixEpoch.AddMilliseconds(id.Ms));
            if (day != _day || _batch.Count == FileEntries) Flush();
            (_last, _day) = (id, day);
            _fields.Clear();
            to.Encode(in envelope, in payload, _fields);
            var fields = _fields.Fields;
            _batch.Add(new LogEntry(0, id, 1, IsMissing: false), in fields);
            Count++;
        }

        public void Flush()
        {
            if (_batch.Count == 0) return;
            writer.Write(_files, _schema, _day, _batch, Count);
            _batch.Clear();
        }
    }
}
