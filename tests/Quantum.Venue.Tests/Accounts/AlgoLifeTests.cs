using System.Net;
using System.Text.Json;

namespace Quantum.Venue.Tests.Accounts;

/// <summary>The life of conditional orders, and what the user stream tells of it.</summary>
public sealed class AlgoLifeTests
{
    private const string Stop = "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&quantity=0.01"
        + "&triggerPrice=49000&clientAlgoId=stop";

    [Fact]
    public async Task A_stop_waits_and_is_cancelled()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await using var stream = await run.ListenAsync();
        var placed = await run.Client.PostAsync(SignedClient.Algos, Stop);
        Assert.Equal(("stop", "NEW", "STOP_MARKET", "49000.0", "CONTRACT_PRICE"), (placed.Text("clientAlgoId"),
            placed.Text("algoStatus"), placed.Text("orderType"), placed.Text("triggerPrice"),
            placed.Text("workingType")));
        Assert.Equal(-4116, (await run.Client.PostAsync(SignedClient.Algos, Stop)).Code);
        Assert.Empty((await run.Client.GetAsync("/fapi/v1/openOrders")).Body.EnumerateArray());
        var cancelled = await run.Client.DeleteAsync(SignedClient.Algos, "clientAlgoId=stop");
        Assert.Equal(("200", "success"), (cancelled.Text("code"), cancelled.Text("msg")));
        Assert.Equal(-2011, (await run.Client.DeleteAsync(SignedClient.Algos, "clientAlgoId=stop")).Code);
        var id = placed.Body.GetProperty("algoId").GetInt64();
        Assert.Equal("CANCELED", (await run.Client.GetAsync(SignedClient.Algos, $"algoId={id}")).Text("algoStatus"));
        Assert.Equal(["ALGO_UPDATE NEW", "ALGO_UPDATE CANCELED"], await stream.NextAsync(2));
    }

    [Fact]
    public async Task A_stop_that_closes_the_position_goes_through_all_its_states()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await run.Client.MarketAsync("in");
        run.Tick(50_000);
        await using var stream = await run.ListenAsync();
        await run.Client.PostAsync(SignedClient.Algos, "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL"
            + "&type=STOP_MARKET&closePosition=true&triggerPrice=49000&clientAlgoId=close");
        run.Tick(49_500);
        run.Tick(48_990);
        var frames = new List<JsonElement>();
        while (frames.Count < 8) frames.Add((await stream.NextAsync())!.Value);
        Assert.Equal(
            ["ALGO_UPDATE", "ALGO_UPDATE", "ALGO_UPDATE", "ORDER_TRADE_UPDATE", "TRADE_LITE", "ACCOUNT_UPDATE",
                "ORDER_TRADE_UPDATE", "ALGO_UPDATE"],
            frames.Select(frame => frame.Text("e")));
        var algos = frames.Where(frame => frame.Text("e") == "ALGO_UPDATE").Select(frame => frame.GetProperty("o"));
        Assert.Equal(["NEW", "TRIGGERING", "TRIGGERED", "FINISHED"], algos.Select(order => order.Text("X")));
        var trade = frames[6].GetProperty("o");
        Assert.Equal(("close", "MARKET", "STOP_MARKET", "FILLED", 49_000m, 48_990m, true), (trade.Text("c"),
            trade.Text("o"), trade.Text("ot"), trade.Text("X"), trade.Number("sp"), trade.Number("ap"),
            trade.GetProperty("cp").GetBoolean()));
        var finished = frames[7].GetProperty("o");
        Assert.Equal((trade.GetProperty("i").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture),
            0.01m, 48_990m), (finished.Text("ai"), finished.Number("aq"), finished.Number("ap")));
        Assert.Empty((await run.Client.GetAsync("/fapi/v3/positionRisk")).Body.EnumerateArray());
        var queried = await run.Client.GetAsync(SignedClient.Algos, "clientAlgoId=close");
        Assert.Equal(("FINISHED", finished.Text("ai")), (queried.Text("algoStatus"), queried.Text("actualOrderId")));
        var actual = await run.Client.GetAsync(SignedClient.Orders, $"symbol=BTCUSDT&orderId={finished.Text("ai")}");
        Assert.Equal("FILLED", actual.Text("status"));
    }

    [Fact]
    public async Task A_stop_by_the_mark_waits_for_the_mark()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        run.Mark(50_000);
        await run.Client.PostAsync(SignedClient.Algos, Stop + "&workingType=MARK_PRICE");
        run.Tick(48_000);
        Assert.Equal("NEW", (await run.Client.GetAsync(SignedClient.Algos, "clientAlgoId=stop")).Text("algoStatus"));
        run.Mark(48_900);
        Assert.Equal("TRIGGERED",
            (await run.Client.GetAsync(SignedClient.Algos, "clientAlgoId=stop")).Text("algoStatus"));
        run.Tick(48_000);
        Assert.Equal("FINISHED",
            (await run.Client.GetAsync(SignedClient.Algos, "clientAlgoId=stop")).Text("algoStatus"));
    }

    [Fact]
    public async Task A_triggered_limit_rests_as_an_order_of_its_own_and_can_be_cancelled()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await using var stream = await run.ListenAsync();
        await run.Client.PostAsync(SignedClient.Algos, "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP"
            + "&quantity=0.01&triggerPrice=49000&price=49500&clientAlgoId=limit");
        run.Tick(48_900);
        var open = Assert.Single((await run.Client.GetAsync("/fapi/v1/openOrders")).Body.EnumerateArray());
        Assert.Equal(("limit", "LIMIT", "STOP", "49500.0"), (open.Text("clientOrderId"), open.Text("type"),
            open.Text("origType"), open.Text("price")));
        Assert.Empty((await run.Client.GetAsync("/fapi/v1/openAlgoOrders")).Body.EnumerateArray());
        await run.Client.DeleteAsync(SignedClient.Orders, "symbol=BTCUSDT&origClientOrderId=limit");
        Assert.Equal(
            ["ALGO_UPDATE NEW", "ALGO_UPDATE TRIGGERING", "ALGO_UPDATE TRIGGERED", "ORDER_TRADE_UPDATE NEW NEW",
                "ORDER_TRADE_UPDATE CANCELED CANCELED", "ALGO_UPDATE FINISHED"],
            await stream.NextAsync(6));
    }

    [Fact]
    public async Task What_cannot_be_at_its_trigger_is_rejected_with_the_reason()
    {
        await using var run = await AccountRun.StartAsync(rules => rules with { StartBalanceUsd = 100 });
        run.Tick(50_000);
        await using var stream = await run.ListenAsync();
        await run.Client.PostAsync(SignedClient.Algos, Stop.Replace("quantity=0.01", "quantity=0.1"));
        run.Tick(48_990);
        Assert.Equal(["ALGO_UPDATE NEW", "ALGO_UPDATE TRIGGERING"], await stream.NextAsync(2));
        var rejected = (await stream.NextAsync())!.Value.GetProperty("o");
        Assert.Equal(("REJECTED", "Margin is insufficient."), (rejected.Text("X"), rejected.Text("rm")));
        Assert.Empty((await run.Client.GetAsync("/fapi/v1/openAlgoOrders")).Body.EnumerateArray());
    }

    [Fact]
    public async Task What_was_to_close_a_position_expires_with_it()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await run.Client.MarketAsync("in");
        run.Tick(50_000);
        await run.Client.PostAsync(SignedClient.Algos, "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL"
            + "&type=TAKE_PROFIT_MARKET&closePosition=true&triggerPrice=52000&clientAlgoId=profit");
        await run.Client.PostAsync(SignedClient.Orders,
            "symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.01&reduceOnly=true");
        run.Tick(50_000);
        Assert.Equal("EXPIRED",
            (await run.Client.GetAsync(SignedClient.Algos, "clientAlgoId=profit")).Text("algoStatus"));
    }

    [Fact]
    public async Task Conditional_orders_are_listed_and_cancelled_by_symbol()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        foreach (var n in Enumerable.Range(0, 3))
            await run.Client.PostAsync(SignedClient.Algos, Stop.Replace("clientAlgoId=stop", $"clientAlgoId=s{n}"));
        Assert.Equal(3, (await run.Client.GetAsync("/fapi/v1/openAlgoOrders", "symbol=BTCUSDT")).Body.GetArrayLength());
        Assert.Equal(0, (await run.Client.GetAsync("/fapi/v1/openAlgoOrders", "symbol=ETHUSDT")).Body.GetArrayLength());
        var done = await run.Client.DeleteAsync("/fapi/v1/algoOpenOrders", "symbol=BTCUSDT");
        Assert.Equal((HttpStatusCode.OK, 200), (done.Status, done.Code));
        Assert.Equal(0, (await run.Client.GetAsync("/fapi/v1/openAlgoOrders")).Body.GetArrayLength());
        var all = (await run.Client.GetAsync("/fapi/v1/allAlgoOrders", "symbol=BTCUSDT")).Body;
        Assert.Equal(["s0", "s1", "s2"], all.EnumerateArray().Select(row => row.Text("clientAlgoId")));
    }
}
