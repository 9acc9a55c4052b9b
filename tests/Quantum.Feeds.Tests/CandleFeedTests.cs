using Quantum.Contracts.Units;
using Quantum.Feeds.Recorded;

namespace Quantum.Feeds.Tests;

public sealed class CandleFeedTests : IDisposable
{
    private const long Minute = 60_000;
    private static readonly long s_start = TapeFolder.StartMs;

    private readonly TapeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_candle_is_three_steps_that_cover_all_symbols()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(2));
        _folder.Write("ETHUSDT.csv.gz", TapeFolder.Minutes(2));
        var sink = RecordingSink.Of(Open());
        Assert.Equal(
            [
                s_start + 20_000, s_start + 59_999, s_start + 60_000, s_start + 80_000,
                s_start + 119_999, s_start + 120_000,
            ],
            sink.Steps);
        var first = sink.Ticks.Where(tick => tick.AtMs < s_start + Minute).ToArray();
        Assert.Equal(
            ["BTCUSDT 100 0", "ETHUSDT 100 0", "BTCUSDT 99 20000", "ETHUSDT 99 20000", "BTCUSDT 102 40000",
                "ETHUSDT 102 40000",
                "BTCUSDT 101 59999", "ETHUSDT 101 59999"],
            first.Select(tick => $"{tick.Tick.Symbol} {tick.Tick.Price} {tick.AtMs - s_start}"));
        Assert.All(first, tick => Assert.Equal(2, tick.Tick.Quantity));
        // The second candle closes below its open: high first.
        Assert.Equal(
            [101, 103, 100, 100.5m],
            sink.Ticks.Where(t => t.AtMs >= s_start + Minute && t.Tick.Symbol.Name == "BTCUSDT").Select(
                t => t.Tick.Price));
        Assert.Equal(2 * 2 * 2, sink.States.Count);
        Assert.Equal(2 * 2 * 2, sink.Quotes.Count);
        Assert.Equal(["BTCUSDT", "ETHUSDT"], sink.Klines.Take(2).Select(kline => kline.Kline.Symbol.Name));
        Assert.All(sink.Klines, kline => Assert.Equal("1m", kline.Kline.Interval));
        Assert.All(sink.Klines, kline => Assert.Equal(kline.Kline.CloseTimeMs, kline.AtMs));
    }

    [Fact]
    public void No_event_is_later_than_its_step_and_time_never_goes_back()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(30, 7, 8));
        _folder.Write("ETHUSDT.csv", TapeFolder.Minutes(30, 12));
        var sink = RecordingSink.Of(Open());
        Assert.Equal(sink.Steps.Distinct().Order(), sink.Steps);
        Assert.Equal(sink.Ticks.Select(tick => tick.AtMs).Order(), sink.Ticks.Select(tick => tick.AtMs));
        Assert.All(sink.States, state => Assert.Contains(state.AtMs, sink.Steps));
    }

    [Fact]
    public void Market_data_has_mark_and_day_figures_and_leaves_unknown_empty()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(3));
        var state = RecordingSink.Of(Open()).States[^1].State;
        Assert.Equal(103, state.LastPrice);
        Assert.Equal(103, state.MarkPrice);
        Assert.Equal(104, state.High24hPrice);
        Assert.Equal(99, state.Low24hPrice);
        Assert.Equal(0.03, state.Change24hFraction!.Value, 12);
        Assert.Null(state.BidPrice);
        Assert.Null(state.FundingRate);
        Assert.Null(state.NextFundingAtMs);
        Assert.Null(state.Fault());
    }

    [Fact]
    public void A_gap_is_told_once_and_marks_the_candle_behind_it()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(10, 3, 4));
        _folder.Write("ETHUSDT.csv", TapeFolder.Minutes(10));
        var gaps = new List<TapeGap>();
        var sink = RecordingSink.Of(RecordedFeed.Open(new RecordedSettings { Path = _folder.Path, OnGap = gaps.Add }));
        Assert.Equal(
            new TapeGap(Symbol.Parse("BTCUSDT"), s_start + 3 * Minute, s_start + 5 * Minute, 2), Assert.Single(gaps));
        var marked = Assert.Single(sink.Klines, kline => kline.Kline.GapBefore).Kline;
        Assert.Equal(("BTCUSDT", s_start + 5 * Minute), (marked.Symbol.Name, marked.OpenTimeMs));
        Assert.DoesNotContain(sink.Ticks, t => t.Tick.Symbol.Name == "BTCUSDT" && t.AtMs >= s_start + 3 * Minute
            && t.AtMs < s_start + 5 * Minute);
    }

    [Fact]
    public void From_and_to_limit_what_is_played_and_history_comes_as_candles_only()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(20));
        var feed = RecordedFeed.Open(new RecordedSettings
        {
            Path = _folder.Path, FromMs = s_start + 10 * Minute, ToMs = s_start + 15 * Minute, HistoryCandles = 4,
        });
        var sink = RecordingSink.Of(feed);
        Assert.Equal((s_start + 10 * Minute, s_start + 15 * Minute), (feed.FirstMs, feed.LastMs));
        Assert.Equal(
            Enumerable.Range(6, 9).Select(i => s_start + i * Minute), sink.Klines.Select(k => k.Kline.OpenTimeMs));
        Assert.Equal(s_start + 10 * Minute, sink.Ticks[0].AtMs);
        Assert.Equal(5 * 4, sink.Ticks.Count);
        // The history counts for the day's figures although no tick of it was told.
        Assert.Equal(99, sink.States[0].State.Low24hPrice);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(18)]
    public void Going_on_after_any_step_tells_exactly_the_rest(int steps)
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(10, 4));
        _folder.Write("ETHUSDT.csv", TapeFolder.Minutes(10));
        var whole = RecordingSink.Of(Open());
        using var stop = new CancellationTokenSource();
        var before = new RecordingSink(stop, steps);
        Open().Run(before, stop.Token);
        Assert.Equal(steps, before.Steps.Count);
        var after = RecordingSink.Of(Open(), before.Steps[^1]);
        Assert.Equal(whole.Lines, before.Lines.Concat(after.Lines));
    }

    [Fact]
    public void Binance_dumps_with_and_without_header_over_two_files_are_one_tape()
    {
        _folder.Write("BTCUSDT-1m-2025-11.csv", "1733356800000,100,102,99,101,8,1733356859999,808,12,4,404,0",
            "1733356860000000,101,103,100,102,8,1733356919999000,816,13,4,404,0");
        _folder.Write("BTCUSDT-1m-2025-12.csv",
            "open_time,open,high,low,close,volume,close_time,quote_volume,count,"
                + "taker_buy_volume,taker_buy_quote_volume,ignore",
            "1733356920000,102,104,101,103,8,1733356979999,824,14,4,404,0");
        var sink = RecordingSink.Of(Open());
        Assert.Equal([12, 13, 14], sink.Klines.Select(kline => (int)kline.Kline.Trades!.Value));
        Assert.Equal([808, 816, 824], sink.Klines.Select(kline => kline.Kline.QuoteVolume!.Value));
        Assert.Equal(808 + 816 + 824, sink.States[^1].State.Volume24hUsd!.Value, 6);
        Assert.DoesNotContain(sink.Klines, kline => kline.Kline.GapBefore);
    }

    [Theory]
    [InlineData("2025-12-05 00:00:00", "2025-12-05 01:00:00")]
    [InlineData("2025-12-05T00:00:00Z", "2025-12-05T01:00:00Z")]
    [InlineData("2025-12-05 02:00:00+02:00", "2025-12-05 03:00:00+02:00")]
    [InlineData("1764892800", "1764896400")]
    [InlineData("1764892800000", "1764896400000")]
    public void Times_are_read_in_every_form(string first, string second)
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Header, first + ",1,1,1,1,1", second + ",1,1,1,1,1");
        var kline = RecordingSink.Of(Open()).Klines[0].Kline;
        Assert.Equal((s_start, "1h"), (kline.OpenTimeMs, kline.Interval));
    }

    private IMarketFeed Open() => RecordedFeed.Open(new RecordedSettings { Path = _folder.Path });
}
