using Binance.Net.Clients.Rest;
using Binance.Net.Interfaces.Clients.UsdFuturesApi;

namespace Binance.Net.Clients.UsdFuturesApi;

internal sealed class BinanceRestClientUsdFuturesApiExchangeData(RestTransport transport)
    : IBinanceRestClientUsdFuturesApiExchangeData
{
    private static readonly Endpoint s_ping = Endpoint.Public("fapi/v1/ping", 1);
    private static readonly Endpoint s_exchangeInfo = Endpoint.Public("fapi/v1/exchangeInfo", 1);
    private static readonly Endpoint s_fundingInfo = Endpoint.Public("fapi/v1/fundingInfo", 1);
    private static readonly Endpoint s_fundingRate = Endpoint.Public("fapi/v1/fundingRate", 1);
    private static readonly Endpoint s_aggTrades = Endpoint.Public("fapi/v1/aggTrades", 20);
    private static readonly Endpoint s_markPrice = Endpoint.Public("fapi/v1/premiumIndex", 1);
    private static readonly Endpoint s_markPrices = Endpoint.Public("fapi/v1/premiumIndex", 10);
    private static readonly Endpoint s_bookPrice = Endpoint.Public("fapi/v1/ticker/bookTicker", 2);
    private static readonly Endpoint s_bookPrices = Endpoint.Public("fapi/v1/ticker/bookTicker", 5);

    public async Task<HttpResult<long>> PingAsync(CancellationToken ct = default)
    {
        var result = await transport.SendAsync<object>(s_ping, new(), ct).ConfigureAwait(false);
        return result.To((long)(result.ResponseTime?.TotalMilliseconds ?? 0));
    }

    public Task<HttpResult<DateTime>> GetServerTimeAsync(
        bool resetAutoTimestamp = false, CancellationToken ct = default) => transport.GetServerTimeAsync(ct);

    public Task<HttpResult<BinanceFuturesUsdtExchangeInfo>> GetExchangeInfoAsync(CancellationToken ct = default) =>
        transport.SendAsync<BinanceFuturesUsdtExchangeInfo>(s_exchangeInfo, new(), ct);

    public async Task<HttpResult<IBinanceKline[]>> GetKlinesAsync(
        string symbol,
        KlineInterval interval,
        DateTime? startTime = null,
        DateTime? endTime = null,
        int? limit = null,
        CancellationToken ct = default)
    {
        CheckLimit(limit, 1500);
        var weight = limit switch { null => 5, <= 100 => 1, <= 500 => 2, <= 1000 => 5, _ => 10 };
        var parameters = new RequestParameters().Add("symbol", symbol).Add<KlineInterval>("interval", interval);
        var result = await transport.SendAsync<BinanceFuturesUsdtKline[]>(
            Endpoint.Public("fapi/v1/klines", weight), Range(parameters, startTime, endTime, limit), ct)
            .ConfigureAwait(false);
        return result.To<IBinanceKline[]>(result.Data);
    }

    public Task<HttpResult<BinanceFuturesFundingInfo[]>> GetFundingInfoAsync(CancellationToken ct = default) =>
        transport.SendAsync<BinanceFuturesFundingInfo[]>(s_fundingInfo, new(), ct);

    public Task<HttpResult<BinanceFuturesFundingRateHistory[]>> GetFundingRatesAsync(
        string? symbol,
        DateTime? startTime = null,
        DateTime? endTime = null,
        int? limit = null,
        CancellationToken ct = default)
    {
        CheckLimit(limit, 1000);
        var parameters = new RequestParameters().Add("symbol", symbol);
        return transport.SendAsync<BinanceFuturesFundingRateHistory[]>(
            s_fundingRate, Range(parameters, startTime, endTime, limit), ct);
    }

    public Task<HttpResult<BinanceFuturesMarkPrice>> GetMarkPriceAsync(string symbol, CancellationToken ct = default) =>
        transport.SendAsync<BinanceFuturesMarkPrice>(s_markPrice, new RequestParameters().Add("symbol", symbol), ct);

    public Task<HttpResult<BinanceFuturesMarkPrice[]>> GetMarkPricesAsync(CancellationToken ct = default) =>
        transport.SendAsync<BinanceFuturesMarkPrice[]>(s_markPrices, new(), ct);

    public Task<HttpResult<BinanceBookPrice>> GetBookPriceAsync(string symbol, CancellationToken ct = default) =>
        transport.SendAsync<BinanceBookPrice>(s_bookPrice, new RequestParameters().Add("symbol", symbol), ct);

    public Task<HttpResult<BinanceBookPrice[]>> GetBookPricesAsync(CancellationToken ct = default) =>
        transport.SendAsync<BinanceBookPrice[]>(s_bookPrices, new(), ct);

    public Task<HttpResult<BinanceAggregatedTrade[]>> GetAggregatedTradeHistoryAsync(
        string symbol,
        long? fromId = null,
        DateTime? startTime = null,
        DateTime? endTime = null,
        int? limit = null,
        CancellationToken ct = default)
    {
        CheckLimit(limit, 1000);
        var parameters = new RequestParameters().Add("symbol", symbol).Add("fromId", fromId);
        return transport.SendAsync<BinanceAggregatedTrade[]>(
            s_aggTrades, Range(parameters, startTime, endTime, limit), ct);
    }

    private static RequestParameters Range(RequestParameters parameters, DateTime? start, DateTime? end, int? limit) =>
        parameters.Add("startTime", start).Add("endTime", end).Add("limit", limit);

    private static void CheckLimit(int? limit, int largest)
    {
        if (limit is < 1 || limit > largest)
            throw new ArgumentException($"The limit {limit} is not between 1 and {largest}.", nameof(limit));
    }
}
