namespace Quantum.Feeds.Recorded;

/// <summary>What is recorded beside the candles of a folder: mark prices and funding rates, by symbol.</summary>
internal sealed class CandleSides
{
    private readonly SortedDictionary<Symbol, KlineTrack> _marks = [];
    private readonly SortedDictionary<Symbol, FundingRow[]> _funding = [];

    public CandleSides(RecordedSettings settings, RecordedFiles files, HeldRoom? room)
    {
        var notes = new TapeNotes();
        foreach (var (symbol, parts) in files.Of(TapeForm.MarkCandles))
        {
            var track = RecordedFeed.Track(settings, TapeForm.MarkCandles, symbol, parts, room);
            if (track.Files.Count > 0) _marks[symbol] = track;
        }

        // A settlement behind the end is the next one of what is played.
        var selection = TapeSelection.Of(settings) with { FromMs = null, ToMs = null };
        foreach (var (symbol, parts) in files.Of(TapeForm.Funding))
            _funding[symbol] = FundingReader.Read(parts, symbol, selection, notes);
        foreach (var notice in notes.All().Concat(_marks.Values.SelectMany(track => track.Notes.All())))
            settings.OnNotice?.Invoke(notice);
    }

    /// <summary>The settlements of funding, by symbol in order of time.</summary>
    public IReadOnlyDictionary<Symbol, FundingRow[]> Funding => _funding;

    /// <summary>What goes with one symbol's candles while they are played.</summary>
    public CandleSide Of(Symbol symbol, long intervalMs) =>
        new(_marks.GetValueOrDefault(symbol), _funding.GetValueOrDefault(symbol, []), intervalMs);
}

/// <summary>
/// Mark price and funding of one symbol at each step of its candles. A mark price is told only where it is known: at
/// the end of its own candle, and inside it when it is as long as the candle that is played. A funding rate is the last
/// one that was settled, and in the candle before a settlement the one that is about to be: an exchange's estimate
/// comes near it only then, and what is played must not know more.
/// </summary>
internal sealed class CandleSide(KlineTrack? marks, FundingRow[] funding, long intervalMs) : IDisposable
{
    private readonly IEnumerator<MarketKline>? _marks = marks?.Read().GetEnumerator();
    private bool _hasMark = true;
    private int _next;

    /// <summary>Sets what is known at a step.</summary>
    /// <param name="market">Whose.</param>
    /// <param name="stepMs">The step, UTC epoch ms; not before the last one.</param>
    /// <param name="place">Where on the candle's path the step ends.</param>
    public void Tell(SymbolMarket market, long stepMs, in PathPlace place)
    {
        if (_marks is not null) market.MarkPrice = MarkAt(stepMs, in place);
        if (funding.Length == 0) return;
        while (_next < funding.Length && funding[_next].AtMs <= stepMs) _next++;
        var isNear = _next < funding.Length && funding[_next].AtMs - stepMs <= intervalMs;
        market.FundingRate = isNear ? (double)funding[_next].Rate : _next > 0 ? (double)funding[_next - 1].Rate : null;
        market.NextFundingAtMs = _next < funding.Length ? funding[_next].AtMs : null;
    }

    public void Dispose() => _marks?.Dispose();

    private decimal? MarkAt(long stepMs, in PathPlace place)
    {
        while (_hasMark && !(_marks!.Current.CloseTimeMs > stepMs)) _hasMark = _marks.MoveNext();
        if (!_hasMark) return null;
        var mark = _marks!.Current;
        if (mark.CloseTimeMs == stepMs + 1) return mark.Close;
        var isSame = mark.OpenTimeMs <= stepMs && mark.CloseTimeMs - mark.OpenTimeMs == intervalMs;
        return isSame ? place.PriceOf(in mark) : null;
    }
}
