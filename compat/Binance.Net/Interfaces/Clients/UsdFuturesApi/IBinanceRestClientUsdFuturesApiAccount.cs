namespace Binance.Net.Interfaces.Clients.UsdFuturesApi;

public interface IBinanceRestClientUsdFuturesApiAccount
{
    Task<HttpResult<BinancePositionDetailsUsdt[]>> GetPositionInformationAsync(
        string? symbol = null, long? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<BinanceResult>> ModifyPositionModeAsync(
        bool dualPositionSide, long? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesPositionMode>> GetPositionModeAsync(
        long? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesInitialLeverageChangeResult>> ChangeInitialLeverageAsync(
        string symbol, int leverage, long? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesChangeMarginTypeResult>> ChangeMarginTypeAsync(
        string symbol, FuturesMarginType marginType, long? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesIncomeHistory[]>> GetIncomeHistoryAsync(
        string? symbol = null,
        string? incomeType = null,
        DateTime? startTime = null,
        DateTime? endTime = null,
        int? page = null,
        int? limit = null,
        long? receiveWindow = null,
        CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesSymbolBracket[]>> GetBracketsAsync(
        string? symbol = null, long? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesAccountInfoV3>> GetAccountInfoV3Async(
        long? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<BinanceUsdFuturesAccountBalance[]>> GetBalancesAsync(
        long? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesMultiAssetMode>> GetMultiAssetsModeAsync(
        long? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesBnbBurnStatus>> GetBnbBurnStatusAsync(
        long? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesAccountUserCommissionRate>> GetUserCommissionRateAsync(
        string symbol, long? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<string>> StartUserStreamAsync(CancellationToken ct = default);

    Task<HttpResult> KeepAliveUserStreamAsync(string listenKey, CancellationToken ct = default);

    Task<HttpResult> StopUserStreamAsync(string listenKey, CancellationToken ct = default);

    Task<HttpResult<BinanceSymbolConfiguration[]>> GetSymbolConfigurationAsync(
        string? symbol = null, long? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesAccountConfiguration>> GetAccountConfigurationAsync(
        long? receiveWindow = null, CancellationToken ct = default);
}
