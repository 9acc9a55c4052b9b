using System.Net;

namespace Quantum.Venue.Tests.Accounts;

/// <summary>Each refusal of an order in Binance's code and words. The last price is 50,000.</summary>
public sealed class OrderCodeTests
{
    private const string Limit = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=49000";
    private const string Stop =
        "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&quantity=0.01&triggerPrice=49000";

    [Theory]
    [InlineData("symbol=BTCUSDT&", "", -1102,
        "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.")]
    [InlineData("BTCUSDT", "NOPEUSDT", -1121, "Invalid symbol.")]
    [InlineData("side=BUY&", "", -1102, "Mandatory parameter 'side' was not sent, was empty/null, or malformed.")]
    [InlineData("side=BUY", "side=HOLD", -1117, "Invalid side.")]
    [InlineData("type=LIMIT&", "", -1102, "Mandatory parameter 'type' was not sent, was empty/null, or malformed.")]
    [InlineData("type=LIMIT", "type=ICEBERG", -1116, "Invalid orderType.")]
    [InlineData("type=LIMIT", "type=STOP_MARKET", -4120,
        "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.")]
    [InlineData("type=LIMIT", "type=TRAILING_STOP_MARKET", -4120,
        "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.")]
    [InlineData("timeInForce=GTC&", "", -1102,
        "Mandatory parameter 'timeInForce' was not sent, was empty/null, or malformed.")]
    [InlineData("timeInForce=GTC", "timeInForce=NOW", -1115, "Invalid timeInForce.")]
    [InlineData("quantity=0.01&", "", -1102,
        "Mandatory parameter 'quantity' was not sent, was empty/null, or malformed.")]
    [InlineData("quantity=0.01", "quantity=much", -1102,
        "Mandatory parameter 'quantity' was not sent, was empty/null, or malformed.")]
    [InlineData("quantity=0.01", "quantity=0", -4003, "Quantity less than or equal to zero.")]
    [InlineData("quantity=0.01", "quantity=0.0101", -1111, "Precision is over the maximum defined for this asset.")]
    [InlineData("quantity=0.01", "quantity=1001", -4005, "Quantity greater than max quantity.")]
    [InlineData("price=49000", "", -1102, "Mandatory parameter 'price' was not sent, was empty/null, or malformed.")]
    [InlineData("price=49000", "price=0", -4001, "Price less than 0.")]
    [InlineData("price=49000", "price=49000.05", -1111, "Precision is over the maximum defined for this asset.")]
    [InlineData("price=49000", "price=53000", -4016, "Price is higher than mark price multiplier cap.")]
    [InlineData("side=BUY", "side=SELL&priceMatch=NONE", 0, "")]
    [InlineData("quantity=0.01", "quantity=0.001", -4164,
        "Order's notional must be no smaller than 50.0 (unless you choose reduce only)")]
    [InlineData("quantity=0.01", "quantity=20", -2019, "Margin is insufficient.")]
    [InlineData("quantity=0.01", "quantity=999", -2027, "Exceeded the maximum allowable position at current leverage.")]
    [InlineData("price=49000", "price=49000&reduceOnly=true", -2022, "ReduceOnly Order is rejected.")]
    [InlineData("price=49000", "price=49000&positionSide=LONG", -4061,
        "Order's position side does not match user's setting.")]
    [InlineData("price=49000", "price=49000&positionSide=BOTH", 0, "")]
    [InlineData("price=49000", "price=49000&newClientOrderId=0123456789012345678901234567890123456", -4015,
        "Client order id is not valid.")]
    [InlineData("price=49000", "price=49000&newClientOrderId=a%20b", -4015, "Client order id is not valid.")]
    [InlineData("type=LIMIT&timeInForce=GTC", "type=MARKET", -1106, "Parameter 'price' sent when not required.")]
    public async Task An_order_that_cannot_be_is_refused(string instead, string told, int code, string words)
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        var reply = await run.Client.PostAsync(SignedClient.Orders, Limit.Replace(instead, told).Trim('&'));
        Assert.Equal(code, reply.Code);
        Assert.Equal(code == 0 ? HttpStatusCode.OK : HttpStatusCode.BadRequest, reply.Status);
        if (code != 0) Assert.Equal(words, reply.Text("msg"));
        var open = (await run.Client.GetAsync("/fapi/v1/openOrders")).Body;
        Assert.Equal(code == 0 ? 1 : 0, open.GetArrayLength());
    }

    [Theory]
    [InlineData("algoType=CONDITIONAL&", "", -1102)]
    [InlineData("CONDITIONAL", "VP", -1130)]
    [InlineData("STOP_MARKET", "MARKET", -1116)]
    [InlineData("triggerPrice=49000", "", -1102)]
    [InlineData("triggerPrice=49000", "triggerPrice=49000.01", -1111)]
    [InlineData("triggerPrice=49000", "triggerPrice=51000", -2021)]
    [InlineData("type=STOP_MARKET", "type=STOP", -1102)]
    [InlineData("quantity=0.01", "quantity=0.01&closePosition=true", -1106)]
    [InlineData("quantity=0.01", "quantity=0.01&workingType=INDEX", -1130)]
    [InlineData("quantity=0.01", "quantity=0.01&workingType=MARK_PRICE", 0)]
    [InlineData("quantity=0.01", "quantity=0.01&reduceOnly=true", -2022)]
    [InlineData("quantity=0.01", "quantity=121", -4005)]
    public async Task A_conditional_order_that_cannot_be_is_refused(string instead, string told, int code)
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        run.Mark(50_000);
        var reply = await run.Client.PostAsync(SignedClient.Algos, Stop.Replace(instead, told).Trim('&'));
        Assert.Equal(code, reply.Code);
        var open = (await run.Client.GetAsync("/fapi/v1/openAlgoOrders")).Body;
        Assert.Equal(code == 0 ? 1 : 0, open.GetArrayLength());
    }

    [Fact]
    public async Task Without_a_price_nothing_is_traded()
    {
        await using var run = await AccountRun.StartAsync();
        Assert.Equal(-4131, (await run.Client.LimitAsync("a", "49000")).Code);
    }

    [Fact]
    public async Task A_client_id_is_free_again_once_its_order_is_done()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        Assert.Equal(0, (await run.Client.LimitAsync("twice", "49000")).Code);
        var second = await run.Client.LimitAsync("twice", "48000");
        Assert.Equal((-4116, "ClientOrderId is duplicated."), (second.Code, second.Text("msg")));
        Assert.Equal(1, await run.AcceptedAsync("twice"));
        await run.Client.DeleteAsync(SignedClient.Orders, "symbol=BTCUSDT&origClientOrderId=twice");
        Assert.Equal(0, (await run.Client.LimitAsync("twice", "48000")).Code);
        Assert.Equal(2, await run.AcceptedAsync("twice"));
    }

    [Fact]
    public async Task Unknown_orders_are_told_apart_by_what_was_asked()
    {
        await using var run = await AccountRun.StartAsync();
        const string Unknown = "symbol=BTCUSDT&origClientOrderId=nobody";
        Assert.Equal(-2013, (await run.Client.GetAsync(SignedClient.Orders, Unknown)).Code);
        Assert.Equal(-2011, (await run.Client.DeleteAsync(SignedClient.Orders, Unknown)).Code);
        Assert.Equal(-2013, (await run.Client.GetAsync("/fapi/v1/openOrder", Unknown)).Code);
        Assert.Equal(-2013, (await run.Client.PutAsync(
            SignedClient.Orders, Unknown + "&side=BUY&quantity=0.01&price=49000")).Code);
        Assert.Equal(-2013, (await run.Client.GetAsync(SignedClient.Algos, "clientAlgoId=nobody")).Code);
        Assert.Equal(-2011, (await run.Client.DeleteAsync(SignedClient.Algos, "clientAlgoId=nobody")).Code);
        Assert.Equal(-1102, (await run.Client.GetAsync(SignedClient.Orders, "symbol=BTCUSDT")).Code);
        Assert.Equal(-1102, (await run.Client.DeleteAsync(SignedClient.Algos, "symbol=BTCUSDT")).Code);
    }

    [Fact]
    public async Task A_test_order_is_checked_and_forgotten()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        Assert.Equal(HttpStatusCode.OK, (await run.Client.PostAsync("/fapi/v1/order/test", Limit)).Status);
        Assert.Equal(-4164, (await run.Client.PostAsync(
            "/fapi/v1/order/test", Limit.Replace("0.01", "0.001"))).Code);
        Assert.Empty((await run.Client.GetAsync("/fapi/v1/openOrders")).Body.EnumerateArray());
        Assert.Empty((await run.Client.GetAsync("/fapi/v1/allOrders", "symbol=BTCUSDT")).Body.EnumerateArray());
    }

    [Fact]
    public async Task An_unknown_address_is_not_found()
    {
        await using var run = await AccountRun.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await run.Client.GetAsync("/fapi/v1/nothing")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await run.Client.PutAsync("/fapi/v1/leverage", "a=b")).Status);
    }
}
