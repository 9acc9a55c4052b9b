using Microsoft.Extensions.Logging;
using Quantum.Binance.Calls;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Feeds;

namespace Quantum.Binance.Market;

/// <summary>Tells a sink, on one thread, what the inbox holds; and asks for candles that did not come.</summary>
internal sealed class FeedTeller(
    BinanceFeedSettings settings, SymbolTrack[] tracks, IMarketSink sink, MarketInbox inbox, KlineReader klines,
    ILoggerFactory logs, long afterMs, CancellationToken cancel)
{
    /// <summary>So late after its close a candle is no longer waited for.</summary>
    private const long LateMs = 10_000;

    /// <summary>So soon after its close the history may not be final.</summary>
    private const long FreshMs = 2_000;

    /// <summary>An event from so far ahead would hold up everything behind it.</summary>
    private const long AheadMs = 60_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<Symbol, SymbolTrack> _tracks = tracks.ToDictionary(track => track.Symbol);
    private readonly ILogger _log = logs.CreateLogger<FeedTeller>();
    private readonly long _afterMs = afterMs;
    private long _steppedMs = afterMs;
    private long _latestMs;
    private bool _hasTold;

    /// <summary>Candles up to here, of all symbols in order of time.</summary>
    public void TellHistory(long askedToMs)
    {
        while (Oldest(askedToMs) is { } closeMs)
        {
            foreach (var track in tracks)
            {
                while (track.NextCloses(askedToMs) == closeMs && track.NextCandle(askedToMs) is { } candle)
                    Tell(in candle);
            }

            Step();
        }
    }

    /// <summary>What has come, or a while of nothing.</summary>
    public void TellNext()
    {
        foreach (var news in inbox.Take(s_patience, cancel))
        {
            if (news is RestoredNews) AskAll();
            else if (news is UnreadNews unread) sink.Unread(unread.What, unread.Payload);
            else if (_tracks.TryGetValue(news.Symbol, out var track)) Tell(track, news);
        }

        if (inbox.TakeDropped() is > 0 and var dropped)
            _log.LogWarning("{Count} prices and trades were dropped: the market stood still for too long", dropped);
        AskForLate();
        foreach (var track in tracks)
        {
            if (!track.IsStale || track.Snapshot() is not { } state) continue;
            track.IsStale = false;
            sink.Data(Math.Max(_latestMs, _steppedMs + 1), in state);
            _hasTold = true;
        }

        Step();
    }

    private long? Oldest(long askedToMs) => tracks.Min(track => track.NextCloses(askedToMs));

    private void Tell(SymbolTrack track, MarketNews news)
    {
        switch (news)
        {
            case TradeNews trade when IsTimely(trade.AtMs, "trade") && track.Take(trade) is { } tick:
                At(trade.AtMs);
                sink.Tick(trade.AtMs, in tick);
                break;
            case BookNews book when IsTimely(book.AtMs, "book") && track.Take(book):
                At(book.AtMs);
                sink.Book(book.AtMs, book.Top());
                break;
            case MarkNews mark when IsTimely(mark.AtMs, "mark") && track.Take(mark):
                At(mark.AtMs);
                break;
            case CandleNews candle when IsTimely(candle.AtMs, "candle"):
                track.Hold(candle.Candle);
                TellCandles(track, 0);
                break;
            case FilledNews filled:
                OnFilled(track, filled);
                break;
        }
    }

    private void OnFilled(SymbolTrack track, FilledNews filled)
    {
        track.IsFilling = false;
        var isEmpty = filled.Candles is { Count: 0 };
        track.FillFromMs = settings.Time.NowMs() + (isEmpty ? LateMs : settings.Binance.ReconnectMs);
        if (filled.Candles is null) return;
        foreach (var candle in filled.Candles) track.Hold(candle);
        TellCandles(track, filled.ToMs);
    }

    private void TellCandles(SymbolTrack track, long askedToMs)
    {
        while (track.NextCandle(askedToMs) is { } candle) Tell(in candle);
        if (track.MissingToMs() is { } toMs) Ask(track, toMs);
    }

    private void Tell(in MarketKline candle)
    {
        if (candle.GapBefore)
            _log.LogWarning("{Symbol}: no candle before {Open}, not even in the history", candle.Symbol,
                candle.OpenTimeMs.Utc());
        if (candle.CloseTimeMs <= _afterMs) return;
        At(candle.CloseTimeMs);
        sink.Kline(candle.CloseTimeMs, in candle);
    }

    private void AskAll()
    {
        foreach (var track in tracks) Ask(track, FinalToMs());
    }

    private void AskForLate()
    {
        var nowMs = settings.Time.NowMs();
        foreach (var track in tracks)
        {
            if (track.MissingToMs() is { } toMs) Ask(track, toMs);
            else if (nowMs > track.NextOpenMs + settings.IntervalMs + LateMs) Ask(track, FinalToMs());
        }
    }

    private long FinalToMs() => (settings.Time.NowMs() - FreshMs) / settings.IntervalMs * settings.IntervalMs;

    // The answer comes into the inbox: prices go on meanwhile.
    private void Ask(SymbolTrack track, long toMs)
    {
        if (track.IsFilling || track.NextOpenMs >= toMs || settings.Time.NowMs() < track.FillFromMs) return;
        track.IsFilling = true;
        var (symbol, fromMs) = (track.Symbol, track.NextOpenMs);
        _ = Guarded.UntilCancelledAsync(
            async () =>
            {
                var (candles, fault) = await Faults.TryAsync(() => klines.ReadAsync(symbol, fromMs, toMs, cancel))
                    .ConfigureAwait(false);
                if (fault is not null) _log.LogWarning("{Fault} It is tried again.", fault.Message);
                inbox.Put(new FilledNews(symbol, toMs, candles));
            },
            cancel);
    }

    private bool IsTimely(long atMs, string kind)
    {
        if (atMs <= settings.Time.NowMs() + AheadMs) return true;
        BinanceMeter.Dropped.Add(1, new KeyValuePair<string, object?>("kind", kind));
        return false;
    }

    private void At(long atMs)
    {
        _latestMs = Math.Max(_latestMs, atMs);
        _hasTold = true;
    }

    private void Step()
    {
        if (!_hasTold) return;
        _steppedMs = Math.Max(_steppedMs + 1, _latestMs);
        _hasTold = false;
        sink.Step(_steppedMs);
    }
}
