using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Exchanges.Budget;
using static Quantum.Exchanges.Tests.Binance.StubReplies;

namespace Quantum.Exchanges.Tests.Binance;

public sealed class PlaceTests
{
    [Fact]
    public async Task A_market_order_goes_out_once_under_our_id()
    {
        await using var run = await VenueRun.StartAsync();
        var told = await run.Venue.PlaceAsync(VenueRun.Command(), default);
        var sent = run.Stub.Last(Place);
        Assert.Equal("q1abc", sent["newClientOrderId"]);
        Assert.Equal(("MARKET", "BUY", "0.002", "RESULT"),
            (sent["type"], sent["side"], sent["quantity"], sent["newOrderRespType"]));
        Assert.Equal("100", sent["recvWindow"]);
        Assert.Equal(OrderStatus.Filled, told.Status);
        Assert.Equal((0.002m, 60_000m, "77"), (told.CumulativeQuantity, told.AveragePrice, told.VenueOrderId));
        Assert.Null(told.Fault());
        Assert.Equal((1, 0), (run.Stub.Count(Place), run.Stub.Count(Leverage)));
        Assert.Contains(run.Budget.Told, use => use.WeightMinute == 17);
        Assert.Equal((RequestUrgency.Entry, new RequestCost(0, 1)), Assert.Single(run.Budget.Taken));
    }

    [Theory]
    [InlineData(TimeInForce.Gtx, "GTX")]
    [InlineData(TimeInForce.Ioc, "IOC")]
    [InlineData(TimeInForce.Fok, "FOK")]
    [InlineData(null, "GTC")]
    public async Task A_limit_order_says_how_long_it_lives(TimeInForce? time, string word)
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Place, request => StubAnswer.Ok(Order(request["newClientOrderId"], "NEW", "0", "0")));
        var order = VenueRun.Command(OrderType.Limit) with { TimeInForce = time, ReduceOnly = true };
        var told = await run.Venue.PlaceAsync(order, default);
        var sent = run.Stub.Last(Place);
        Assert.Equal(("LIMIT", "61000", word, "true"),
            (sent["type"], sent["price"], sent["timeInForce"], sent["reduceOnly"]));
        Assert.Equal(OrderStatus.Accepted, told.Status);
        Assert.Equal(RequestUrgency.Exit, Assert.Single(run.Budget.Taken).Urgency);
    }

    [Theory]
    [InlineData("GTX", "0", "gtx_would_take")]
    [InlineData("FOK", "0", "fok_unfilled")]
    [InlineData("IOC", "0.001", null)]
    public async Task What_expired_at_once_says_why(string time, string filled, string? reason)
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Place, Order("q1abc", "EXPIRED", filled, filled == "0" ? "0" : "60000", time: time));
        var told = await run.Venue.PlaceAsync(VenueRun.Command(OrderType.Limit), default);
        Assert.Equal((OrderStatus.Expired, reason), (told.Status, told.ReasonCode));
    }

    [Theory]
    [InlineData(OrderType.StopMarket, "STOP_MARKET", "")]
    [InlineData(OrderType.TakeProfitMarket, "TAKE_PROFIT_MARKET", "")]
    [InlineData(OrderType.StopLimit, "STOP", "61000")]
    [InlineData(OrderType.TakeProfitLimit, "TAKE_PROFIT", "61000")]
    public async Task What_waits_for_a_price_never_goes_to_the_plain_endpoint(
        OrderType type, string word, string price)
    {
        await using var run = await VenueRun.StartAsync();
        var order = VenueRun.Command(type) with { Price = price.Length > 0 ? 61_000m : null };
        var told = await run.Venue.PlaceAsync(order, default);
        var sent = run.Stub.Last(PlaceConditional);
        Assert.Equal((word, "q1abc", "59000", "CONTRACT_PRICE", "true"),
            (sent["type"], sent["clientAlgoId"], sent["triggerPrice"], sent["workingType"], sent["reduceOnly"]));
        Assert.Equal(price, sent["price"]);
        Assert.Equal((OrderStatus.Accepted, "88"), (told.Status, told.VenueOrderId));
        Assert.Equal((0, 1), (run.Stub.Count(Place), run.Stub.Count(PlaceConditional)));
    }

    [Fact]
    public async Task A_stop_that_closes_all_names_no_quantity()
    {
        await using var run = await VenueRun.StartAsync();
        var order = VenueRun.Command(OrderType.StopMarket) with
        {
            ClosePosition = true, TriggerBy = TriggerBy.MarkPrice,
        };
        await run.Venue.PlaceAsync(order, default);
        var sent = run.Stub.Last(PlaceConditional);
        Assert.Equal(("true", "", "", "MARK_PRICE"),
            (sent["closePosition"], sent["quantity"], sent["reduceOnly"], sent["workingType"]));
    }

    [Fact]
    public async Task Leverage_and_margin_are_read_back_before_the_order_and_then_remembered()
    {
        await using var run = await VenueRun.StartAsync();
        var order = VenueRun.Command() with { Leverage = 5 };
        Assert.Equal(OrderStatus.Filled, (await run.Venue.PlaceAsync(order, default)).Status);
        string[] lines = [.. run.Stub.Requests.Select(request => request.Line).Where(line => line != Time)];
        Assert.Equal([MarginType, Leverage, SymbolConfig, Place], lines);
        Assert.Equal("ISOLATED", run.Stub.Last(MarginType)["marginType"]);
        await run.Venue.PlaceAsync(order with { ClientOrderId = "q1next" }, default);
        Assert.Equal((1, 1, 2), (run.Stub.Count(Leverage), run.Stub.Count(SymbolConfig), run.Stub.Count(Place)));
        run.Stub.On(SymbolConfig, Config("ISOLATED", 7));
        await run.Venue.PlaceAsync(order with { ClientOrderId = "q1more", Leverage = 7 }, default);
        Assert.Equal((2, 2), (run.Stub.Count(Leverage), run.Stub.Count(SymbolConfig)));
    }

    [Theory]
    [InlineData("CROSSED", 5, "margin_mode")]
    [InlineData("ISOLATED", 20, "leverage_not_in_force")]
    public async Task Without_the_wanted_leverage_nothing_is_sent(string margin, int leverage, string reason)
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(SymbolConfig, Config(margin, leverage));
        var told = await run.Venue.PlaceAsync(VenueRun.Command() with { Leverage = 5 }, default);
        Assert.Equal((OrderStatus.Rejected, reason), (told.Status, told.ReasonCode));
        Assert.Equal(0, run.Stub.Count(Place));
    }

    [Fact]
    public async Task A_leverage_whose_answer_is_lost_counts_when_it_is_read_back()
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Leverage, StubAnswer.Error(-1007, "unknown", 408));
        Assert.Equal(
            OrderStatus.Filled, (await run.Venue.PlaceAsync(VenueRun.Command() with { Leverage = 5 }, default)).Status);
        run.Stub.On(SymbolConfig, StubAnswer.Error(-1007, "unknown", 408));
        run.Stub.On(Leverage, StubAnswer.Error(-4028));
        var refused = await run.Venue.PlaceAsync(
            VenueRun.Command(id: "q1b") with { Leverage = 500 }, default);
        Assert.Equal((OrderStatus.Rejected, "leverage_not_allowed"), (refused.Status, refused.ReasonCode));
        Assert.Equal(1, run.Stub.Count(Place));
    }

    [Fact]
    public async Task Past_its_deadline_or_without_budget_nothing_is_sent()
    {
        await using var run = await VenueRun.StartAsync();
        var late = await run.Venue.PlaceAsync(VenueRun.Command() with { DeadlineMs = 1 }, default);
        run.Budget.IsClosed = true;
        var held = await run.Venue.PlaceAsync(VenueRun.Command(), default);
        Assert.Equal((OrderStatus.Expired, "deadline"), (late.Status, late.ReasonCode));
        Assert.Equal((OrderStatus.Expired, "rate_limited"), (held.Status, held.ReasonCode));
        Assert.Equal(0, run.Stub.Count(Place));
    }

    [Fact]
    public async Task An_id_that_the_exchange_has_already_tells_the_order_it_made()
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Place, StubAnswer.Error(-4116, "ClientOrderId is duplicated."));
        run.Stub.On(Query, Order("q1abc", "PARTIALLY_FILLED", "0.001", "60000"));
        var told = await run.Venue.PlaceAsync(VenueRun.Command(), default);
        Assert.Equal((OrderStatus.PartiallyFilled, 0.001m), (told.Status, told.CumulativeQuantity));
        run.Stub.On(Query, StubAnswer.Error(-2013));
        Assert.Equal(OrderStatus.Unknown, (await run.Venue.PlaceAsync(VenueRun.Command(), default)).Status);
        Assert.Equal(2, run.Stub.Count(Place));
    }

    [Fact]
    public async Task No_key_is_logged()
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Place, StubAnswer.Error(-2015, "bad key", 401));
        var told = await run.Venue.PlaceAsync(VenueRun.Command(), default);
        Assert.Equal("unauthorized", told.ReasonCode);
        foreach (var secret in (string[])["test-key", "test-secret"])
            Assert.DoesNotContain(run.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
        Assert.Equal("binance custom", VenueRun.SettingsOf(run.Stub).ToString());
    }
}
