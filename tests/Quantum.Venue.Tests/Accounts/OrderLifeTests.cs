using System.Globalization;
using System.Net;
using System.Text.Json;
using Quantum.Testing;

namespace Quantum.Venue.Tests.Accounts;

/// <summary>The life of orders over REST, and what the user stream tells of it.</summary>
public sealed class OrderLifeTests
{
    [Fact]
    public async Task A_limit_order_is_placed_queried_amended_and_cancelled()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await using var stream = await run.ListenAsync();
        var placed = await run.Client.LimitAsync("life", "49000.0");
        Assert.Equal(("NEW", "49000.0", "0.010", "GTC"), (placed.Text("status"), placed.Text("price"),
            placed.Text("origQty"), placed.Text("timeInForce")));
        var id = placed.Body.GetProperty("orderId").GetInt64();
        Assert.True(id > 1L << 53, "ids must not fit a double");
        var queried = await run.Client.GetAsync(SignedClient.Orders, $"symbol=BTCUSDT&orderId={id}");
        Assert.Equal(("life", "NEW", run.Time.Ms), (queried.Text("clientOrderId"), queried.Text("status"),
            queried.Body.GetProperty("time").GetInt64()));
        var amended = await run.Client.PutAsync(
            SignedClient.Orders, $"symbol=BTCUSDT&orderId={id}&side=BUY&quantity=0.02&price=48000");
        Assert.Equal(("48000.0", "0.020", id), (amended.Text("price"), amended.Text("origQty"),
            amended.Body.GetProperty("orderId").GetInt64()));
        Assert.Equal(-5027, (await run.Client.PutAsync(
            SignedClient.Orders, $"symbol=BTCUSDT&orderId={id}&side=BUY&quantity=0.02&price=48000")).Code);
        var cancelled = await run.Client.DeleteAsync(SignedClient.Orders, "symbol=BTCUSDT&origClientOrderId=life");
        Assert.Equal("CANCELED", cancelled.Text("status"));
        Assert.Equal(-2011, (await run.Client.DeleteAsync(
            SignedClient.Orders, "symbol=BTCUSDT&origClientOrderId=life")).Code);
        Assert.Equal(
            ["ORDER_TRADE_UPDATE NEW NEW", "ORDER_TRADE_UPDATE AMENDMENT NEW", "ORDER_TRADE_UPDATE CANCELED CANCELED"],
            await stream.NextAsync(3));
    }

    [Fact]
    public async Task A_refused_amendment_leaves_the_order_as_it_was()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await run.Client.LimitAsync("kept", "49000");
        const string Of = "symbol=BTCUSDT&origClientOrderId=kept";
        Assert.Equal(-2019, (await run.Client.PutAsync(
            SignedClient.Orders, Of + "&side=BUY&quantity=20&price=49000")).Code);
        Assert.Equal(-1117, (await run.Client.PutAsync(
            SignedClient.Orders, Of + "&side=SELL&quantity=0.01&price=49000")).Code);
        var queried = await run.Client.GetAsync(SignedClient.Orders, Of);
        Assert.Equal(("NEW", "0.010", "49000.0"),
            (queried.Text("status"), queried.Text("origQty"), queried.Text("price")));
        run.Tick(48_900);
        Assert.Equal("FILLED", (await run.Client.GetAsync(SignedClient.Orders, Of)).Text("status"));
    }

    [Fact]
    public async Task A_market_order_is_told_short_then_account_then_order()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await using var stream = await run.ListenAsync();
        var placed = await run.Client.MarketAsync("market");
        Assert.Equal("NEW", placed.Text("status"));
        run.Tick(50_100);
        var isNew = await stream.EventAsync("ORDER_TRADE_UPDATE");
        Assert.Equal("NEW", isNew.GetProperty("o").Text("x"));
        var lite = await stream.NextAsync();
        Assert.Equal(("TRADE_LITE", 50_100m, 0.01m), (lite!.Value.Text("e"), lite.Value.Number("L"),
            lite.Value.Number("l")));
        var account = (await stream.NextAsync())!.Value.GetProperty("a");
        var (balance, position) = (account.GetProperty("B")[0], account.GetProperty("P")[0]);
        // 501 USD at the taker's 5 bps.
        Assert.Equal(("ORDER", 10_000m - 0.2505m), (account.Text("m"), balance.Number("wb")));
        Assert.Equal((0.01m, 50_100m, "cross"), (position.Number("pa"), position.Number("ep"), position.Text("mt")));
        var trade = (await stream.NextAsync())!.Value.GetProperty("o");
        Assert.Equal(("TRADE", "FILLED", 0.01m, 50_100m, 0.2505m), (trade.Text("x"), trade.Text("X"),
            trade.Number("z"), trade.Number("ap"), trade.Number("n")));
        Assert.Equal(lite.Value.GetProperty("t").GetInt64(), trade.GetProperty("t").GetInt64());
    }

    [Fact]
    public async Task Closing_realises_what_was_won_less_fees()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await run.Client.MarketAsync("in");
        run.Tick(50_000);
        await run.Client.MarketAsync("out", side: "SELL");
        run.Tick(51_000);
        var fills = (await run.Client.GetAsync("/fapi/v1/userTrades", "symbol=BTCUSDT")).Body;
        Assert.Equal([0m, 10m], fills.EnumerateArray().Select(fill => fill.Number("realizedPnl")));
        Assert.Equal([0.25m, 0.255m], fills.EnumerateArray().Select(fill => fill.Number("commission")));
        var income = (await run.Client.GetAsync("/fapi/v1/income")).Body;
        Assert.Equal(["COMMISSION", "REALIZED_PNL", "COMMISSION"],
            income.EnumerateArray().Select(row => row.Text("incomeType")));
        var balance = (await run.Client.GetAsync("/fapi/v3/balance")).Body[0];
        Assert.Equal(10_009.495m, balance.Number("balance"));
        Assert.Equal(10_009.495m, balance.Number("availableBalance"));
        Assert.Empty((await run.Client.GetAsync("/fapi/v3/positionRisk")).Body.EnumerateArray());
    }

    [Fact]
    public async Task An_order_larger_than_the_market_is_filled_in_parts()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000, 0.004m);
        await using var stream = await run.ListenAsync();
        await run.Client.MarketAsync("parts", "0.010");
        run.Tick(50_000, 0.003m);
        Assert.Equal("PARTIALLY_FILLED", (await run.Client.GetAsync(
            SignedClient.Orders, "symbol=BTCUSDT&origClientOrderId=parts")).Text("status"));
        run.Tick(50_010, 0.5m);
        var queried = await run.Client.GetAsync(SignedClient.Orders, "symbol=BTCUSDT&origClientOrderId=parts");
        Assert.Equal(("FILLED", "0.010", "50003.00000"), (queried.Text("status"), queried.Text("executedQty"),
            queried.Text("avgPrice")));
        string[] fill = ["TRADE_LITE", "ACCOUNT_UPDATE ORDER"];
        Assert.Equal(
            ["ORDER_TRADE_UPDATE NEW NEW", .. fill, "ORDER_TRADE_UPDATE TRADE PARTIALLY_FILLED", .. fill,
                "ORDER_TRADE_UPDATE TRADE FILLED"],
            await stream.NextAsync(7));
    }

    [Theory]
    [InlineData(0.1, 50_000.0, 50_000.1, 0.002, "50000.03333")]
    [InlineData(0.0000001, 0.0000123, 0.0000132, 7_000_000, "0.00001257")]
    public async Task An_average_is_told_to_five_digits_and_to_one_more_than_a_finer_tick(
        double tick, double first, double second, double half, string average)
    {
        var (part, whole) = tick < 0.01 ? ((decimal)half, 10_000_000m) : ((decimal)half, 0.003m);
        await using var run = await AccountRun.StartAsync(filter: known => known with
        {
            TickSize = (decimal)tick, MaxQuantity = 100_000_000, MaxMarketQuantity = 100_000_000, MinNotionalUsd = 50,
        });
        run.Tick((decimal)first, part / 2);
        await using var stream = await run.ListenAsync();
        Assert.Equal(0, (await run.Client.MarketAsync("fine", whole.ToString(CultureInfo.InvariantCulture))).Code);
        run.Tick((decimal)first, part / 2);
        run.Tick((decimal)second, 100_000_000);
        var queried = await run.Client.GetAsync(SignedClient.Orders, "symbol=BTCUSDT&origClientOrderId=fine");
        Assert.Equal(("FILLED", average), (queried.Text("status"), queried.Text("avgPrice")));
        var filled = await stream.HearAsync(frame => frame.TryGetProperty("o", out var order)
            && order.Text("X") == "FILLED");
        Assert.Equal(average, filled.GetProperty("o").Text("ap"));
    }

    [Fact]
    public async Task A_reply_with_the_result_waits_for_it_and_no_longer_than_the_venue_does()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        const string Order = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&newOrderRespType=RESULT";
        var filled = run.Client.PostAsync(SignedClient.Orders, Order + "&newClientOrderId=first");
        await Eventually.TrueAsync(async () => await run.AcceptedAsync("first") == 1);
        Assert.False(filled.IsCompleted);
        run.Tick(50_000);
        Assert.Equal("FILLED", (await filled).Text("status"));
        var unfilled = run.Client.PostAsync(SignedClient.Orders, Order + "&newClientOrderId=second");
        await Eventually.TrueAsync(async () => await run.AcceptedAsync("second") == 1);
        run.Time.Advance(run.Core.Options.ResultWaitMs);
        Assert.Equal("NEW", (await unfilled).Text("status"));
    }

    [Fact]
    public async Task A_batch_answers_each_of_its_orders()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        object Row(string clientId, string price) => new
        {
            symbol = "BTCUSDT", side = "BUY", type = "LIMIT", timeInForce = "GTC", quantity = "0.01", price,
            newClientOrderId = clientId,
        };
        var rows = JsonSerializer.Serialize(new[] { Row("b1", "49000"), Row("b1", "48000"), Row("b2", "48000") });
        var reply = await run.Client.PostAsync(
            "/fapi/v1/batchOrders", "batchOrders=" + Uri.EscapeDataString(rows));
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("b1", reply.Body[0].Text("clientOrderId"));
        Assert.Equal(-4116, reply.Body[1].GetProperty("code").GetInt32());
        Assert.Equal("b2", reply.Body[2].Text("clientOrderId"));
        var names = Uri.EscapeDataString("""["b1","nobody","b2"]""");
        var cancelled = await run.Client.DeleteAsync(
            "/fapi/v1/batchOrders", $"symbol=BTCUSDT&origClientOrderIdList={names}");
        Assert.Equal("CANCELED", cancelled.Body[0].Text("status"));
        Assert.Equal(-2011, cancelled.Body[1].GetProperty("code").GetInt32());
        var small = Uri.EscapeDataString($"[{reply.Body[0].GetProperty("orderId").GetInt64()},1]");
        var gone = await run.Client.DeleteAsync("/fapi/v1/batchOrders", $"symbol=BTCUSDT&orderidlist={small}");
        Assert.Equal([-2011, -2011], gone.Body.EnumerateArray().Select(row => row.GetProperty("code").GetInt32()));
        var many = JsonSerializer.Serialize(Enumerable.Range(0, 6).Select(n => Row($"n{n}", "49000")));
        Assert.Equal(-4082, (await run.Client.PostAsync(
            "/fapi/v1/batchOrders", "batchOrders=" + Uri.EscapeDataString(many))).Code);
        Assert.Equal(-1102, (await run.Client.PostAsync("/fapi/v1/batchOrders", "batchOrders=x")).Code);
    }

    [Fact]
    public async Task Orders_are_listed_and_cancelled_by_symbol()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        run.Tick(3_000, symbol: AccountRun.Eth);
        foreach (var n in Enumerable.Range(0, 3)) await run.Client.LimitAsync($"o{n}", "49000");
        await run.Client.PostAsync(SignedClient.Orders,
            "symbol=ETHUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.1&price=2900&newClientOrderId=eth");
        Assert.Equal(4, (await run.Client.GetAsync("/fapi/v1/openOrders")).Body.GetArrayLength());
        Assert.Equal(200, (await run.Client.DeleteAsync("/fapi/v1/allOpenOrders", "symbol=BTCUSDT")).Code);
        var open = (await run.Client.GetAsync("/fapi/v1/openOrders")).Body;
        Assert.Equal("eth", Assert.Single(open.EnumerateArray()).Text("clientOrderId"));
        var last = (await run.Client.GetAsync("/fapi/v1/allOrders", "symbol=BTCUSDT&limit=2")).Body;
        Assert.Equal(["o1", "o2"], last.EnumerateArray().Select(row => row.Text("clientOrderId")));
        var from = last[0].GetProperty("orderId").GetInt64();
        var next = (await run.Client.GetAsync("/fapi/v1/allOrders", $"symbol=BTCUSDT&orderId={from}&limit=1")).Body;
        Assert.Equal("o1", Assert.Single(next.EnumerateArray()).Text("clientOrderId"));
    }

    [Fact]
    public async Task A_dead_mans_switch_cancels_when_its_time_comes_and_not_when_it_was_turned_off()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await run.Client.LimitAsync("held", "49000");
        const string Path = "/fapi/v1/countdownCancelAll";
        await run.Client.PostAsync(Path, "symbol=BTCUSDT&countdownTime=30000");
        await run.Client.PostAsync(Path, "symbol=BTCUSDT&countdownTime=0");
        run.Time.Advance(31_000);
        Assert.Equal(1, (await run.Client.GetAsync("/fapi/v1/openOrders")).Body.GetArrayLength());
        var set = await run.Client.PostAsync(Path, "symbol=BTCUSDT&countdownTime=30000");
        Assert.Equal("30000", set.Text("countdownTime"));
        run.Time.Advance(30_000);
        await Eventually.TrueAsync(async () =>
            (await run.Client.GetAsync("/fapi/v1/openOrders")).Body.GetArrayLength() == 0);
    }
}
