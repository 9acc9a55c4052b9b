using System.Globalization;
using Binance.Net.Clients;
using Binance.Net.Enums;
using Microsoft.Extensions.Logging;
using Quantum.Binance.Calls;
using Quantum.Contracts.Events;
using Quantum.Contracts.Settings;
using Quantum.Contracts.Units;
using Quantum.Feeds;

namespace Quantum.Binance.Market;

/// <summary>
/// Binance's live market: trades with the best prices, mark price and funding, and every closed candle once, those that
/// nobody heard of from the exchange's history.
/// </summary>
public sealed class BinanceFeed : IMarketFeed
{
    private const int MostHistory = 100_000;

    private readonly BinanceFeedSettings _settings;
    private readonly ILoggerFactory _logs;
    private readonly KlineInterval _interval;

    /// <param name="settings">Which market.</param>
    /// <param name="logs">Told what is wrong with it.</param>
    /// <exception cref="FeedException">Names the setting that cannot be, and the mend.</exception>
    public BinanceFeed(BinanceFeedSettings settings, ILoggerFactory logs)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (_settings, _logs) = (settings, logs);
        if (settings.Symbols.Count == 0)
            throw new FeedException($"the market of binance needs symbols: name at least one in {FeedNames.Symbols}.");
        if (settings.HistoryCandles is < 0 or > MostHistory)
        {
            throw new FeedException(
                $"Feed:HistoryCandles is {settings.HistoryCandles}: the market of binance tells 0 to {MostHistory}.");
        }

        _interval = KlineReader.IntervalOf(settings.IntervalMs);
        Symbols = [.. settings.Symbols.Distinct()];
        LiveFromMs = settings.Time.NowMs() / settings.IntervalMs * settings.IntervalMs;
    }

    public string Identity => string.Create(
        CultureInfo.InvariantCulture,
        $"{_settings.Binance}|{CandleInterval.NameOf(_settings.IntervalMs)}|{string.Join(',', Symbols)}");

    public IReadOnlyList<Symbol> Symbols { get; }

    public long? FirstMs => null;

    public long? LastMs => null;

    public long LiveFromMs { get; }

    /// <exception cref="FeedException">When the exchange does not know a symbol.</exception>
    public void Run(IMarketSink sink, CancellationToken cancel, long afterMs = 0)
    {
        using var inbox = new MarketInbox();
        using var rest = BinanceClients.Rest(_settings.Binance, isSigned: false);
        using var stream = new MarketStream(_settings.Binance, _settings.Time, _logs, inbox.Put);
        var budget = _settings.Budget ?? new MarketBudget(_settings.Time);
        var klines = new KlineReader(
            rest, new BinanceCalls(_settings.Binance, budget, _settings.Time), _settings.IntervalMs);
        var tracks = Symbols.Select(symbol => new SymbolTrack(symbol, _settings.IntervalMs)
        {
            NextOpenMs = FirstOpen(afterMs),
        }).ToArray();
        if (afterMs > 0)
            foreach (var track in tracks) track.GoOn();
        var teller = new FeedTeller(_settings, tracks, sink, inbox, klines, _logs, afterMs, cancel);
        // Heard first, told after the history: nothing falls between the two.
        OpenAsync(stream, cancel).GetAwaiter().GetResult();
        teller.TellHistory(ReadHistory(klines, tracks, cancel));
        while (!cancel.IsCancellationRequested) teller.TellNext();
    }

    private async Task OpenAsync(MarketStream stream, CancellationToken cancel)
    {
        await stream.OpenCandlesAsync(Symbols, _interval, _settings.IntervalMs, cancel).ConfigureAwait(false);
        await stream.OpenBooksAsync(Symbols, cancel).ConfigureAwait(false);
        await stream.OpenMarksAsync(Symbols, cancel).ConfigureAwait(false);
        await stream.OpenTradesAsync(Symbols, cancel).ConfigureAwait(false);
    }

    private long FirstOpen(long afterMs)
    {
        var lengthMs = _settings.IntervalMs;
        var earliestMs = LiveFromMs - MostHistory * lengthMs;
        return afterMs > 0
            ? Math.Max(earliestMs, afterMs / lengthMs * lengthMs)
            : LiveFromMs - _settings.HistoryCandles * lengthMs;
    }

    private long ReadHistory(KlineReader klines, SymbolTrack[] tracks, CancellationToken cancel)
    {
        var toMs = _settings.Time.NowMs() / _settings.IntervalMs * _settings.IntervalMs;
        foreach (var track in tracks)
        {
            var candles = HistoryOfAsync(klines, track, toMs, cancel).GetAwaiter().GetResult();
            foreach (var candle in candles) track.Hold(candle);
        }

        return toMs;
    }

    // Without its history nothing can be decided on: it is waited for.
    private async Task<IReadOnlyList<MarketKline>> HistoryOfAsync(
        KlineReader klines, SymbolTrack track, long toMs, CancellationToken cancel)
    {
        var log = _logs.CreateLogger<BinanceFeed>();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var (candles, fault) = await Faults.TryAsync(
                () => klines.ReadAsync(track.Symbol, track.NextOpenMs, toMs, cancel)).ConfigureAwait(false);
            if (candles is not null) return candles;
            if (fault!.Code == BinanceAnswers.UnknownSymbol)
            {
                throw new FeedException(
                    $"{track.Symbol} is not traded at {_settings.Binance}: correct it in {FeedNames.Symbols}.");
            }

            log.LogWarning("{Fault} It is tried again.", fault.Message);
            await Task.Delay(TimeSpan.FromMilliseconds(_settings.Binance.ReconnectMs), _settings.Time, cancel)
                .ConfigureAwait(false);
        }
    }
}
