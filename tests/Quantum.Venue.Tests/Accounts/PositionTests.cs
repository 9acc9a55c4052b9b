using System.Net;
using Quantum.Testing;
using Quantum.Venue.Tests.Market;
using Quantum.Venue.Wire;

namespace Quantum.Venue.Tests.Accounts;

/// <summary>Leverage, margin, funding and liquidation as a client sees them.</summary>
public sealed class PositionTests
{
    [Fact]
    public async Task Leverage_is_set_told_and_kept_within_the_symbols()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await using var stream = await run.ListenAsync();
        var set = await run.Client.PostAsync("/fapi/v1/leverage", "symbol=BTCUSDT&leverage=50");
        Assert.Equal((50, "1000000"), (set.Body.GetProperty("leverage").GetInt32(), set.Text("maxNotionalValue")));
        var told = (await stream.EventAsync("ACCOUNT_CONFIG_UPDATE")).GetProperty("ac");
        Assert.Equal(("BTCUSDT", 50), (told.Text("s"), told.GetProperty("l").GetInt32()));
        Assert.Equal(-4028, (await run.Client.PostAsync("/fapi/v1/leverage", "symbol=BTCUSDT&leverage=126")).Code);
        Assert.Equal(-1102, (await run.Client.PostAsync("/fapi/v1/leverage", "symbol=BTCUSDT")).Code);
        var config = (await run.Client.GetAsync("/fapi/v1/symbolConfig", "symbol=BTCUSDT")).Body[0];
        Assert.Equal((50, "CROSSED"), (config.GetProperty("leverage").GetInt32(), config.Text("marginType")));
        await run.Client.MarketAsync("in", "0.1");
        run.Tick(50_000);
        var held = Assert.Single((await run.Client.GetAsync("/fapi/v3/positionRisk")).Body.EnumerateArray());
        Assert.Equal(100m, held.Number("positionInitialMargin"));
    }

    [Fact]
    public async Task The_margin_type_changes_while_nothing_is_open()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        const string Path = "/fapi/v1/marginType";
        Assert.Equal(-4046, (await run.Client.PostAsync(Path, "symbol=BTCUSDT&marginType=CROSSED")).Code);
        Assert.Equal(200, (await run.Client.PostAsync(Path, "symbol=BTCUSDT&marginType=ISOLATED")).Code);
        Assert.Equal(-4046, (await run.Client.PostAsync(Path, "symbol=BTCUSDT&marginType=ISOLATED")).Code);
        await run.Client.LimitAsync("open", "49000");
        Assert.Equal(-4047, (await run.Client.PostAsync(Path, "symbol=BTCUSDT&marginType=CROSSED")).Code);
        run.Tick(48_900);
        Assert.Equal(-4048, (await run.Client.PostAsync(Path, "symbol=BTCUSDT&marginType=CROSSED")).Code);
        Assert.Equal(-4161, (await run.Client.PostAsync("/fapi/v1/leverage", "symbol=BTCUSDT&leverage=5")).Code);
    }

    [Fact]
    public async Task Margin_moves_into_and_out_of_an_isolated_position()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        const string Path = "/fapi/v1/positionMargin";
        Assert.Equal(-4054, (await run.Client.PostAsync(Path, "symbol=BTCUSDT&amount=10&type=1")).Code);
        await run.Client.PostAsync("/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED");
        await run.Client.MarketAsync("in", "0.1");
        run.Tick(50_000);
        Assert.Equal(200, (await run.Client.PostAsync(Path, "symbol=BTCUSDT&amount=100&type=1")).Code);
        var held = Assert.Single((await run.Client.GetAsync("/fapi/v3/positionRisk")).Body.EnumerateArray());
        Assert.Equal(600m, held.Number("isolatedWallet"));
        Assert.Equal(200, (await run.Client.PostAsync(Path, "symbol=BTCUSDT&amount=50&type=2")).Code);
        Assert.Equal(-4051, (await run.Client.PostAsync(Path, "symbol=BTCUSDT&amount=500&type=2")).Code);
        Assert.Equal(-4050, (await run.Client.PostAsync(Path, "symbol=BTCUSDT&amount=50000&type=1")).Code);
        var moves = (await run.Client.GetAsync(Path + "/history", "symbol=BTCUSDT")).Body;
        Assert.Equal(["100", "50"], moves.EnumerateArray().Select(move => move.Text("amount")));
        var wallet = (await run.Client.GetAsync("/fapi/v3/account")).Body;
        Assert.Equal(wallet.Number("totalWalletBalance") - 550, wallet.Number("totalCrossWalletBalance"));
    }

    [Fact]
    public async Task Only_the_one_way_and_single_asset_modes_exist()
    {
        await using var run = await AccountRun.StartAsync();
        var mode = (await run.Client.GetAsync("/fapi/v1/positionSide/dual")).Body;
        Assert.False(mode.GetProperty("dualSidePosition").GetBoolean());
        Assert.Equal(-4059, (await run.Client.PostAsync("/fapi/v1/positionSide/dual", "dualSidePosition=false")).Code);
        var hedge = await run.Client.PostAsync("/fapi/v1/positionSide/dual", "dualSidePosition=true");
        Assert.Equal((-4084, HttpStatusCode.BadRequest), (hedge.Code, hedge.Status));
        Assert.Equal(-4171, (await run.Client.PostAsync("/fapi/v1/multiAssetsMargin", "multiAssetsMargin=false")).Code);
        Assert.Equal(-1102, (await run.Client.PostAsync("/fapi/v1/multiAssetsMargin", "a=b")).Code);
    }

    [Fact]
    public async Task Funding_is_paid_at_its_time_and_told_without_a_position()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        var dueMs = run.Time.Ms + 60_000;
        run.Mark(50_000, 0.0001, dueMs);
        await run.Client.MarketAsync("in", "0.1");
        run.Tick(50_000);
        await using var stream = await run.ListenAsync();
        run.Time.Advance(60_000);
        run.Mark(50_000, 0.0001, dueMs + 28_800_000);
        var told = (await stream.EventAsync("ACCOUNT_UPDATE")).GetProperty("a");
        Assert.Equal(("FUNDING_FEE", -0.5m, 0), (told.Text("m"), told.GetProperty("B")[0].Number("bc"),
            told.GetProperty("P").GetArrayLength()));
        var income = (await run.Client.GetAsync("/fapi/v1/income", "incomeType=FUNDING_FEE")).Body;
        Assert.Equal(-0.5m, Assert.Single(income.EnumerateArray()).Number("income"));
    }

    [Fact]
    public async Task A_liquidation_is_warned_of_and_told_as_an_order_of_the_exchange()
    {
        await using var run = await AccountRun.StartAsync(rules => rules with { StartBalanceUsd = 1_000 });
        run.Tick(50_000);
        run.Mark(50_000);
        await run.Client.MarketAsync("in", "0.15");
        run.Tick(50_000);
        await run.Client.LimitAsync("rest", "43000", "0.005");
        await using var stream = await run.ListenAsync();
        run.Mark(43_550);
        var call = await stream.EventAsync("MARGIN_CALL");
        Assert.Equal(("BTCUSDT", 0.15m), (call.GetProperty("p")[0].Text("s"), call.GetProperty("p")[0].Number("pa")));
        run.Mark(43_540);
        run.Mark(43_400.12345678m);
        Assert.Equal(
            ["ORDER_TRADE_UPDATE CANCELED CANCELED", "ORDER_TRADE_UPDATE NEW NEW", "ACCOUNT_UPDATE ORDER"],
            await stream.NextAsync(3));
        var trade = (await stream.NextAsync())!.Value.GetProperty("o");
        Assert.StartsWith("autoclose-", trade.Text("c"));
        Assert.Equal(("LIQUIDATION", "TRADE", "FILLED", "SELL", 0.15m), (trade.Text("o"), trade.Text("x"),
            trade.Text("X"), trade.Text("S"), trade.Number("l")));
        // It is closed at the mark, which lies on no tick: nothing of the price is lost.
        var fills = (await run.Client.GetAsync("/fapi/v1/userTrades", "symbol=BTCUSDT")).Body.EnumerateArray().ToList();
        Assert.Equal(("43400.12345678", "43400.12345678"), (trade.Text("L"), fills[^1].Text("price")));
        var forced = (await run.Client.GetAsync("/fapi/v1/forceOrders", "symbol=BTCUSDT")).Body;
        Assert.Equal(trade.Text("c"), Assert.Single(forced.EnumerateArray()).Text("clientOrderId"));
        Assert.Empty((await run.Client.GetAsync("/fapi/v3/positionRisk")).Body.EnumerateArray());
        var balance = (await run.Client.GetAsync("/fapi/v3/balance")).Body[0];
        Assert.True(balance.Number("balance") < 20, balance.ToString());
    }

    [Fact]
    public async Task Everybody_hears_of_a_liquidation_and_of_a_symbol_the_latest_of_each_second()
    {
        await using var run = await AccountRun.StartAsync(rules => rules with { StartBalanceUsd = 1_000 });
        await run.Core.Loop.Ask(() => run.Core.Streams.GroupOf = stream =>
            stream.Contains("forceOrder", StringComparison.Ordinal) ? StreamGroup.Market : null);
        await run.AdminAsync(
            HttpMethod.Post, "/admin/accounts", new { key = "Key2", secret = "S2", balanceUsd = 1_000 });
        var other = new SignedClient(run.Address, "Key2", "S2", run.Time);
        await using var symbol = await SocketClient.ConnectAsync(run.Address, "/market/ws/btcusdt@forceOrder");
        await using var all = await SocketClient.ConnectAsync(run.Address, "/market/stream?streams=!forceOrder@arr");
        foreach (var stream in (string[])["btcusdt@forceOrder", "!forceOrder@arr"])
            await Eventually.TrueAsync(() => run.Core.Loop.Ask(() => run.Core.Streams.IsHeard(stream)));
        run.Tick(50_000);
        run.Mark(50_000);
        await run.Client.MarketAsync("in", "0.15");
        await other.MarketAsync("in", "0.12");
        run.Tick(50_000);
        run.Mark(43_400);
        var told = (await symbol.NextAsync())!.Value;
        var wrapped = (await all.NextAsync())!.Value;
        Assert.Equal("!forceOrder@arr", wrapped.Text("stream"));
        Assert.Equal(told.GetRawText(), wrapped.GetProperty("data").GetRawText());
        Assert.Equal("forceOrder", told.Text("e"));
        var order = told.GetProperty("o");
        Assert.Equal(
            ["s", "S", "o", "f", "q", "p", "ap", "X", "l", "z", "T"],
            order.EnumerateObject().Select(part => part.Name));
        Assert.Equal(("BTCUSDT", "SELL", "LIMIT", "IOC", "FILLED"), (
            order.Text("s"), order.Text("S"), order.Text("o"), order.Text("f"), order.Text("X")));
        Assert.Equal((0.15m, 0.15m, 0.15m), (order.Number("q"), order.Number("l"), order.Number("z")));
        run.Mark(41_000);
        Assert.Empty(symbol.Rest());
        run.Time.Advance(1_000);
        Assert.Equal(0.12m, (await symbol.NextAsync())!.Value.GetProperty("o").Number("q"));
        run.Time.Advance(5_000);
        run.Mark(41_000);
        Assert.Empty(symbol.Rest());
    }

    [Fact]
    public async Task An_auto_deleveraging_has_its_own_client_id()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await run.Client.MarketAsync("in");
        run.Tick(50_000);
        await using var stream = await run.ListenAsync();
        await run.AdminAsync(HttpMethod.Post, "/admin/adl", new { symbol = "BTCUSDT" });
        run.Tick(50_000);
        Assert.Equal("ORDER_TRADE_UPDATE NEW NEW", (await stream.NextAsync(1))[0]);
        var closed = (await stream.EventAsync("ORDER_TRADE_UPDATE")).GetProperty("o");
        Assert.Equal(("adl_autoclose", "CALCULATED", "FILLED"), (closed.Text("c"), closed.Text("x"),
            closed.Text("X")));
        var forced = (await run.Client.GetAsync("/fapi/v1/forceOrders", "autoCloseType=ADL")).Body;
        Assert.Single(forced.EnumerateArray());
        Assert.Empty((await run.Client.GetAsync("/fapi/v1/forceOrders", "autoCloseType=LIQUIDATION")).Body
            .EnumerateArray());
    }

    [Fact]
    public async Task The_figures_of_all_versions_agree()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await run.Client.MarketAsync("in", "0.1");
        run.Tick(50_000);
        await run.Client.LimitAsync("rest", "49000", "0.1");
        run.Mark(50_500);
        var account = (await run.Client.GetAsync("/fapi/v3/account")).Body;
        Assert.Equal((9_997.5m, 50m, 505m, 490m), (account.Number("totalWalletBalance"),
            account.Number("totalUnrealizedProfit"), account.Number("totalPositionInitialMargin"),
            account.Number("totalOpenOrderInitialMargin")));
        Assert.Equal(10_047.5m - 505 - 490, account.Number("availableBalance"));
        var old = (await run.Client.GetAsync("/fapi/v2/account")).Body;
        Assert.Equal(account.Number("availableBalance"), old.Number("availableBalance"));
        Assert.Equal("10", old.GetProperty("positions")[0].Text("leverage"));
        var risk = (await run.Client.GetAsync("/fapi/v2/positionRisk", "symbol=BTCUSDT")).Body[0];
        Assert.Equal((0.1m, 50_000m, 50m, "cross"), (risk.Number("positionAmt"), risk.Number("entryPrice"),
            risk.Number("unRealizedProfit"), risk.Text("marginType")));
        Assert.Equal(2, (await run.Client.GetAsync("/fapi/v2/positionRisk")).Body.GetArrayLength());
        Assert.Equal(50_025m, risk.Number("breakEvenPrice"));
        var bracket = (await run.Client.GetAsync("/fapi/v1/leverageBracket", "symbol=BTCUSDT")).Body[0]
            .GetProperty("brackets")[1];
        Assert.Equal((50, 300_000m, 1_800m), (bracket.GetProperty("initialLeverage").GetInt32(),
            bracket.GetProperty("notionalFloor").GetDecimal(), bracket.GetProperty("cum").GetDecimal()));
        var burn = (await run.Client.GetAsync("/fapi/v1/feeBurn")).Body;
        Assert.False(burn.GetProperty("feeBurn").GetBoolean());
        var fee = await run.Client.GetAsync("/fapi/v1/commissionRate", "symbol=BTCUSDT");
        Assert.Equal(("0.0002", "0.0005"), (fee.Text("makerCommissionRate"), fee.Text("takerCommissionRate")));
    }
}
