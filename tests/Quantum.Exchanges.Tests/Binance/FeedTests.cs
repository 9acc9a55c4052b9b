using Quantum.Feeds;
using Quantum.Testing;
using static Quantum.Exchanges.Tests.Binance.MarketFrames;

namespace Quantum.Exchanges.Tests.Binance;

public sealed class FeedTests
{
    private const long Noon = 1_764_000_000_000 / MinuteMs * MinuteMs;

    [Fact]
    public async Task History_comes_first_and_then_the_live_market()
    {
        await using var run = await FeedRun.PrepareAsync(Noon + 20_000);
        run.Start(history: 600);
        Eventually.True(() => run.Told.Candles.Count == 600 && run.Stub.Subscribed.Count == 4);
        Assert.Equal(Noon, run.Feed!.LiveFromMs);
        Assert.Equal(Enumerable.Range(0, 600).Select(i => Noon - (600 - i) * MinuteMs),
            run.Told.Candles.Select(told => told.Candle.OpenTimeMs));
        Assert.All(run.Told.Candles, told => Assert.False(told.Candle.GapBefore));
        Assert.All(run.Told.Candles, told => Assert.Equal(told.Candle.CloseTimeMs, told.AtMs));
        // Six hundred in two pages of the cheapest size.
        Assert.Equal(["499", "101"], run.Stub.Requests.Select(request => request["limit"]));

        await run.Stub.TellAsync("/public", Book(7, Noon + 20_001, "99.9", "100.1"));
        Eventually.True(() => run.Told.States.Any(told => told.State.BidPrice == 99.9m));
        await run.Stub.TellAsync("/market", Mark(Noon + 20_002, "100.5", "0.0001", Noon + 3_600_000));
        await run.Stub.TellAsync("/market", Trade(41, Noon + 20_003, "100"));
        await run.Stub.TellAsync("/market", Trade(42, Noon + 20_004, "100.2"));
        Eventually.True(() => run.Told.Ticks.Count == 2
            && run.Told.States.Any(told => told.State is { LastPrice: 100.2m, MarkPrice: 100.5m }));
        var (atMs, tick) = run.Told.Ticks.First();
        Assert.Equal((Noon + 20_003, 100m, 0.5m, true, 99.9m, 100.1m),
            (atMs, tick.Price, tick.Quantity, tick.IsBuyerMaker, tick.BidPrice, tick.AskPrice));
        var state = run.Told.States.Last().State;
        Assert.Equal((0.0001, Noon + 3_600_000), (state.FundingRate, state.NextFundingAtMs));
        Assert.Equal((102m, 99m, 600_000.0), (state.High24hPrice, state.Low24hPrice, state.Volume24hUsd));
        Assert.Empty(run.Told.Faults);
    }

    [Fact]
    public async Task Every_best_price_is_told_once_and_in_order_though_a_state_tells_only_the_last()
    {
        await using var run = await FeedRun.PrepareAsync(Noon + 20_000);
        run.Start(history: 2);
        Eventually.True(() => run.Told.Candles.Count == 2 && run.Stub.Subscribed.Count == 4);
        for (var id = 1; id <= 200; id++)
        {
            await run.Stub.TellAsync("/public", Book(id, Noon + 20_000 + id, $"{100 + id}", $"{101 + id}"));
            if (id % 3 == 0) await run.Stub.TellAsync("/public", Book(id - 1, Noon + 20_000 + id, "1", "2"));
        }

        Eventually.True(() => run.Told.Books.Count >= 200 && run.Told.Books.Last().Top.BidPrice == 300);
        Assert.Equal(
            Enumerable.Range(1, 200).Select(id => (Noon + 20_000 + id, 100m + id, 1m, 101m + id, 1m)),
            run.Told.Books.Select(told => (
                told.AtMs, told.Top.BidPrice, told.Top.BidQuantity!.Value, told.Top.AskPrice,
                told.Top.AskQuantity!.Value)));
        Assert.Empty(run.Told.Faults);
    }

    [Fact]
    public async Task What_cannot_be_is_left_out_by_name()
    {
        await using var run = await FeedRun.PrepareAsync(Noon + 20_000);
        run.Start(history: 2);
        Eventually.True(() => run.Told.Candles.Count == 2 && run.Stub.Subscribed.Count == 4);
        await run.Stub.TellAsync("/public", Book(7, Noon + 20_001, "100.1", "99.9"));
        await run.Stub.TellAsync("/market", Mark(Noon + 20_002, "0", "0.0001", Noon + 3_600_000));
        await run.Stub.TellAsync("/market", Trade(41, Noon + 20_003, "0"));
        await run.Stub.TellAsync("/market", Trade(42, Noon + 20_004, "100"));
        string[] named = ["book BTCUSDT 7: 100.1 to 99.9", "mark BTCUSDT: 0", "trade BTCUSDT 41: 0.5 at 0"];
        Eventually.True(() => named.All(
            what => run.Log.Lines.Any(line => line.Contains(what, StringComparison.Ordinal))));
        Eventually.True(() => run.Told.Ticks.Count == 1);
        Assert.All(run.Told.States, told => Assert.Null(told.State.BidPrice ?? told.State.MarkPrice));
    }

    [Fact]
    public async Task A_candle_is_told_once_and_what_was_not_heard_comes_from_the_history()
    {
        await using var run = await FeedRun.PrepareAsync(Noon + 20_000);
        run.Start(history: 2);
        Eventually.True(() => run.Told.Candles.Count == 2 && run.Stub.Subscribed.Count == 4);
        run.Clock.NowMs = Noon + MinuteMs + 100;
        await run.Stub.TellAsync("/market", Candle(Noon, isFinal: false));
        await run.Stub.TellAsync("/market", Candle(Noon));
        await run.Stub.TellAsync("/market", Candle(Noon));
        await run.Stub.TellAsync("/market", Candle(Noon - MinuteMs));
        Eventually.True(() => run.Told.Candles.Count == 3);
        // Two are lost; the one behind them waits until they are there.
        run.Clock.NowMs = Noon + 4 * MinuteMs + 100;
        await run.Stub.TellAsync("/market", Candle(Noon + 3 * MinuteMs));
        Eventually.True(() => run.Told.Candles.Count == 6);
        Assert.Equal(Enumerable.Range(-2, 6).Select(i => Noon + i * MinuteMs),
            run.Told.Candles.Select(told => told.Candle.OpenTimeMs));
        Assert.All(run.Told.Candles, told => Assert.False(told.Candle.GapBefore));
        Assert.Empty(run.Told.Faults);
    }

    [Fact]
    public async Task After_a_break_what_closed_meanwhile_is_asked_for()
    {
        await using var run = await FeedRun.PrepareAsync(Noon + 20_000);
        run.Start(history: 1);
        Eventually.True(() => run.Told.Candles.Count == 1 && run.Stub.Subscribed.Count == 4);
        run.Stub.DropStreams();
        run.Clock.NowMs = Noon + 3 * MinuteMs + 5_000;
        Eventually.True(() => run.Stub.Subscribed.Count >= 8);
        Eventually.True(() => run.Told.Candles.Count == 4);
        await run.Stub.TellAsync("/market", Trade(50, Noon + 3 * MinuteMs + 5_001, "100"));
        Eventually.True(() => !run.Told.Ticks.IsEmpty);
        Assert.Equal([Noon - MinuteMs, Noon, Noon + MinuteMs, Noon + 2 * MinuteMs],
            run.Told.Candles.Select(told => told.Candle.OpenTimeMs));
        Assert.Empty(run.Told.Faults);
    }

    [Fact]
    public async Task Only_what_even_the_history_does_not_have_is_a_gap()
    {
        await using var run = await FeedRun.PrepareAsync(Noon + 20_000);
        run.Stub.On(StubReplies.Klines, request => StubAnswer.Ok(
            Candles(request, openMs => openMs == Noon - 2 * MinuteMs)));
        run.Start(history: 4);
        Eventually.True(() => run.Told.Candles.Count == 3);
        Assert.Equal([false, false, true], run.Told.Candles.Select(told => told.Candle.GapBefore));
        Assert.Equal(Noon - MinuteMs, run.Told.Candles.Last().Candle.OpenTimeMs);
    }

    [Fact]
    public async Task A_history_that_fails_is_asked_again_before_anything_behind_it_is_told()
    {
        await using var run = await FeedRun.PrepareAsync(Noon + 20_000);
        run.Start(history: 1);
        Eventually.True(() => run.Told.Candles.Count == 1 && run.Stub.Subscribed.Count == 4);
        var asked = run.Stub.Count(StubReplies.Klines);
        run.Stub.On(StubReplies.Klines, request => run.Stub.Count(StubReplies.Klines) < asked + 3
            ? StubAnswer.Error(-1001, "internal", 503)
            : StubAnswer.Ok(Candles(request)));
        run.Clock.NowMs = Noon + 2 * MinuteMs + 100;
        await run.Stub.TellAsync("/market", Candle(Noon + MinuteMs));
        // Each try waits by the clock.
        Eventually.True(() =>
        {
            run.Clock.NowMs += 50;
            return run.Told.Candles.Count == 3;
        });
        Assert.Equal([Noon - MinuteMs, Noon, Noon + MinuteMs],
            run.Told.Candles.Select(told => told.Candle.OpenTimeMs));
        Assert.All(run.Told.Candles, told => Assert.False(told.Candle.GapBefore));
    }

    [Fact]
    public async Task What_comes_twice_or_too_late_or_from_the_future_is_dropped()
    {
        await using var run = await FeedRun.PrepareAsync(Noon + 20_000);
        run.Start(history: 1);
        Eventually.True(() => run.Told.Candles.Count == 1 && run.Stub.Subscribed.Count == 4);
        await run.Stub.TellAsync("/market", Trade(42, Noon + 1_000, "100"));
        await run.Stub.TellAsync("/market", Trade(42, Noon + 1_000, "100"));
        await run.Stub.TellAsync("/market", Trade(41, Noon + 900, "99"));
        await run.Stub.TellAsync("/market", Trade(43, Noon + 3_600_000, "500"));
        await run.Stub.TellAsync("/market", Trade(44, Noon + 1_500, "101"));
        Eventually.True(() => run.Told.Ticks.Count == 2);
        Assert.Equal([100m, 101m], run.Told.Ticks.Select(told => told.Tick.Price));
        Assert.Empty(run.Told.Faults);
    }

    [Fact]
    public async Task A_restart_goes_on_behind_the_last_candle()
    {
        await using var run = await FeedRun.PrepareAsync(Noon + 20_000);
        run.Start(history: 500, afterMs: Noon - 3 * MinuteMs + 7);
        Eventually.True(() => run.Told.Candles.Count == 3);
        Assert.Equal([Noon - 3 * MinuteMs, Noon - 2 * MinuteMs, Noon - MinuteMs],
            run.Told.Candles.Select(told => told.Candle.OpenTimeMs));
        Assert.Empty(run.Told.Faults);
    }

    [Fact]
    public async Task A_symbol_that_is_not_traded_is_named()
    {
        await using var run = await FeedRun.PrepareAsync(Noon + 20_000);
        run.Stub.On(StubReplies.Klines, StubAnswer.Error(-1121, "Invalid symbol."));
        run.Start(history: 1);
        var fault = Assert.IsType<FeedException>(await run.FaultAsync());
        Assert.Contains("BTCUSDT", fault.Message, StringComparison.Ordinal);
    }
}
