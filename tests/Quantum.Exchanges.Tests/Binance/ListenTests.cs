using System.Globalization;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Testing;
using static Quantum.Exchanges.Tests.Binance.StubReplies;

namespace Quantum.Exchanges.Tests.Binance;

/// <summary>The account's stream, from the listen key to what a listener is told.</summary>
public sealed class ListenTests
{
    [Fact]
    public async Task An_order_is_heard_from_acceptance_to_its_last_fill()
    {
        await using var run = await VenueRun.StartAsync();
        run.Listen();
        Assert.Equal("key-1", run.Stub.Subscribed.Single());
        await run.Stub.TellUserAsync(UserFrames.Order("q1abc", "NEW", "NEW"));
        await run.Stub.TellUserAsync(UserFrames.TradeLite("q1abc"));
        await run.Stub.TellUserAsync(
            UserFrames.Order("q1abc", "TRADE", "PARTIALLY_FILLED", "0.001", "0.001", trade: 5));
        await run.Stub.TellUserAsync(
            UserFrames.Order("q1abc", "TRADE", "FILLED", "0.001", "0.002", trade: 6, isMaker: true));
        await run.Stub.TellUserAsync(UserFrames.Position("0.002", "60000"));
        var told = Take(run, 4);
        Assert.Equal([UpdateKind.Order, UpdateKind.Fill, UpdateKind.Fill, UpdateKind.Position],
            told.Select(update => update.Kind));
        Assert.Equal([OrderStatus.Accepted, OrderStatus.PartiallyFilled, OrderStatus.Filled],
            told.Take(3).Select(update => update.Status));
        var last = told[2];
        Assert.Equal(("q1abc", "6", 0.001m, 60_000m, 0.002m, 0.05m, true),
            (last.ClientOrderId, last.VenueTradeId, last.LastFillQuantity, last.LastFillPrice, last.CumulativeQuantity,
                last.FeeUsd, last.IsMaker));
        Assert.Equal((0.002m, 60_000m), (told[3].PositionQuantity, told[3].PositionEntryPrice));
        Assert.All(told, update => Assert.Null(update.Fault()));
        Assert.Empty(run.Heard.Unreadable);
    }

    [Fact]
    public async Task A_fee_in_an_asset_without_a_price_is_loudly_what_a_taker_pays_and_not_nothing()
    {
        await using var run = await VenueRun.StartAsync();
        run.Listen();
        await run.Stub.TellUserAsync(
            UserFrames.Order("q1abc", "TRADE", "FILLED", "0.002", "0.002", trade: 5, fee: "0.0001", feeAsset: "BNB"));
        Assert.Equal(0.002m * 60_000m * 0.0005m, Take(run, 1)[0].FeeUsd);
        Assert.Contains(run.Log.Lines, line => line.Contains("0.0001 BNB", StringComparison.Ordinal));
        await run.Stub.TellUserAsync(
            UserFrames.Order("q1abc", "TRADE", "FILLED", "0.002", "0.002", trade: 6, fee: "0", feeAsset: "BNB"));
        Assert.Equal(0m, Take(run, 2)[1].FeeUsd);
    }

    [Theory]
    [InlineData("autoclose-1234567890", "CALCULATED", "FILLED", "liquidation")]
    [InlineData("adl_autoclose", "TRADE", "FILLED", "adl")]
    [InlineData("settlement_autoclose-99", "TRADE", "FILLED", "settlement")]
    public async Task The_exchanges_own_orders_are_liquidations(
        string clientId, string execution, string status, string reason)
    {
        await using var run = await VenueRun.StartAsync();
        run.Listen();
        await run.Stub.TellUserAsync(UserFrames.Order(clientId, "NEW", "NEW"));
        await run.Stub.TellUserAsync(UserFrames.Order(clientId, execution, status, "0.002", "0.002", trade: 5));
        var told = Take(run, 1)[0];
        Assert.Equal((UpdateKind.Liquidation, reason, (string?)null, Side.Buy, 0.002m),
            (told.Kind, told.ReasonCode, told.ClientOrderId, told.Side, told.LastFillQuantity));
        Assert.Empty(run.Heard.Unreadable);
    }

    [Fact]
    public async Task A_stop_lives_on_in_the_order_that_it_came_to()
    {
        await using var run = await VenueRun.StartAsync();
        run.Listen();
        await run.Stub.TellUserAsync(UserFrames.Algo("q1stop", "NEW"));
        await run.Stub.TellUserAsync(UserFrames.Algo("q1stop", "TRIGGERING"));
        // The order is heard of before the exchange says whose it is.
        await run.Stub.TellUserAsync(UserFrames.Order("venue-made", "NEW", "NEW", id: 4711));
        await run.Stub.TellUserAsync(
            UserFrames.Order("venue-made", "TRADE", "PARTIALLY_FILLED", "0.001", "0.001", trade: 5, id: 4711));
        await run.Stub.TellUserAsync(UserFrames.Algo("q1stop", "TRIGGERED", "4711"));
        await run.Stub.TellUserAsync(
            UserFrames.Order("venue-made", "TRADE", "FILLED", "0.001", "0.002", trade: 6, id: 4711));
        await run.Stub.TellUserAsync(UserFrames.Algo("q1stop", "FINISHED", "4711", "0.002", "60000"));
        Eventually.True(() => run.Heard.Updates.Count(IsFilled) == 2);
        OrderUpdate[] ours = [.. run.Heard.Updates.Where(update => update.ClientOrderId == "q1stop")];
        Assert.Equal(["5", "6"],
            ours.Where(update => update.Kind == UpdateKind.Fill).Select(update => update.VenueTradeId));
        Assert.Equal((OrderStatus.Filled, 0.002m, 60_000m),
            (ours[^1].Status, ours[^1].CumulativeQuantity, ours[^1].AveragePrice));
        Assert.Equal("4711", ours[^1].VenueOrderId);
        Assert.All(ours, update => Assert.Null(update.Fault()));

        static bool IsFilled(OrderUpdate update) =>
            update is { ClientOrderId: "q1stop", Status: OrderStatus.Filled };
    }

    [Theory]
    [InlineData("CANCELED", OrderStatus.Canceled)]
    [InlineData("EXPIRED", OrderStatus.Expired)]
    [InlineData("REJECTED", OrderStatus.Rejected)]
    public async Task A_stop_that_ends_says_how(string word, OrderStatus status)
    {
        await using var run = await VenueRun.StartAsync();
        run.Listen();
        await run.Stub.TellUserAsync(UserFrames.Algo("q1stop", word));
        Assert.Equal((status, "q1stop"), (Take(run, 1)[0].Status, run.Heard.Updates.First().ClientOrderId));
    }

    [Fact]
    public async Task A_trigger_that_is_refused_ends_the_stop_with_the_exchanges_words()
    {
        await using var run = await VenueRun.StartAsync();
        run.Listen();
        await run.Stub.TellUserAsync(UserFrames.Algo("q1stop", "NEW"));
        await run.Stub.TellUserAsync(UserFrames.TriggerReject(88));
        var told = Take(run, 2)[1];
        Assert.Equal((OrderStatus.Rejected, "q1stop", "margin is gone"),
            (told.Status, told.ClientOrderId, told.Reason));
        await run.Stub.TellUserAsync(UserFrames.TriggerReject(99));
        Eventually.True(() => run.Heard.Unreadable.Any(seen => seen.What == "conditional_trigger_reject"));
    }

    [Fact]
    public async Task Funding_of_a_position_with_its_own_margin_is_told_at_once_and_of_others_asked_for()
    {
        await using var run = await VenueRun.StartAsync();
        run.Listen();
        await run.Stub.TellUserAsync(
            UserFrames.Funding(1_700_000_000_000, "-0.25", UserFrames.PositionRow("0.002", "60000")));
        Eventually.True(() => run.Heard.Updates.Any(update => update.Kind == UpdateKind.Funding));
        var isolated = run.Heard.Updates.Single(update => update.Kind == UpdateKind.Funding);
        Assert.Equal((-0.25m, VenueRun.Btc), (isolated.FundingUsd, isolated.Symbol));
        run.Stub.On(Income, """
            [{"symbol":"BTCUSDT","incomeType":"FUNDING_FEE","income":"-0.25","asset":"USDT","info":"FUNDING_FEE",
            "time":1700000000007,"tranId":9689322392,"tradeId":""},
            {"symbol":"ETHUSDT","incomeType":"FUNDING_FEE","income":"0.5","asset":"USDT","info":"FUNDING_FEE",
            "time":1700000000007,"tranId":9689322393,"tradeId":""}]
            """);
        await run.Stub.TellUserAsync(UserFrames.Funding(1_700_000_000_000, "0.25", ""));
        Eventually.True(() => run.Heard.Updates.Count(update => update.Kind == UpdateKind.Funding) == 3);
        var asked = run.Heard.Updates.Where(update => update.Kind == UpdateKind.Funding).Skip(1).ToArray();
        Assert.Equal(["BTCUSDT", "ETHUSDT"], asked.Select(update => update.Symbol.Name));
        // One payment heard of both ways counts once.
        Assert.Equal(isolated.VenueTradeId, asked[0].VenueTradeId);
        Assert.Equal("FUNDING_FEE", run.Stub.Last(Income)["incomeType"]);
    }

    [Fact]
    public async Task Funding_that_no_booking_explains_is_shown()
    {
        await using var run = await VenueRun.StartAsync();
        run.Listen();
        await run.Stub.TellUserAsync(UserFrames.Funding(1_700_000_000_000, "-0.25", ""));
        Eventually.True(() => run.Heard.Unreadable.Any(seen => seen.What == "funding"));
    }

    [Fact]
    public async Task What_is_not_understood_is_shown_by_name_and_the_stream_goes_on()
    {
        await using var run = await VenueRun.StartAsync();
        run.Listen();
        await run.Stub.TellUserAsync("""{"e":"BRAND_NEW_EVENT","E":1700000000000,"x":1}""");
        await run.Stub.TellUserAsync(UserFrames.Order("q1abc", "BRAND_NEW", "NEW"));
        await run.Stub.TellUserAsync(UserFrames.Order("q1abc", "NEW", "BRAND_NEW"));
        await run.Stub.TellUserAsync("""{"e":"ORDER_TRADE_UPDATE","E":1700000000000,"o":"broken"}""");
        await run.Stub.TellUserAsync(UserFrames.Order("q1abc", "CANCELED", "CANCELED"));
        Eventually.True(() => run.Heard.Updates.Any(update => update.Status == OrderStatus.Canceled));
        Eventually.True(() => run.Heard.Unreadable.Count == 4);
        Assert.Contains(run.Heard.Unreadable, seen => seen.What == "event BRAND_NEW_EVENT");
        Assert.Contains(run.Heard.Unreadable, seen => seen.What == "execution_type");
        Assert.Contains(run.Heard.Unreadable, seen => seen.What == "order_update");
        Assert.Equal(2, run.Heard.Updates.Count);
    }

    [Fact]
    public async Task What_is_shown_holds_no_listen_key()
    {
        await using var run = await VenueRun.StartAsync();
        run.Listen();
        var key = new string('k', 64);
        await run.Stub.TellAsync("/private", $$$"""{"stream":"{{{key}}}","data":{"e":"BRAND_NEW_EVENT","E":1}}""");
        Eventually.True(() => !run.Heard.Unreadable.IsEmpty);
        Assert.Contains("(key)", run.Heard.Unreadable.Single().Payload, StringComparison.Ordinal);
        Assert.DoesNotContain(key, run.Heard.Unreadable.Single().Payload, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Log.Lines, line => line.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lost_stream_is_told_and_what_was_set_is_read_again()
    {
        await using var run = await VenueRun.StartAsync();
        run.Listen();
        await run.Venue.PlaceAsync(VenueRun.Command() with { Leverage = 5 }, default);
        run.Stub.DropStreams();
        Eventually.True(() => run.Heard.Connected.Contains("reconnect"));
        Assert.Contains("connection_lost", run.Heard.Lost);
        Eventually.True(() => run.Stub.Count(RenewKey) >= 1);
        await run.Venue.PlaceAsync(VenueRun.Command(id: "q1b") with { Leverage = 5 }, default);
        Assert.Equal((2, 2), (run.Stub.Count(Leverage), run.Stub.Count(SymbolConfig)));
        await run.Stub.TellUserAsync(UserFrames.Order("q1b", "NEW", "NEW"));
        Assert.Equal("q1b", Take(run, 1)[0].ClientOrderId);
    }

    [Fact]
    public async Task A_leverage_changed_elsewhere_is_no_longer_taken_for_granted()
    {
        await using var run = await VenueRun.StartAsync();
        run.Listen();
        await run.Venue.PlaceAsync(VenueRun.Command() with { Leverage = 5 }, default);
        await run.Stub.TellUserAsync(UserFrames.Leverage(5));
        await run.Stub.TellUserAsync(UserFrames.Order("q1mark", "NEW", "NEW"));
        Take(run, 1);
        Assert.Empty(run.Heard.Notices);
        await run.Venue.PlaceAsync(VenueRun.Command(id: "q1b") with { Leverage = 5 }, default);
        Assert.Equal(1, run.Stub.Count(Leverage));
        await run.Stub.TellUserAsync(UserFrames.Leverage(20));
        await run.Stub.TellUserAsync(UserFrames.Order("q1mark2", "NEW", "NEW"));
        Take(run, 2);
        await run.Venue.PlaceAsync(VenueRun.Command(id: "q1c") with { Leverage = 5 }, default);
        Assert.Equal(2, run.Stub.Count(Leverage));
        var notice = Assert.Single(run.Heard.Notices);
        Assert.Equal((FindingCodes.VenueSettings, "BTCUSDT"), (notice.Code, notice.About));
        Assert.Contains("from 5 to 20", notice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_expires_is_replaced()
    {
        await using var run = await VenueRun.StartAsync();
        var keys = 0;
        run.Stub.On(StartKey, _ => StubAnswer.Ok(
            string.Create(CultureInfo.InvariantCulture, $$"""{"listenKey":"key-{{++keys}}"}""")));
        run.Listen();
        await run.Stub.TellUserAsync("""{"e":"listenKeyExpired","E":"1700000000000","listenKey":"key-1"}""");
        Eventually.True(() => run.Heard.Connected.Contains("listen_key_expired"));
        Assert.Contains("listen_key_expired", run.Heard.Lost);
        Assert.Equal(["key-1", "key-2"], run.Stub.Subscribed);
        await run.Stub.TellUserAsync(UserFrames.Order("q1abc", "NEW", "NEW"));
        Assert.Single(Take(run, 1));
    }

    [Fact]
    public async Task A_key_that_cannot_be_renewed_is_replaced()
    {
        await using var run = await VenueRun.StartAsync();
        run.Venue.KeepAliveEvery = TimeSpan.FromMilliseconds(30);
        run.Stub.On(RenewKey, request => request["listenKey"] == "key-1" && run.Stub.Count(RenewKey) == 3
            ? StubAnswer.Error(-1125, "This listenKey does not exist.")
            : StubAnswer.Ok("{}"));
        run.Listen();
        Eventually.True(() => run.Heard.Connected.Contains("listen_key_expired"));
        Assert.True(run.Stub.Count(StartKey) >= 2);
    }

    [Fact]
    public async Task Without_a_key_it_is_tried_again_until_it_works()
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(StartKey, _ => run.Stub.Count(StartKey) < 3
            ? StubAnswer.Error(-1001, "internal", 503)
            : StubAnswer.Ok("""{"listenKey":"key-9"}"""));
        run.Listen();
        Assert.Equal(3, run.Stub.Count(StartKey));
        Assert.Equal(["start"], run.Heard.Connected);
    }

    private static OrderUpdate[] Take(VenueRun run, int count)
    {
        Eventually.True(() => run.Heard.Updates.Count >= count);
        return [.. run.Heard.Updates.Take(count)];
    }
}
