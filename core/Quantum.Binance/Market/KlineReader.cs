using Binance.Net.Clients;
using Binance.Net.Enums;
using Binance.Net.Interfaces;
using Quantum.Binance.Calls;
using Quantum.Contracts.Events;
using Quantum.Contracts.Settings;
using Quantum.Contracts.Units;
using Quantum.Exchanges;
using Quantum.Feeds;

namespace Quantum.Binance.Market;

/// <summary>Reads closed candles from the exchange's history.</summary>
internal sealed class KlineReader(BinanceRestClient rest, BinanceCalls calls, long intervalMs)
{
    /// <summary>The most for the least weight each.</summary>
    private const int PageSize = 499;

    /// <summary>The exchange's interval of a length.</summary>
    /// <exception cref="FeedException">When it has none.</exception>
    public static KlineInterval IntervalOf(long intervalMs)
    {
        var interval = (KlineInterval)(intervalMs / 1_000);
        return intervalMs >= CandleInterval.MinuteMs && CandleInterval.NameOf(intervalMs) is not null
            && intervalMs % 1_000 == 0 && Enum.IsDefined(interval)
                ? interval
                : throw new FeedException(
                    $"binance has no candles of {intervalMs} ms: use 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h or "
                    + $"1d as {FeedNames.Interval}.");
    }

    /// <summary>A candle as ours.</summary>
    public static MarketKline Of(Symbol symbol, IBinanceKline candle, long intervalMs) => new()
    {
        Symbol = symbol,
        Interval = CandleInterval.NameOf(intervalMs)!,
        OpenTimeMs = candle.OpenTime.Ms(),
        CloseTimeMs = candle.OpenTime.Ms() + intervalMs,
        Open = candle.OpenPrice,
        High = candle.HighPrice,
        Low = candle.LowPrice,
        Close = candle.ClosePrice,
        Volume = candle.Volume,
        QuoteVolume = candle.QuoteVolume,
        Trades = candle.TradeCount,
    };

    /// <summary>Candles that open in a span, in order; those that the exchange does not have are left out.</summary>
    /// <param name="symbol">Whose.</param>
    /// <param name="fromMs">First open, UTC epoch ms.</param>
    /// <param name="toMs">Behind the last open; they are closed.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="VenueException">When they could not be read.</exception>
    public async Task<List<MarketKline>> ReadAsync(Symbol symbol, long fromMs, long toMs, CancellationToken cancel)
    {
        var candles = new List<MarketKline>();
        for (var nextMs = fromMs; nextMs < toMs;)
        {
            var page = await PageAsync(symbol, nextMs, toMs, cancel).ConfigureAwait(false);
            var read = page.Select(candle => Of(symbol, candle, intervalMs))
                .Where(candle => candle.OpenTimeMs >= nextMs && candle.OpenTimeMs < toMs && candle.Fault() is null)
                .OrderBy(candle => candle.OpenTimeMs).DistinctBy(candle => candle.OpenTimeMs).ToArray();
            candles.AddRange(read);
            if (read.Length == 0) break;
            nextMs = read[^1].OpenTimeMs + intervalMs;
        }

        return candles;
    }

    private async Task<IBinanceKline[]> PageAsync(Symbol symbol, long fromMs, long toMs, CancellationToken cancel)
    {
        var limit = (int)Math.Clamp((toMs - fromMs) / intervalMs, 1, PageSize);
        var reply = await calls.AskAsync("klines", Costs.Klines(limit), async () =>
        {
            var result = await rest.UsdFuturesApi.ExchangeData.GetKlinesAsync(
                symbol.Name, IntervalOf(intervalMs), startTime: fromMs.Utc(), endTime: (toMs - 1).Utc(), limit: limit,
                ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        if (reply.Data is { } candles) return candles;
        throw new VenueException($"the candles of {symbol} could not be read: {reply.Outcome.Words}.")
        {
            Code = reply.Outcome.Code,
        };
    }
}
