namespace Binance.Net.Interfaces.Clients.UsdFuturesApi;

public interface IBinanceRestClientUsdFuturesApiExchangeData
{
    Task<HttpResult<long>> PingAsync(CancellationToken ct = default);

    Task<HttpResult<DateTime>> GetServerTimeAsync(bool resetAutoTimestamp = false, CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesUsdtExchangeInfo>> GetExchangeInfoAsync(CancellationToken ct = default);

    Task<HttpResult<IBinanceKline[]>> GetKlinesAsync(
        string symbol,
        KlineInterval interval,
        DateTime? startTime = null,
        DateTime? endTime = null,
        int? limit = null,
        CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesFundingInfo[]>> GetFundingInfoAsync(CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesFundingRateHistory[]>> GetFundingRatesAsync(
        string? symbol,
        DateTime? startTime = null,
        DateTime? endTime = null,
        int? limit = null,
        CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesMarkPrice>> GetMarkPriceAsync(string symbol, CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesMarkPrice[]>> GetMarkPricesAsync(CancellationToken ct = default);

    Task<HttpResult<BinanceBookPrice>> GetBookPriceAsync(string symbol, CancellationToken ct = default);

    Task<HttpResult<BinanceBookPrice[]>> GetBookPricesAsync(CancellationToken ct = default);

    Task<HttpResult<BinanceAggregatedTrade[]>> GetAggregatedTradeHistoryAsync(
        string symbol,
        long? fromId = null,
        DateTime? startTime = null,
        DateTime? endTime = null,
        int? limit = null,
        CancellationToken ct = default);
}
