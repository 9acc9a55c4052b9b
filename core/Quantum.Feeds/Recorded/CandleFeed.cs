namespace Quantum.Feeds.Recorded;

/// <summary>
/// Plays recorded candles of several symbols, merged by time. Each candle time is three steps that cover all symbols:
/// open and first extreme, second extreme and close (<see cref="CandlePath"/>), and at the close time the closed
/// candles, or the longer ones that are built from them. With each of the first two steps comes market_data, mark price
/// = last price where none is recorded, and the venue's quote, bid = ask = last price, because candles hold no book.
/// Where the sink watches a symbol, the path is walked in small steps instead (<see cref="CandleWalk"/>).
/// </summary>
public sealed class CandleFeed : IMarketFeed
{
    /// <summary>The venue that recorded candles and trades are taken for.</summary>
    public const string Venue = "binance";

    private readonly RecordedSettings _settings;
    private readonly KlineTrack[] _tracks;
    private readonly CandleSides _sides;
    private readonly long _intervalMs;
    private readonly long _toldMs;

    /// <summary>The settlements of funding that are played beside its candles.</summary>
    internal IReadOnlyDictionary<Symbol, FundingRow[]> Funding => _sides.Funding;

    internal CandleFeed(RecordedSettings settings, string identity, KlineTrack[] tracks, CandleSides sides)
    {
        (_settings, Identity, _tracks, _sides) = (settings, identity, tracks, sides);
        if (settings.PathStepFraction is <= 0 or > 0.01m)
        {
            throw new FeedException(
                $"{settings.Path}: the path's step {settings.PathStepFraction} is not above 0 to 0.01: use a fraction "
                + "of price, 0.0005 is 5 bps.");
        }

        _intervalMs = tracks[0].IntervalMs;
        var other = Array.Find(tracks, track => track.IntervalMs != _intervalMs);
        if (other is not null)
        {
            throw new FeedException(
                $"{settings.Path}: {tracks[0].Symbol} has {CandleInterval.NameOf(_intervalMs)} candles, "
                + $"{other.Symbol} has {CandleInterval.NameOf(other.IntervalMs)} candles; keep one length per folder.");
        }

        _toldMs = settings.IntervalMs ?? ToldMs(_intervalMs);
        if (_toldMs % _intervalMs != 0)
        {
            throw new FeedException(
                $"{settings.Path}: of its {CandleInterval.NameOf(_intervalMs)} candles no "
                + $"{CandleInterval.NameOf(_toldMs)} candle can be made; ask for {FeedNames.Interval} "
                + $"{CandleInterval.NameOf(_intervalMs)} or a multiple of it.");
        }

        var played = tracks.Where(track => track.Count > 0).ToArray();
        if (played.Length == 0)
        {
            throw new FeedException(
                $"{settings.Path}: holds no candle between the given from and to; widen {FeedNames.From} and "
                + $"{FeedNames.To}.");
        }

        FirstMs = played.Min(track => track.FirstMs);
        LastMs = played.Max(track => track.LastMs) + _intervalMs;
    }

    public string Identity { get; }

    /// <summary>The length of the candles that are told, as the venue names it.</summary>
    public string Interval => CandleInterval.NameOf(_toldMs)!;

    /// <summary>The same, ms.</summary>
    public long IntervalMs => _toldMs;

    /// <summary>Candles of that length that the tape holds at most, symbol by symbol.</summary>
    public IReadOnlyList<long> CandlesOfEach => [.. _tracks.Select(track => track.Count * _intervalMs / _toldMs)];

    public IReadOnlyList<Symbol> Symbols => [.. _tracks.Select(track => track.Symbol)];

    public long? FirstMs { get; }

    public long? LastMs { get; }

    public long LiveFromMs => FirstMs!.Value;

    public void Run(IMarketSink sink, CancellationToken cancel, long afterMs = 0)
    {
        var players = _tracks.Select(track => new CandlePlayer(
            track, _sides.Of(track.Symbol, _intervalMs), new CandleBuilder(_intervalMs, _toldMs))).ToArray();
        try
        {
            var now = new List<CandlePlayer>(players.Length);
            var walk = new CandleWalk(sink, now, _intervalMs);
            while (!cancel.IsCancellationRequested)
            {
                var openMs = long.MaxValue;
                foreach (var player in players)
                    if (player.IsOpen) openMs = Math.Min(openMs, player.NextMs);
                if (openMs == long.MaxValue) return;
                now.Clear();
                foreach (var player in players)
                {
                    if (!player.IsOpen || player.NextMs != openMs) continue;
                    player.Take();
                    now.Add(player);
                }

                Play(sink, now, walk, openMs, afterMs, cancel);
            }
        }
        finally
        {
            foreach (var player in players) player.Dispose();
        }
    }

    /// <summary>A minute, or what of the given candles is nearest above it.</summary>
    private static long ToldMs(long intervalMs)
    {
        var told = intervalMs;
        while (told < CandleInterval.MinuteMs || CandleInterval.NameOf(told) is null) told += intervalMs;
        return told;
    }

    private void Play(
        IMarketSink sink, List<CandlePlayer> now, CandleWalk walk, long openMs, long afterMs, CancellationToken cancel)
    {
        var isPlayed = !(openMs < _settings.FromMs);
        // Of a candle that was told already nobody is asked: what was at stake then is gone.
        var isAsked = isPlayed && openMs + _intervalMs > afterMs;
        var anyWatched = false;
        foreach (var player in now)
            anyWatched |= player.IsWatched = isAsked && sink.IsWatched(player.Candle.Symbol, openMs);
        walk.Begin(openMs, isPlayed ? afterMs : long.MaxValue);
        if (anyWatched) walk.Walk(_settings.PathStepFraction, cancel);
        else walk.Jump(cancel);
        if (cancel.IsCancellationRequested) return;
        var closeMs = openMs + _intervalMs;
        var isHistory = !isPlayed && closeMs > _settings.FromMs - _settings.HistoryCandles * _toldMs;
        var isTold = closeMs > afterMs && (isPlayed || isHistory);
        var hasTold = false;
        foreach (var player in now)
        {
            if (player.Close() is not { } kline || !isTold) continue;
            sink.Kline(closeMs, in kline);
            hasTold = true;
        }

        if (hasTold) sink.Step(closeMs);
    }
}
