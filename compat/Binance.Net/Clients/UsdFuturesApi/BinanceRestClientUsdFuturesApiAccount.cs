using Binance.Net.Clients.Rest;
using Binance.Net.Interfaces.Clients.UsdFuturesApi;

namespace Binance.Net.Clients.UsdFuturesApi;

internal sealed class BinanceRestClientUsdFuturesApiAccount(RestTransport transport)
    : IBinanceRestClientUsdFuturesApiAccount
{
    private const string ListenKey = "fapi/v1/listenKey";

    private static readonly Endpoint s_positions = Endpoint.Get("fapi/v2/positionRisk", 10);
    private static readonly Endpoint s_setMode = Endpoint.Post("fapi/v1/positionSide/dual", 1);
    private static readonly Endpoint s_mode = Endpoint.Get("fapi/v1/positionSide/dual", 30);
    private static readonly Endpoint s_setLeverage = Endpoint.Post("fapi/v1/leverage", 1);
    private static readonly Endpoint s_setMarginType = Endpoint.Post("fapi/v1/marginType", 1);
    private static readonly Endpoint s_income = Endpoint.Get("fapi/v1/income", 30);
    private static readonly Endpoint s_brackets = Endpoint.Get("fapi/v1/leverageBracket", 1);
    private static readonly Endpoint s_account = Endpoint.Get("fapi/v3/account", 5);
    private static readonly Endpoint s_balances = Endpoint.Get("fapi/v3/balance", 5);
    private static readonly Endpoint s_multiAssets = Endpoint.Get("fapi/v1/multiAssetsMargin", 30);
    private static readonly Endpoint s_feeBurn = Endpoint.Get("fapi/v1/feeBurn", 30);
    private static readonly Endpoint s_commission = Endpoint.Get("fapi/v1/commissionRate", 20);
    private static readonly Endpoint s_symbolConfiguration = Endpoint.Get("fapi/v1/symbolConfig", 5);
    private static readonly Endpoint s_accountConfiguration = Endpoint.Get("fapi/v1/accountConfig", 5);
    private static readonly Endpoint s_startStream = new(HttpMethod.Post, ListenKey, 1, false);
    private static readonly Endpoint s_keepStream = new(HttpMethod.Put, ListenKey, 1, false);
    private static readonly Endpoint s_stopStream = new(HttpMethod.Delete, ListenKey, 1, false);

    public Task<HttpResult<BinancePositionDetailsUsdt[]>> GetPositionInformationAsync(
        string? symbol = null, long? receiveWindow = null, CancellationToken ct = default) =>
        transport.SendAsync<BinancePositionDetailsUsdt[]>(s_positions, OfSymbol(symbol, receiveWindow), ct);

    public Task<HttpResult<BinanceResult>> ModifyPositionModeAsync(
        bool dualPositionSide, long? receiveWindow = null, CancellationToken ct = default) =>
        transport.SendAsync<BinanceResult>(
            s_setMode, Windowed(new RequestParameters().Add("dualSidePosition", dualPositionSide), receiveWindow), ct);

    public Task<HttpResult<BinanceFuturesPositionMode>> GetPositionModeAsync(
        long? receiveWindow = null, CancellationToken ct = default) =>
        transport.SendAsync<BinanceFuturesPositionMode>(s_mode, Windowed(new(), receiveWindow), ct);

    public Task<HttpResult<BinanceFuturesInitialLeverageChangeResult>> ChangeInitialLeverageAsync(
        string symbol, int leverage, long? receiveWindow = null, CancellationToken ct = default) =>
        transport.SendAsync<BinanceFuturesInitialLeverageChangeResult>(
            s_setLeverage,
            Windowed(new RequestParameters().Add("symbol", symbol).Add("leverage", leverage), receiveWindow),
            ct);

    public Task<HttpResult<BinanceFuturesChangeMarginTypeResult>> ChangeMarginTypeAsync(
        string symbol, FuturesMarginType marginType, long? receiveWindow = null, CancellationToken ct = default) =>
        transport.SendAsync<BinanceFuturesChangeMarginTypeResult>(
            s_setMarginType,
            Windowed(
                new RequestParameters().Add("symbol", symbol).Add<FuturesMarginType>("marginType", marginType),
                receiveWindow),
            ct);

    public Task<HttpResult<BinanceFuturesIncomeHistory[]>> GetIncomeHistoryAsync(
        string? symbol = null,
        string? incomeType = null,
        DateTime? startTime = null,
        DateTime? endTime = null,
        int? page = null,
        int? limit = null,
        long? receiveWindow = null,
        CancellationToken ct = default)
    {
        if (limit is < 1 or > 1000)
            throw new ArgumentException($"The limit {limit} is not between 1 and 1000.", nameof(limit));
        var parameters = new RequestParameters().Add("symbol", symbol).Add("incomeType", incomeType)
            .Add("startTime", startTime).Add("endTime", endTime).Add("page", page);
        return transport.SendAsync<BinanceFuturesIncomeHistory[]>(
            s_income, Windowed(parameters, receiveWindow).Add("limit", limit), ct);
    }

    public Task<HttpResult<BinanceFuturesSymbolBracket[]>> GetBracketsAsync(
        string? symbol = null, long? receiveWindow = null, CancellationToken ct = default) =>
        transport.SendAsync<BinanceFuturesSymbolBracket[]>(s_brackets, OfSymbol(symbol, receiveWindow), ct);

    public Task<HttpResult<BinanceFuturesAccountInfoV3>> GetAccountInfoV3Async(
        long? receiveWindow = null, CancellationToken ct = default) =>
        transport.SendAsync<BinanceFuturesAccountInfoV3>(s_account, Windowed(new(), receiveWindow), ct);

    public Task<HttpResult<BinanceUsdFuturesAccountBalance[]>> GetBalancesAsync(
        long? receiveWindow = null, CancellationToken ct = default) =>
        transport.SendAsync<BinanceUsdFuturesAccountBalance[]>(s_balances, Windowed(new(), receiveWindow), ct);

    public Task<HttpResult<BinanceFuturesMultiAssetMode>> GetMultiAssetsModeAsync(
        long? receiveWindow = null, CancellationToken ct = default) =>
        transport.SendAsync<BinanceFuturesMultiAssetMode>(s_multiAssets, Windowed(new(), receiveWindow), ct);

    public Task<HttpResult<BinanceFuturesBnbBurnStatus>> GetBnbBurnStatusAsync(
        long? receiveWindow = null, CancellationToken ct = default) =>
        transport.SendAsync<BinanceFuturesBnbBurnStatus>(s_feeBurn, Windowed(new(), receiveWindow), ct);

    public Task<HttpResult<BinanceFuturesAccountUserCommissionRate>> GetUserCommissionRateAsync(
        string symbol, long? receiveWindow = null, CancellationToken ct = default) =>
        transport.SendAsync<BinanceFuturesAccountUserCommissionRate>(
            s_commission, OfSymbol(symbol, receiveWindow), ct);

    public Task<HttpResult<BinanceSymbolConfiguration[]>> GetSymbolConfigurationAsync(
        string? symbol = null, long? receiveWindow = null, CancellationToken ct = default) =>
        transport.SendAsync<BinanceSymbolConfiguration[]>(s_symbolConfiguration, OfSymbol(symbol, receiveWindow), ct);

    public Task<HttpResult<BinanceFuturesAccountConfiguration>> GetAccountConfigurationAsync(
        long? receiveWindow = null, CancellationToken ct = default) =>
        transport.SendAsync<BinanceFuturesAccountConfiguration>(
            s_accountConfiguration, Windowed(new(), receiveWindow), ct);

    public async Task<HttpResult<string>> StartUserStreamAsync(CancellationToken ct = default)
    {
        var result = await transport.SendAsync<BinanceListenKey>(s_startStream, new(), ct).ConfigureAwait(false);
        return result.To(result.Data?.ListenKey);
    }

    public Task<HttpResult> KeepAliveUserStreamAsync(string listenKey, CancellationToken ct = default) =>
        transport.SendAsync(s_keepStream, OfKey(listenKey), ct);

    public Task<HttpResult> StopUserStreamAsync(string listenKey, CancellationToken ct = default) =>
        transport.SendAsync(s_stopStream, OfKey(listenKey), ct);

    private static RequestParameters OfKey(string listenKey)
    {
        ArgumentNullException.ThrowIfNull(listenKey);
        return new RequestParameters().Add("listenKey", listenKey);
    }

    private RequestParameters OfSymbol(string? symbol, long? receiveWindow) =>
        Windowed(new RequestParameters().Add("symbol", symbol), receiveWindow);

    private RequestParameters Windowed(RequestParameters parameters, long? receiveWindow) =>
        transport.Windowed(parameters, receiveWindow);
}
