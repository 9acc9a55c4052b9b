using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Feeds.Recorded;

/// <summary>
/// Plays recorded candles of several symbols, merged by time. Each candle time is three steps that cover all symbols:
/// open and first extreme, second extreme and close (<see cref="CandlePath"/>), and at the close time the closed
/// candles. With each of the first two steps comes market_data, mark price = last price, and the venue's quote, bid =
/// ask = last price, because candles hold no book.
/// </summary>
public sealed class CandleFeed : IMarketFeed
{
    /// <summary>The venue that recorded candles and trades are taken for.</summary>
    public const string Venue = "binance";

    private readonly RecordedSettings _settings;
    private readonly KlineTrack[] _tracks;
    private readonly long _intervalMs;

    internal CandleFeed(RecordedSettings settings, string identity, KlineTrack[] tracks)
    {
        (_settings, Identity, _tracks, _intervalMs) = (settings, identity, tracks, tracks[0].IntervalMs);
        var other = Array.Find(tracks, track => track.IntervalMs != _intervalMs);
        if (other is not null)
        {
            throw new FeedException(
                $"{settings.Path}: {tracks[0].Symbol} has {Interval} candles, {other.Symbol} has "
                + $"{CandleInterval.NameOf(other.IntervalMs)} candles; keep one interval per folder.");
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

    /// <summary>The candles' length as the venue names it.</summary>
    public string Interval => CandleInterval.NameOf(_intervalMs)!;

    public IReadOnlyList<Symbol> Symbols => [.. _tracks.Select(track => track.Symbol)];

    public long? FirstMs { get; }

    public long? LastMs { get; }

    public long LiveFromMs => FirstMs!.Value;

    public void Run(IMarketSink sink, CancellationToken cancel, long afterMs = 0)
    {
        var rows = _tracks.Select(track => track.Read().GetEnumerator()).ToArray();
        try
        {
            var players = _tracks.Select(track => new SymbolMarket(track.Symbol)).ToArray();
            var isOpen = rows.Select(row => row.MoveNext()).ToArray();
            var now = new List<(SymbolMarket Market, MarketKline Candle)>(rows.Length);
            while (!cancel.IsCancellationRequested)
            {
                var openMs = long.MaxValue;
                for (var i = 0; i < rows.Length; i++)
                    if (isOpen[i]) openMs = Math.Min(openMs, rows[i].Current.OpenTimeMs);
                if (openMs == long.MaxValue) return;
                now.Clear();
                for (var i = 0; i < rows.Length; i++)
                {
                    if (!isOpen[i] || rows[i].Current.OpenTimeMs != openMs) continue;
                    now.Add((players[i], rows[i].Current));
                    isOpen[i] = rows[i].MoveNext();
                }

                Play(sink, now, openMs, afterMs, cancel);
            }
        }
        finally
        {
            foreach (var row in rows) row.Dispose();
        }
    }

    private void Play(
        IMarketSink sink, List<(SymbolMarket Market, MarketKline Candle)> now, long openMs, long afterMs,
        CancellationToken cancel)
    {
        var isPlayed = !(openMs < _settings.FromMs);
        PlayHalf(sink, now, openMs, 0, isPlayed, afterMs);
        if (cancel.IsCancellationRequested) return;
        PlayHalf(sink, now, openMs, 2, isPlayed, afterMs);
        if (cancel.IsCancellationRequested) return;
        var closeMs = openMs + _intervalMs;
        var isHistory = !isPlayed && openMs >= _settings.FromMs - _settings.HistoryCandles * _intervalMs;
        if (closeMs <= afterMs || !(isPlayed || isHistory)) return;
        foreach (var (_, candle) in now) sink.Kline(closeMs, in candle);
        sink.Step(closeMs);
    }

    /// <summary>Two points of the path for every symbol, then the state of each market.</summary>
    private void PlayHalf(
        IMarketSink told, List<(SymbolMarket Market, MarketKline Candle)> now, long openMs, int firstPoint,
        bool isPlayed, long afterMs)
    {
        var stepMs = CandlePath.AtMs(openMs, _intervalMs, firstPoint + 1);
        var sink = isPlayed && stepMs > afterMs ? told : SilentSink.Instance;
        for (var point = firstPoint; point <= firstPoint + 1; point++)
        {
            var atMs = CandlePath.AtMs(openMs, _intervalMs, point);
            foreach (var (market, candle) in now)
            {
                var tick = CandlePath.TickAt(in candle, point);
                var valueUsd = (double)(candle.QuoteVolume / CandlePath.Points ?? tick.Price * tick.Quantity);
                market.Traded(atMs, tick.Price, valueUsd);
                sink.Tick(atMs, in tick);
            }
        }

        if (sink == SilentSink.Instance) return;
        foreach (var (market, _) in now)
        {
            sink.Data(stepMs, market.Snapshot());
            sink.Quote(stepMs, market.Quote(Venue));
        }

        sink.Step(stepMs);
    }
}
