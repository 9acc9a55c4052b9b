using System.Globalization;

namespace Quantum.Exchanges.Tests.Binance;

/// <summary>What a healthy venue answers.</summary>
internal static class StubReplies
{
    public const string Place = "POST /fapi/v1/order";
    public const string PlaceConditional = "POST /fapi/v1/algoOrder";
    public const string Query = "GET /fapi/v1/order";
    public const string QueryConditional = "GET /fapi/v1/algoOrder";
    public const string Cancel = "DELETE /fapi/v1/order";
    public const string CancelConditional = "DELETE /fapi/v1/algoOrder";
    public const string Leverage = "POST /fapi/v1/leverage";
    public const string MarginType = "POST /fapi/v1/marginType";
    public const string SymbolConfig = "GET /fapi/v1/symbolConfig";
    public const string AccountConfig = "GET /fapi/v1/accountConfig";
    public const string FeeBurn = "GET /fapi/v1/feeBurn";
    public const string Account = "GET /fapi/v3/account";
    public const string Positions = "GET /fapi/v3/positionRisk";
    public const string OpenOrders = "GET /fapi/v1/openOrders";
    public const string OpenConditional = "GET /fapi/v1/openAlgoOrders";
    public const string Trades = "GET /fapi/v1/userTrades";
    public const string Income = "GET /fapi/v1/income";
    public const string Time = "GET /fapi/v1/time";
    public const string StartKey = "POST /fapi/v1/listenKey";
    public const string RenewKey = "PUT /fapi/v1/listenKey";
    public const string Klines = "GET /fapi/v1/klines";
    public const string ExchangeInfo = "GET /fapi/v1/exchangeInfo";
    public const string FundingInfo = "GET /fapi/v1/fundingInfo";
    public const string Brackets = "GET /fapi/v1/leverageBracket";

    public static StubAnswer Usual(StubRequest request) => request.Line switch
    {
        Time => StubAnswer.Ok(string.Create(
            CultureInfo.InvariantCulture, $$"""{"serverTime":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}}""")),
        Place => StubAnswer.Ok(Order(request["newClientOrderId"], "FILLED", "0.002", "60000")),
        PlaceConditional => StubAnswer.Ok(Conditional(request["clientAlgoId"], "NEW")),
        Leverage => StubAnswer.Ok(
            $$"""{"leverage":{{request["leverage"]}},"maxNotionalValue":"1000000","symbol":"BTCUSDT"}"""),
        MarginType => StubAnswer.Error(-4046, "No need to change margin type."),
        SymbolConfig => StubAnswer.Ok(Config("ISOLATED", 5)),
        AccountConfig => StubAnswer.Ok(AccountSettings()),
        FeeBurn => StubAnswer.Ok("""{"feeBurn":false}"""),
        Account => StubAnswer.Ok(Balance()),
        Positions or OpenOrders or OpenConditional or Trades or Income or FundingInfo => StubAnswer.Ok("[]"),
        StartKey => StubAnswer.Ok("""{"listenKey":"key-1"}"""),
        RenewKey => StubAnswer.Ok("{}"),
        Query or QueryConditional => StubAnswer.Error(-2013, "Order does not exist."),
        Cancel or CancelConditional => StubAnswer.Error(-2011, "Unknown order sent."),
        _ => StubAnswer.Error(-1, $"the stub knows no {request.Line}", 404),
    };

    public static string Order(
        string clientId, string status, string filled, string price, long id = 77, string time = "GTC",
        string quantity = "0.002", string quote = "0") =>
        string.Create(CultureInfo.InvariantCulture, $$"""
            {"orderId":{{id}},"symbol":"BTCUSDT","status":"{{status}}","clientOrderId":"{{clientId}}","price":"0",
            "avgPrice":"{{price}}","origQty":"{{quantity}}","executedQty":"{{filled}}","cumQuote":"{{quote}}",
            "timeInForce":"{{time}}","type":"MARKET","reduceOnly":false,"closePosition":false,"side":"BUY",
            "positionSide":"BOTH","stopPrice":"0","workingType":"CONTRACT_PRICE","priceProtect":false,
            "origType":"MARKET","priceMatch":"NONE","selfTradePreventionMode":"NONE","goodTillDate":0,
            "time":1700000000000,"updateTime":1700000000000}
            """);

    public static string Conditional(
        string clientId, string status, string actual = "", string filled = "0", string price = "0", long id = 88) =>
        string.Create(CultureInfo.InvariantCulture, $$"""
            {"algoId":{{id}},"clientAlgoId":"{{clientId}}","algoType":"CONDITIONAL","orderType":"STOP_MARKET",
            "symbol":"BTCUSDT","side":"SELL","positionSide":"BOTH","timeInForce":"GTC","quantity":"0.002",
            "algoStatus":"{{status}}","actualOrderId":"{{actual}}","actualPrice":"{{price}}","actualQty":"{{filled}}",
            "triggerPrice":"59000","price":"0","workingType":"CONTRACT_PRICE","priceMatch":"NONE",
            "closePosition":false,"priceProtect":false,"reduceOnly":true,"selfTradePreventionMode":"NONE",
            "createTime":1700000000000,"updateTime":1700000000000,"triggerTime":0,"goodTillDate":0}
            """);

    public static string Config(string margin, int leverage) => string.Create(CultureInfo.InvariantCulture, $$"""
        [{"symbol":"BTCUSDT","marginType":"{{margin}}","isAutoAddMargin":false,"leverage":{{leverage}},
        "maxNotionalValue":"1000000"}]
        """);

    public static string AccountSettings(bool isHedge = false, bool canTrade = true) => $$"""
        {"feeTier":0,"canTrade":{{Word(canTrade)}},"canDeposit":true,"canWithdraw":true,
        "dualSidePosition":{{Word(isHedge)}},"updateTime":0,"multiAssetsMargin":false,"tradeGroupId":-1}
        """;

    private static string Balance() => """
        {"totalInitialMargin":"0","totalMaintMargin":"0","totalWalletBalance":"1000","totalUnrealizedProfit":"0",
        "totalMarginBalance":"1000","totalPositionInitialMargin":"0","totalOpenOrderInitialMargin":"0",
        "totalCrossWalletBalance":"1000","totalCrossUnPnl":"0","availableBalance":"900","maxWithdrawAmount":"900",
        "assets":[{"asset":"USDT","walletBalance":"1000","unrealizedProfit":"0","marginBalance":"1000",
        "maintMargin":"0","initialMargin":"0","positionInitialMargin":"0","openOrderInitialMargin":"0",
        "crossWalletBalance":"1000","crossUnPnl":"0","availableBalance":"900","maxWithdrawAmount":"900",
        "updateTime":1700000000000},{"asset":"USDC","walletBalance":"50","unrealizedProfit":"0","marginBalance":"50",
        "maintMargin":"0","initialMargin":"0","positionInitialMargin":"0","openOrderInitialMargin":"0",
        "crossWalletBalance":"50","crossUnPnl":"0","availableBalance":"50","maxWithdrawAmount":"50",
        "updateTime":1700000000000}],"positions":[]}
        """;

    private static string Word(bool value) => value ? "true" : "false";
}
