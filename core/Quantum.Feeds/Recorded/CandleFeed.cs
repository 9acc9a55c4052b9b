using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Feeds.Recorded;

/// <summary>
/// Plays recorded candles of several symbols, merged by time. Each candle time is three steps that cover all symbols:
/// open and first extreme, second extreme and close (<see cref="CandlePath"/>), and at the close time the closed
/// candles, or the longer ones that are built from them. With each of the first two steps comes market_data, mark price
/// = last price where none is recorded, and the venue's quote, bid = ask = last price, because candles hold no book.
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

    internal CandleFeed(RecordedSettings settings, string identity, KlineTrack[] tracks, CandleSides sides)
    {
        (_settings, Identity, _tracks, _sides) = (settings, identity, tracks, sides);
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
                + $"{CandleInterval.NameOf(_toldMs)} candle can be made; ask for --interval "
                + $"{CandleInterval.NameOf(_intervalMs)} (Feed:Interval) or a multiple of it.");
        }

        var played = tracks.Where(track => track.Count > 0).ToArray();
        if (played.Length == 0)
        {
            throw new FeedException(
                $"{settings.Path}: holds no candle between the given from and to; widen Feed:From and Feed:To.");
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
        var players = _tracks.Select(track => new Player(this, track)).ToArray();
        try
        {
            var now = new List<Player>(players.Length);
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

                Play(sink, now, openMs, afterMs, cancel);
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

    private void Play(IMarketSink sink, List<Player> now, long openMs, long afterMs, CancellationToken cancel)
    {
        var isPlayed = !(openMs < _settings.FromMs);
        PlayHalf(sink, now, openMs, 0, isPlayed, afterMs);
        if (cancel.IsCancellationRequested) return;
        PlayHalf(sink, now, openMs, 2, isPlayed, afterMs);
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

    /// <summary>Two points of the path for every symbol, then the state of each market.</summary>
    private void PlayHalf(
        IMarketSink told, List<Player> now, long openMs, int firstPoint, bool isPlayed, long afterMs)
    {
        var stepMs = CandlePath.AtMs(openMs, _intervalMs, firstPoint + 1);
        var sink = isPlayed && stepMs > afterMs ? told : SilentSink.Instance;
        for (var point = firstPoint; point <= firstPoint + 1; point++)
        {
            var atMs = CandlePath.AtMs(openMs, _intervalMs, point);
            foreach (var player in now)
            {
                var tick = CandlePath.TickAt(in player.Candle, point);
                var valueUsd = (double)(player.Candle.QuoteVolume / CandlePath.Points ?? tick.Price * tick.Quantity);
                player.Market.Traded(atMs, tick.Price, valueUsd);
                sink.Tick(atMs, in tick);
            }
        }

        foreach (var player in now) player.Side.Tell(player.Market, stepMs, firstPoint + 1);
        if (sink == SilentSink.Instance) return;
        foreach (var player in now)
        {
            sink.Data(stepMs, player.Market.Snapshot());
            sink.Quote(stepMs, player.Market.Quote(Venue));
        }

        sink.Step(stepMs);
    }

    /// <summary>One symbol while it is played.</summary>
    private sealed class Player : IDisposable
    {
        private readonly IEnumerator<MarketKline> _rows;
        private readonly CandleBuilder _builder;
        private MarketKline _candle;

        public Player(CandleFeed feed, KlineTrack track)
        {
            Market = new SymbolMarket(track.Symbol);
            Side = feed._sides.Of(track.Symbol, feed._intervalMs);
            _builder = new CandleBuilder(feed._intervalMs, feed._toldMs);
            _rows = track.Read().GetEnumerator();
            IsOpen = _rows.MoveNext();
        }

        public SymbolMarket Market { get; }

        public CandleSide Side { get; }

        /// <summary>The candle that is played now.</summary>
        public ref readonly MarketKline Candle => ref _candle;

        public bool IsOpen { get; private set; }

        /// <summary>Open of the next candle, UTC epoch ms.</summary>
        public long NextMs => _rows.Current.OpenTimeMs;

        public void Take()
        {
            _candle = _rows.Current;
            IsOpen = _rows.MoveNext();
        }

        /// <summary>The candle that is told when the one that is played closes, or null.</summary>
        public MarketKline? Close() => _builder.Add(in _candle);

        public void Dispose()
        {
            _rows.Dispose();
            Side.Dispose();
        }
    }
}
