using System.Globalization;
using Binance.Net.Clients;
using Binance.Net.Enums;
using Binance.Net.Objects.Options;
using CryptoExchange.Net.Objects;

namespace Quantum.Exchanges.Tests.Standin;

/// <summary>How the stand-in asks: paths, parameters and their order, headers and signatures.</summary>
public sealed class RestRequestTests : IAsyncLifetime
{
    private Venue _venue = null!;
    private BinanceRestClient _client = null!;

    public async Task InitializeAsync()
    {
        _venue = await Venue.StartAsync();
        _client = _venue.RestClient();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _venue.DisposeAsync();
    }

    [Fact]
    public async Task A_public_request_carries_the_key_and_no_signature()
    {
        _venue.Answers = _ => "[]";
        await _client.UsdFuturesApi.ExchangeData.GetKlinesAsync(
            "BTCUSDT", KlineInterval.OneMinute, DateTime.UnixEpoch.AddSeconds(60), limit: 2);
        var seen = Assert.Single(_venue.Requests);
        Assert.Equal("GET", seen.Method);
        Assert.Equal("/fapi/v1/klines", seen.Path);
        Assert.Equal("symbol=BTCUSDT&interval=1m&startTime=60000&limit=2", seen.Query);
        Assert.Equal(Venue.Key, seen.Headers["X-MBX-APIKEY"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_long_reply_is_read_whole(bool isKept)
    {
        const int Rows = 1500;
        using var client = _venue.RestClient(options => options.OutputOriginalData = isKept);
        const string Row = "[60000,\"1.5\",\"2\",\"1\",\"1.7\",\"10\",119999,\"16\",3,\"4\",\"5\",\"0\"]";
        _venue.Answers = _ => $"[{string.Join(',', Enumerable.Repeat(Row, Rows))}]";
        var result = await client.UsdFuturesApi.ExchangeData.GetKlinesAsync(
            "BTCUSDT", KlineInterval.OneMinute, limit: Rows);
        Assert.True(result.Success, result.Error?.ToString());
        Assert.Equal(Rows, result.Data.Length);
        Assert.All(result.Data, kline => Assert.Equal((1.7m, 5m), (kline.ClosePrice, kline.TakerBuyQuoteVolume)));
        Assert.Equal(isKept, result.OriginalData is not null);
    }

    [Fact]
    public async Task What_is_read_is_signed_in_the_query_with_the_signature_last()
    {
        await _client.UsdFuturesApi.Trading.GetOrderAsync("BTCUSDT", origClientOrderId: "a:b/c.d_1-2");
        var seen = Assert.Single(_venue.Calls);
        Assert.Equal("/fapi/v1/order", seen.Path);
        Assert.Equal(["symbol", "origClientOrderId", "recvWindow", "timestamp", "signature"], seen.Names);
        Assert.Equal("a%3Ab%2Fc.d_1-2", seen["origClientOrderId"]);
        Assert.Equal("5000", seen["recvWindow"]);
        Assert.True(seen.IsSignedWith(Venue.Secret));
        Assert.Empty(seen.Body);
        Assert.Equal(Venue.Key, seen.Headers["X-MBX-APIKEY"]);
    }

    [Fact]
    public async Task An_order_is_signed_in_the_body_and_keeps_the_scale_of_its_amounts()
    {
        await _client.UsdFuturesApi.Trading.PlaceOrderAsync(
            "BTCUSDT", OrderSide.Buy, FuturesOrderType.Limit, 0.010m, price: 50000.50m,
            positionSide: PositionSide.Both, timeInForce: TimeInForce.GoodTillCrossing, reduceOnly: true,
            newClientOrderId: "own-1", orderResponseType: OrderResponseType.Result, priceProtect: true);
        var seen = Assert.Single(_venue.Calls);
        Assert.Equal(("POST", "/fapi/v1/order", ""), (seen.Method, seen.Path, seen.Query));
        Assert.StartsWith(
            "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.010&newClientOrderId=own-1&price=50000.50&timeInForce=GTX"
            + "&positionSide=BOTH&reduceOnly=true&newOrderRespType=RESULT&recvWindow=5000&priceProtect=TRUE&timestamp=",
            seen.Body, StringComparison.Ordinal);
        Assert.True(seen.IsSignedWith(Venue.Secret));
        Assert.Equal("application/x-www-form-urlencoded; charset=utf-8", seen.Headers["Content-Type"]);
    }

    [Fact]
    public async Task A_conditional_order_goes_to_its_own_address()
    {
        await _client.UsdFuturesApi.Trading.PlaceConditionalOrderAsync(
            "BTCUSDT", OrderSide.Sell, ConditionalOrderType.StopMarket, null, clientOrderId: "own-2",
            triggerPrice: 49000.0m, workingType: WorkingType.Mark, closePosition: true, priceProtect: false,
            receiveWindow: 2000);
        var seen = Assert.Single(_venue.Calls);
        Assert.Equal(("POST", "/fapi/v1/algoOrder"), (seen.Method, seen.Path));
        Assert.StartsWith(
            "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&clientAlgoId=own-2&triggerPrice=49000.0"
            + "&workingType=MARK_PRICE&closePosition=true&recvWindow=2000&priceProtect=FALSE&timestamp=",
            seen.Body, StringComparison.Ordinal);
        Assert.True(seen.IsSignedWith(Venue.Secret));
    }

    [Fact]
    public async Task Cancelling_is_signed_in_the_body_and_a_conditional_order_has_no_symbol()
    {
        await _client.UsdFuturesApi.Trading.CancelOrderAsync("BTCUSDT", orderId: 8389765494711091968);
        await _client.UsdFuturesApi.Trading.CancelConditionalOrderAsync(clientOrderId: "own-2");
        Assert.All(_venue.Calls, seen => Assert.Equal(("DELETE", ""), (seen.Method, seen.Query)));
        Assert.All(_venue.Calls, seen => Assert.True(seen.IsSignedWith(Venue.Secret)));
        Assert.Equal(["symbol", "orderId", "recvWindow", "timestamp", "signature"], _venue.Calls[0].Names);
        Assert.Equal("8389765494711091968", _venue.Calls[0]["orderId"]);
        Assert.Equal(["clientAlgoId", "recvWindow", "timestamp", "signature"], _venue.Calls[1].Names);
    }

    [Fact]
    public async Task Listen_keys_go_unsigned_and_in_the_body()
    {
        _venue.Answers = _ => """{"listenKey":"L"}""";
        var account = _client.UsdFuturesApi.Account;
        var started = await account.StartUserStreamAsync();
        var kept = await account.KeepAliveUserStreamAsync("L");
        var stopped = await account.StopUserStreamAsync("L");
        Assert.Equal("L", started.Data);
        Assert.True(kept.Success && stopped.Success);
        Assert.Equal(
            [("POST", ""), ("PUT", "listenKey=L"), ("DELETE", "listenKey=L")],
            _venue.Requests.Select(seen => (seen.Method, seen.Body)));
        Assert.All(_venue.Requests, seen => Assert.Equal("/fapi/v1/listenKey", seen.Path));
        Assert.All(_venue.Requests, seen => Assert.Equal(Venue.Key, seen.Headers["X-MBX-APIKEY"]));
    }

    [Fact]
    public async Task Each_call_has_its_method_and_path()
    {
        var (trading, account, market) =
            (_client.UsdFuturesApi.Trading, _client.UsdFuturesApi.Account, _client.UsdFuturesApi.ExchangeData);
        await trading.GetOpenOrdersAsync();
        await trading.GetOpenOrderAsync("A", orderId: 1);
        await trading.GetOrdersAsync("A");
        await trading.CancelAllOrdersAsync("A");
        await trading.CancelAllOrdersAfterTimeoutAsync("A", TimeSpan.FromSeconds(3));
        await trading.GetUserTradesAsync("A");
        await trading.GetPositionsAsync();
        await trading.GetConditionalOrderAsync(1);
        await trading.GetConditionalOrdersAsync("A");
        await trading.GetOpenConditionalOrdersAsync();
        await trading.CancelAllConditionalOrdersAsync("A");
        await account.GetPositionInformationAsync();
        await account.GetBalancesAsync();
        await account.GetAccountInfoV3Async();
        await account.ChangeInitialLeverageAsync("A", 5);
        await account.ChangeMarginTypeAsync("A", FuturesMarginType.Cross);
        await account.ModifyPositionModeAsync(false);
        await account.GetPositionModeAsync();
        await account.GetBracketsAsync();
        await account.GetUserCommissionRateAsync("A");
        await account.GetSymbolConfigurationAsync("A");
        await account.GetAccountConfigurationAsync();
        await account.GetMultiAssetsModeAsync();
        await account.GetBnbBurnStatusAsync();
        await account.GetIncomeHistoryAsync();
        await market.PingAsync();
        await market.GetExchangeInfoAsync();
        await market.GetMarkPriceAsync("A");
        await market.GetMarkPricesAsync();
        await market.GetBookPriceAsync("A");
        await market.GetBookPricesAsync();
        await market.GetFundingInfoAsync();
        await market.GetFundingRatesAsync("A");
        await market.GetAggregatedTradeHistoryAsync("A");
        Assert.Equal(
            """
            GET openOrders, GET openOrder, GET allOrders, DELETE allOpenOrders, POST countdownCancelAll,
            GET userTrades, GET v3/positionRisk, GET algoOrder, GET allAlgoOrders, GET openAlgoOrders,
            DELETE algoOpenOrders, GET v2/positionRisk, GET v3/balance, GET v3/account, POST leverage,
            POST marginType, POST positionSide/dual, GET positionSide/dual, GET leverageBracket,
            GET commissionRate, GET symbolConfig, GET accountConfig, GET multiAssetsMargin, GET feeBurn,
            GET income, GET ping, GET exchangeInfo, GET premiumIndex, GET premiumIndex, GET ticker/bookTicker,
            GET ticker/bookTicker, GET fundingInfo, GET fundingRate, GET aggTrades
            """.ReplaceLineEndings(" "),
            string.Join(", ", _venue.Calls.Select(seen =>
                $"{seen.Method} {seen.Path.Replace("/fapi/", "", StringComparison.Ordinal)
                    .Replace("v1/", "", StringComparison.Ordinal)}")));
        Assert.Equal("CROSSED", _venue.Calls[15]["marginType"]);
        Assert.Equal("false", _venue.Calls[16]["dualSidePosition"]);
        Assert.Equal("3000", _venue.Calls[4]["countdownTime"]);
    }

    [Fact]
    public async Task An_order_without_an_id_gets_the_brokers_prefix_which_replies_lose()
    {
        _venue.Answers = seen => $$"""{"clientOrderId":"{{seen["newClientOrderId"]}}"}""";
        var result = await _client.UsdFuturesApi.Trading.PlaceOrderAsync(
            "BTCUSDT", OrderSide.Buy, FuturesOrderType.Market, 1);
        var sent = Assert.Single(_venue.Calls)["newClientOrderId"];
        Assert.Matches("^x-d63tKbx3JK[A-Za-z0-9]{24}$", sent);
        Assert.Equal(sent["x-d63tKbx3JK".Length..], result.Data!.ClientOrderId);
    }

    [Theory]
    [InlineData(false, "own-1")]
    [InlineData(true, "x-d63tKbx3JKown-1")]
    public async Task An_own_id_stays_unless_the_options_let_it_be_prefixed(bool isAllowed, string expected)
    {
        using var client = _venue.RestClient(options => options.AllowAppendingClientOrderId = isAllowed);
        await client.UsdFuturesApi.Trading.PlaceConditionalOrderAsync(
            "BTCUSDT", OrderSide.Buy, ConditionalOrderType.StopMarket, 1, clientOrderId: "own-1");
        Assert.Equal(expected, Assert.Single(_venue.Calls)["clientAlgoId"]);
    }

    [Fact]
    public async Task Times_are_asked_for_in_milliseconds()
    {
        var start = new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);
        await _client.UsdFuturesApi.Account.GetIncomeHistoryAsync(startTime: start, limit: 1000);
        var expected = new DateTimeOffset(start).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        Assert.Equal(expected, Assert.Single(_venue.Calls)["startTime"]);
    }

    [Fact]
    public async Task What_makes_no_sense_is_not_sent()
    {
        var trading = _client.UsdFuturesApi.Trading;
        await Assert.ThrowsAsync<ArgumentException>(() => trading.GetOrderAsync("BTCUSDT"));
        await Assert.ThrowsAsync<ArgumentException>(() => trading.GetUserTradesAsync("BTCUSDT", limit: 1001));
        await Assert.ThrowsAsync<ArgumentException>(() => trading.PlaceOrderAsync(
            "BTCUSDT", OrderSide.Buy, FuturesOrderType.StopMarket, null, positionSide: PositionSide.Long,
            closePosition: true));
        Assert.Empty(_venue.Requests);
    }

    [Fact]
    public async Task A_signed_call_without_credentials_is_not_sent()
    {
        using var client = _venue.RestClient(options => options.ApiCredentials = null);
        var result = await client.UsdFuturesApi.Account.GetBalancesAsync();
        Assert.IsType<NoApiCredentialsError>(result.Error);
        Assert.Empty(_venue.Requests);
    }

    [Fact]
    public void Waiting_for_rate_limits_is_refused_and_empty_credentials_too()
    {
        Assert.Throws<NotSupportedException>(
            () => _venue.RestClient(options => options.RateLimitingBehaviour = RateLimitingBehaviour.Wait));
        Assert.Throws<ArgumentException>(() => _venue.RestClient(options => options.ApiCredentials = new()));
        using var unlimited = _venue.RestClient(options =>
        {
            options.RateLimiterEnabled = false;
            options.RateLimitingBehaviour = RateLimitingBehaviour.Wait;
        });
        Assert.Equal(RateLimitingBehaviour.Wait, new BinanceRestOptions().RateLimitingBehaviour);
    }
}
