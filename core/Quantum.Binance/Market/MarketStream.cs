using Binance.Net.Clients;
using Binance.Net.Enums;
using CryptoExchange.Net.Objects;
using CryptoExchange.Net.Objects.Sockets;
using Microsoft.Extensions.Logging;
using Quantum.Binance.Calls;
using Quantum.Contracts.Units;

namespace Quantum.Binance.Market;

/// <summary>The market's streams of some symbols, put into an inbox; the library keeps them open.</summary>
internal sealed class MarketStream : IDisposable
{
    private const int SymbolsAtOnce = 50;
    private const int MarkEveryMs = 1_000;

    private readonly BinanceSocketClient _socket;
    private readonly BinanceSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Action<MarketNews> _put;

    public MarketStream(BinanceSettings settings, TimeProvider time, ILoggerFactory logs, Action<MarketNews> put)
    {
        (_settings, _time, _put) = (settings, time, put);
        _log = logs.CreateLogger<MarketStream>();
        _socket = BinanceClients.Socket(settings, new LibraryLog(logs, (what, frame) =>
        {
            BinanceMeter.Unreadable.Add(1, new KeyValuePair<string, object?>("kind", what));
            _log.LogWarning("not understood: {What} {Frame}", what, frame);
            put(new UnreadNews(what, frame));
        }));
    }

    public Task OpenTradesAsync(IReadOnlyList<Symbol> symbols, CancellationToken cancel) => EachAsync(
        "trades", symbols, async names =>
        {
            var result = await _socket.UsdFuturesApi.ExchangeData.SubscribeToAggregatedTradeUpdatesAsync(
                names, frame =>
                {
                    var trade = frame.Data;
                    if (!Symbol.TryParse(trade.Symbol, out var symbol) || trade is not { Price: > 0, Quantity: >= 0 })
                        CannotBe("trade", $"{trade.Symbol} {trade.Id}: {trade.Quantity} at {trade.Price}");
                    else
                        _put(new TradeNews(
                            symbol, trade.Id, trade.TradeTime.Ms(), trade.Price, trade.Quantity, trade.BuyerIsMaker));
                },
                ct: cancel).ConfigureAwait(false);
            return (result.Data, result.Error);
        }, cancel);

    public Task OpenBooksAsync(IReadOnlyList<Symbol> symbols, CancellationToken cancel) => EachAsync(
        "book tickers", symbols, async names =>
        {
            var result = await _socket.UsdFuturesApi.ExchangeData.SubscribeToBookTickerUpdatesAsync(
                names, frame =>
                {
                    var book = frame.Data;
                    if (!Symbol.TryParse(book.Symbol, out var symbol) || book.BestBidPrice <= 0
                        || book.BestAskPrice < book.BestBidPrice)
                        CannotBe("book", $"{book.Symbol} {book.UpdateId}: {book.BestBidPrice} to {book.BestAskPrice}");
                    else
                        _put(new BookNews(
                            symbol, book.UpdateId, book.EventTime.Ms(), book.BestBidPrice, book.BestAskPrice,
                            book.BestBidQuantity, book.BestAskQuantity));
                },
                ct: cancel).ConfigureAwait(false);
            return (result.Data, result.Error);
        }, cancel);

    public Task OpenMarksAsync(IReadOnlyList<Symbol> symbols, CancellationToken cancel) => EachAsync(
        "mark prices", symbols, async names =>
        {
            var result = await _socket.UsdFuturesApi.ExchangeData.SubscribeToMarkPriceUpdatesAsync(
                names, MarkEveryMs, frame =>
                {
                    var mark = frame.Data;
                    if (!Symbol.TryParse(mark.Symbol, out var symbol) || mark.MarkPrice <= 0)
                    {
                        CannotBe("mark", $"{mark.Symbol}: {mark.MarkPrice}");
                        return;
                    }

                    var nextMs = mark.NextFundingTime.Ms();
                    _put(new MarkNews(
                        symbol, mark.EventTime.Ms(), mark.MarkPrice, (double?)mark.FundingRate,
                        nextMs > 0 ? nextMs : null));
                },
                ct: cancel).ConfigureAwait(false);
            return (result.Data, result.Error);
        }, cancel);

    public Task OpenCandlesAsync(
        IReadOnlyList<Symbol> symbols, KlineInterval interval, long intervalMs, CancellationToken cancel) => EachAsync(
        "candles", symbols, async names =>
        {
            var result = await _socket.UsdFuturesApi.ExchangeData.SubscribeToKlineUpdatesAsync(
                names, interval, frame =>
                {
                    var candle = frame.Data.Data;
                    if (!candle.Final) return;
                    if (!Symbol.TryParse(frame.Data.Symbol, out var symbol))
                    {
                        CannotBe("candle", frame.Data.Symbol);
                        return;
                    }

                    var closed = KlineReader.Of(symbol, candle, intervalMs);
                    if (closed.Fault() is { } fault) CannotBe("candle", $"{symbol}: {fault}");
                    else _put(new CandleNews(symbol, closed.CloseTimeMs, closed));
                },
                ct: cancel).ConfigureAwait(false);
            return (result.Data, result.Error);
        }, cancel);

    public void Dispose() => _socket.Dispose();

    private void CannotBe(string kind, string what)
    {
        BinanceMeter.Unreadable.Add(1, new KeyValuePair<string, object?>("kind", kind));
        _log.LogWarning("cannot be, and is left out: {Kind} {What}", kind, what);
        _put(new UnreadNews(kind, what));
    }

    // Tries until it is open: without it there is no market.
    private async Task EachAsync(
        string what, IReadOnlyList<Symbol> symbols,
        Func<string[], Task<(UpdateSubscription? Subscription, Error? Error)>> subscribe, CancellationToken cancel)
    {
        foreach (var names in symbols.Select(symbol => symbol.Name).Chunk(SymbolsAtOnce))
        {
            while (true)
            {
                cancel.ThrowIfCancellationRequested();
                var (subscription, error) = await subscribe(names).ConfigureAwait(false);
                if (subscription is not null)
                {
                    subscription.ConnectionLost += () => _log.LogWarning("the stream of {What} is lost", what);
                    subscription.ConnectionRestored += _ => _put(new RestoredNews());
                    break;
                }

                _log.LogWarning(
                    "the stream of {What} cannot be opened, it is tried again: {Code} {Words}", what, error?.Code,
                    error?.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(_settings.ReconnectMs), _time, cancel)
                    .ConfigureAwait(false);
            }
        }
    }
}
