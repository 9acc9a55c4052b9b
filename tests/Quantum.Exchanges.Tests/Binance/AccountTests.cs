using System.Diagnostics;
using System.Globalization;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Exchanges.Budget;
using static Quantum.Exchanges.Tests.Binance.StubReplies;

namespace Quantum.Exchanges.Tests.Binance;

public sealed class AccountTests
{
    private const string Held = """
        [{"symbol":"BTCUSDT","positionSide":"BOTH","positionAmt":"-0.003","entryPrice":"60000","breakEvenPrice":"60000",
        "markPrice":"60100","unRealizedProfit":"0","liquidationPrice":"70000","isolatedMargin":"36","notional":"180",
        "marginAsset":"USDT","isolatedWallet":"36","initialMargin":"36","maintMargin":"1","positionInitialMargin":"36",
        "openOrderInitialMargin":"0","adl":1,"bidNotional":"0","askNotional":"0","updateTime":1700000000000},
        {"symbol":"ETHUSDT","positionSide":"BOTH","positionAmt":"0","entryPrice":"0","breakEvenPrice":"0",
        "markPrice":"0","unRealizedProfit":"0","liquidationPrice":"0","isolatedMargin":"0","notional":"0",
        "marginAsset":"USDT","isolatedWallet":"0","initialMargin":"0","maintMargin":"0","positionInitialMargin":"0",
        "openOrderInitialMargin":"0","adl":0,"bidNotional":"0","askNotional":"0","updateTime":0}]
        """;

    [Fact]
    public async Task The_account_is_read_whole()
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Positions, Held);
        run.Stub.On(OpenOrders, $"[{Order("other", "NEW", "0", "0", 5)}]");
        run.Stub.On(OpenConditional, $"[{Conditional("q1stop", "NEW")}]");
        var state = await run.Venue.ReadAccountAsync(default);
        Assert.Equal((1_050m, 950m), (state.WalletUsd, state.AvailableUsd));
        var position = Assert.Single(state.Positions);
        Assert.Equal(new VenuePosition(VenueRun.Btc, -0.003m, 60_000m, 70_000m, 5, true), position);
        Assert.Equal(["other", "q1stop"], state.Orders.Select(order => order.ClientOrderId));
        var stop = state.Orders[1];
        Assert.Equal((OrderType.StopMarket, Side.Sell, 59_000m, true, "88"),
            (stop.Type, stop.Side, stop.TriggerPrice, stop.ReduceOnly, stop.VenueOrderId));
        Assert.InRange(state.AtMs, DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeMilliseconds(), long.MaxValue);
    }

    [Fact]
    public async Task What_is_not_understood_is_the_same_one_however_its_figures_move()
    {
        await using var run = await VenueRun.StartAsync();
        var strange = Held.Replace("BTCUSDT", "BTC USDT", StringComparison.Ordinal);
        run.Stub.On(Positions, strange);
        run.Stub.On(OpenOrders, $"[{Order("other", "NEW", "0", "0", 5).Replace("MARKET", "BRAND_NEW",
            StringComparison.Ordinal)}]");
        var before = (await run.Venue.ReadAccountAsync(default)).Unread;
        run.Stub.On(Positions, strange.Replace("60100", "60200", StringComparison.Ordinal));
        var after = (await run.Venue.ReadAccountAsync(default)).Unread;
        Assert.Equal(["position BTC USDT", "order 5"], before.Select(unread => unread.Id));
        Assert.Equal(before.Select(unread => unread.Id), after.Select(unread => unread.Id));
        Assert.NotEqual(before[0].Text, after[0].Text);
    }

    [Fact]
    public async Task A_question_without_an_answer_is_asked_again()
    {
        await using var run = await VenueRun.StartAsync();
        var asked = 0;
        run.Stub.On(Positions, _ => ++asked switch
        {
            1 => StubAnswer.Error(-1001, "internal", 503),
            2 => StubAnswer.Error(-1008, "throttled", 503),
            _ => StubAnswer.Ok(Held),
        });
        var state = await run.Venue.ReadAccountAsync(default);
        Assert.Equal(-0.003m, Assert.Single(state.Positions).Quantity);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_reading_of_which_a_third_fails_asks_for_each_part_again_and_ends_in_its_time()
    {
        using var budget = new MemoryRateBudget();
        await using var run = await VenueRun.StartAsync(
            settings => settings with { ReadWithinMs = 30_000, RequestTimeoutMs = 300 },
            budget: budget);
        var asked = 0;
        string[] lines = [Time, AccountConfig, SymbolConfig, Account, OpenOrders, OpenConditional, Positions, Trades];
        StubAnswer[] faults =
        [
            StubAnswer.Error(-1001, "internal", 503), StubAnswer.Error(-1008, "throttled", 503),
            new(StubAnswer.Broken, ""), new(StubAnswer.Silent, ""), new(502, "<html>"),
            StubAnswer.Error(-1003, "too many", 429) with { Headers = [("Retry-After", "1")] },
        ];
        foreach (var line in lines)
        {
            run.Stub.On(line, request =>
            {
                var number = Interlocked.Increment(ref asked);
                return number % 3 == 2 ? faults[number / 3 % faults.Length]
                    : line == Trades ? StubAnswer.Ok("[]") : StubReplies.Usual(request);
            });
        }

        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 2; i++)
        {
            await run.Venue.ReadAccountAsync(default);
            await run.Venue.ReadFillsAsync(
                VenueRun.Btc, DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeMilliseconds(), default);
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"{clock.Elapsed}");
        // Each part as often as it failed and once more: nothing that was answered is asked for again.
        Assert.All(lines[1..7], line => Assert.InRange(run.Stub.Count(line), 2, 5));
    }

    [Fact]
    public async Task A_question_that_was_refused_is_not_asked_again()
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Positions, StubAnswer.Error(-2015, "key", 401));
        await Assert.ThrowsAsync<VenueException>(() => run.Venue.ReadAccountAsync(default).AsTask());
        Assert.Equal(1, run.Stub.Count(Positions));
    }

    [Theory]
    [InlineData(Time)]
    [InlineData(Account)]
    [InlineData(AccountConfig)]
    [InlineData(SymbolConfig)]
    [InlineData(Positions)]
    [InlineData(OpenOrders)]
    [InlineData(OpenConditional)]
    public async Task No_part_stands_for_the_whole(string line)
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(line, StubAnswer.Error(-1001, "internal", 503));
        var fault = await Assert.ThrowsAsync<VenueException>(() => run.Venue.ReadAccountAsync(default).AsTask());
        Assert.Contains("could not be read", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preparing_checks_clock_rights_and_position_mode_and_sets_the_margin()
    {
        await using var run = await VenueRun.StartAsync();
        await run.Venue.PrepareAsync(default);
        Assert.Null(await run.Venue.PrepareSymbolAsync(VenueRun.Btc, default));
        Assert.Equal((1, 1), (run.Stub.Count(MarginType), run.Stub.Count(SymbolConfig)));

        run.Stub.On(AccountConfig, AccountSettings(isHedge: true));
        await FailsAsync(run, "one-way mode", null);
        run.Stub.On(AccountConfig, AccountSettings(canTrade: false));
        await FailsAsync(run, "may not trade", null);
        run.Stub.On(AccountConfig, StubAnswer.Error(-2015, "Invalid API-key", 401));
        await FailsAsync(run, "Binance__ApiKey", -2015);
        run.Stub.On(AccountConfig, AccountSettings());
        run.Stub.On(FeeBurn, """{"feeBurn":true}""");
        await FailsAsync(run, "fees in BNB", null);
        run.Stub.On(FeeBurn, new StubAnswer(503, "<html>no</html>"));
        await FailsAsync(run, "fees in BNB", null);
        run.Stub.On(FeeBurn, StubAnswer.Error(-5000, "Path not found", 404));
        await run.Venue.PrepareAsync(default);
        run.Stub.On(Time, _ => StubAnswer.Ok(string.Create(CultureInfo.InvariantCulture,
            $$"""{"serverTime":{{DateTimeOffset.UtcNow.AddSeconds(-90).ToUnixTimeMilliseconds()}}}""")));
        await FailsAsync(run, "ahead of the exchange's", null);
    }

    // Each symbol by itself: the other one goes on, and so do exits and stops of this one.
    [Theory]
    [InlineData(-4067, "setup_blocked")]
    [InlineData(-4048, "setup_blocked")]
    [InlineData(-4047, "setup_blocked")]
    public async Task A_margin_mode_that_cannot_be_set_stops_the_entries_of_its_symbol_alone(int code, string reason)
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(MarginType, request => request["symbol"] == "BTCUSDT"
            ? StubAnswer.Error(code, "so it stays")
            : StubAnswer.Ok("""{"code":200,"msg":"success"}"""));
        run.Stub.On(SymbolConfig, request => StubAnswer.Ok(request["symbol"] == "BTCUSDT"
            ? Config("CROSSED", 5)
            : Config("ISOLATED", 5).Replace("BTCUSDT", "ETHUSDT", StringComparison.Ordinal)));
        await run.Venue.PrepareAsync(default);
        var notice = await run.Venue.PrepareSymbolAsync(VenueRun.Btc, default);
        Assert.Equal((FindingCodes.EntriesBlocked, "BTCUSDT"), (notice?.Code, notice?.About));
        Assert.Contains(reason, notice!.Text, StringComparison.Ordinal);
        Assert.Contains("IsolatedMargin", notice.Mend, StringComparison.Ordinal);
        var entry = await run.Venue.PlaceAsync(VenueRun.Command() with { Leverage = 5 }, default);
        Assert.Equal((OrderStatus.Rejected, reason), (entry.Status, entry.ReasonCode));
        var exit = VenueRun.Command(id: "q1exit") with { ReduceOnly = true, Purpose = OrderPurpose.Exit, Leverage = 5 };
        Assert.Equal(OrderStatus.Filled, (await run.Venue.PlaceAsync(exit, default)).Status);
        var stop = VenueRun.Command(OrderType.StopMarket, id: "q1stop");
        Assert.Equal(OrderStatus.Accepted, (await run.Venue.PlaceAsync(stop, default)).Status);
        var eth = Symbol.Parse("ETHUSDT");
        Assert.Null(await run.Venue.PrepareSymbolAsync(eth, default));
        var other = VenueRun.Command(id: "q1eth") with { Symbol = eth, Leverage = 5 };
        Assert.Equal(OrderStatus.Filled, (await run.Venue.PlaceAsync(other, default)).Status);
        // What was refused is not sent again before its pause is over.
        Assert.Equal(
            1, run.Stub.Requests.Count(request => request.Line == MarginType && request["symbol"] == "BTCUSDT"));
    }

    // The library measures the exchange's clock anew before the next request. A question is then asked once more; an
    // order is never sent again.
    [Fact]
    public async Task A_time_outside_the_window_is_measured_again_once_and_no_order_is_sent_twice()
    {
        await using var run = await VenueRun.StartAsync();
        foreach (var line in (string[])[Query, Positions])
            run.Stub.On(line, request => run.Stub.Count(line) == 1
                ? StubAnswer.Error(-1021, "outside of the recvWindow")
                : line == Query ? StubAnswer.Ok(Order("q1abc", "FILLED", "0.002", "60000")) : StubAnswer.Ok(Held));
        var told = await run.Venue.QueryAsync(VenueRun.Command(action: OrderAction.Query), default);
        Assert.Equal((OrderStatus.Filled, 2), (told.Status, run.Stub.Count(Query)));
        Assert.Single((await run.Venue.ReadAccountAsync(default)).Positions);
        Assert.Equal(2, run.Stub.Count(Positions));
        foreach (var line in (string[])[Query, Positions, Place])
            run.Stub.On(line, StubAnswer.Error(-1021, "outside of the recvWindow"));
        Assert.Equal(
            "clock", (await run.Venue.QueryAsync(VenueRun.Command(action: OrderAction.Query), default)).ReasonCode);
        Assert.Equal(4, run.Stub.Count(Query));
        await Assert.ThrowsAsync<VenueException>(() => run.Venue.ReadAccountAsync(default).AsTask());
        Assert.Equal(4, run.Stub.Count(Positions));
        var refused = await run.Venue.PlaceAsync(VenueRun.Command(), default);
        Assert.Equal((OrderStatus.Rejected, "clock", 1), (refused.Status, refused.ReasonCode, run.Stub.Count(Place)));
    }

    [Fact]
    public async Task A_clock_that_drifted_is_told_with_every_reading()
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Time, _ => StubAnswer.Ok(string.Create(CultureInfo.InvariantCulture,
            $$"""{"serverTime":{{DateTimeOffset.UtcNow.AddSeconds(-90).ToUnixTimeMilliseconds()}}}""")));
        Assert.InRange((await run.Venue.ReadAccountAsync(default)).ClockOffsetMs, -120_000, -80_000);
        run.Stub.On(Time, StubReplies.Usual);
        Assert.InRange((await run.Venue.ReadAccountAsync(default)).ClockOffsetMs, -1_000, 1_000);
    }

    [Fact]
    public async Task What_was_refused_is_tried_again_after_pauses_that_grow()
    {
        var clock = new SteppedTime();
        await using var run = await VenueRun.StartAsync(time: clock);
        run.Stub.On(MarginType, StubAnswer.Error(-4067, "open orders exist"));
        run.Stub.On(SymbolConfig, Config("CROSSED", 5));
        int[] tries = [.. await TriesAsync()];
        Assert.Equal([1, 1, 2, 2, 2, 3], tries);
        run.Stub.On(SymbolConfig, Config("ISOLATED", 5));
        clock.Step(TimeSpan.FromMinutes(10));
        // It is so by now: that it may not be set again is no reason.
        Assert.Null(await run.Venue.PrepareSymbolAsync(VenueRun.Btc, default));

        async Task<List<int>> TriesAsync()
        {
            var counts = new List<int>();
            for (var i = 0; i < 6; i++)
            {
                Assert.NotNull(await run.Venue.PrepareSymbolAsync(VenueRun.Btc, default));
                counts.Add(run.Stub.Count(MarginType));
                clock.Step(TimeSpan.FromMilliseconds(1_500));
            }

            return counts;
        }
    }

    [Fact]
    public async Task An_order_of_another_program_in_words_that_nobody_knows_does_not_hide_the_account()
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Positions, Held);
        run.Stub.On(OpenOrders, $"[{Order("mine", "NEW", "0", "0", 5)},"
            + Order("odd", "NEW", "0", "0", 6).Replace("\"MARKET\"", "\"BRAND_NEW\"", StringComparison.Ordinal) + "]");
        var state = await run.Venue.ReadAccountAsync(default);
        Assert.Equal("mine", Assert.Single(state.Orders).ClientOrderId);
        Assert.Single(state.Positions);
        Assert.Contains("odd", Assert.Single(state.Unread).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fills_are_read_page_by_page_and_find_their_orders()
    {
        await using var run = await VenueRun.StartAsync();
        await run.Venue.PlaceAsync(VenueRun.Command(), default);
        run.Stub.On(Query, request => request["orderId"] == "78"
            ? StubAnswer.Ok(Order("other-program", "FILLED", "0.001", "60000", 78))
            : StubAnswer.Error(-2013));
        var sinceMs = DateTimeOffset.UtcNow.AddDays(-10).ToUnixTimeMilliseconds();
        run.Stub.On(Trades, request => StubAnswer.Ok(request["fromId"] switch
        {
            "" when long.Parse(request["startTime"], CultureInfo.InvariantCulture) == sinceMs => "[]",
            "" => $"[{Trade(1, 77, sinceMs + 1)},{Trade(2, 77, sinceMs + 2)}]",
            "3" => $"[{Trade(3, 78, sinceMs + 3)}]",
            _ => "[]",
        }));
        var fills = await run.Venue.ReadFillsAsync(VenueRun.Btc, sinceMs, default);
        Assert.Equal(["1", "2", "3"], fills.Select(fill => fill.VenueTradeId));
        Assert.Equal(["q1abc", "q1abc", "other-program"], fills.Select(fill => fill.ClientOrderId));
        Assert.Equal([0.001m, 0.002m, 0.001m], fills.Select(fill => fill.CumulativeQuantity));
        Assert.All(fills, fill =>
        {
            Assert.Equal((UpdateKind.Fill, 0.05m), (fill.Kind, fill.FeeUsd));
            Assert.Null(fill.Fault());
        });
        Assert.Equal(1, run.Stub.Count(Query));
        run.Stub.On(Trades, StubAnswer.Error(-1007, "unknown", 408));
        await Assert.ThrowsAsync<VenueException>(
            () => run.Venue.ReadFillsAsync(VenueRun.Btc, sinceMs, default).AsTask());
    }

    private static async Task FailsAsync(VenueRun run, string words, int? code)
    {
        var fault = await Assert.ThrowsAsync<VenueException>(
            () => run.Venue.PrepareAsync(default).AsTask());
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.Equal(code, fault.Code);
    }

    private static string Trade(long id, long orderId, long atMs) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"buyer":true,"commission":"0.05","commissionAsset":"USDT","id":{{id}},"maker":false,"orderId":{{orderId}},
        "price":"60000","qty":"0.001","quoteQty":"60","realizedPnl":"0","side":"BUY","positionSide":"BOTH",
        "symbol":"BTCUSDT","time":{{atMs}}}
        """);
}
