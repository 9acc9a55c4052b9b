using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Venue.Market;

namespace Quantum.Venue.Tests.Market;

public sealed class CandleSeriesTests
{
    private const long Minute = 60_000;
    private static readonly long s_startMs = Ms("2025-12-05T00:00:00Z");

    [Theory]
    [InlineData("1m", "2025-12-05T10:31:59Z", "2025-12-05T10:31:00Z", "2025-12-05T10:32:00Z")]
    [InlineData("4h", "2025-12-05T10:31:59Z", "2025-12-05T08:00:00Z", "2025-12-05T12:00:00Z")]
    [InlineData("3d", "2025-12-05T10:31:59Z", "2025-12-05T00:00:00Z", "2025-12-08T00:00:00Z")]
    [InlineData("1w", "2025-12-05T10:31:59Z", "2025-12-01T00:00:00Z", "2025-12-08T00:00:00Z")]
    [InlineData("1w", "2025-12-08T00:00:00Z", "2025-12-08T00:00:00Z", "2025-12-15T00:00:00Z")]
    [InlineData("1M", "2025-12-05T10:31:59Z", "2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z")]
    public void A_length_begins_where_the_exchange_begins_it(string name, string at, string open, string end)
    {
        var interval = KlineInterval.Find(name)!;
        Assert.Equal((Ms(open), Ms(end)), (interval.OpenOf(Ms(at)), interval.EndOf(Ms(open))));
    }

    [Theory]
    [InlineData("1s")]
    [InlineData("7m")]
    [InlineData("1")]
    [InlineData(null)]
    public void What_the_exchange_has_not_is_none(string? name) => Assert.Null(KlineInterval.Find(name));

    [Fact]
    public void Longer_candles_are_made_of_the_minutes_and_the_running_one_is_last()
    {
        var series = Filled(minutes: 23);
        var found = series.Query(KlineInterval.Find("5m")!, null, null, 3);
        Assert.Equal([10L, 15, 20], found.Select(candle => (candle.OpenMs - s_startMs) / Minute));
        // Minutes 20, 21 and 22 and the running 23rd, in which nothing was traded yet.
        Assert.Equal((120m, 124m, 118m, 123m, 9m, 6L), Facts(found[2]));
        Assert.Equal((115m, 121m, 113m, 120m, 15m, 10L), Facts(found[1]));
    }

    [Fact]
    public void From_a_start_on_the_first_are_told_and_the_end_is_an_open()
    {
        var series = Filled(minutes: 30);
        var five = KlineInterval.Find("5m")!;
        Assert.Equal(
            [5L, 10], series.Query(five, s_startMs + Minute, null, 2).Select(c => (c.OpenMs - s_startMs) / Minute));
        Assert.Equal(
            [5L, 10],
            series.Query(five, s_startMs + 5 * Minute, s_startMs + 10 * Minute, 500)
                .Select(c => (c.OpenMs - s_startMs) / Minute));
        // Without a start the last ones up to the end, whole.
        var last = series.Query(five, null, s_startMs + 12 * Minute, 2);
        Assert.Equal([5L, 10], last.Select(c => (c.OpenMs - s_startMs) / Minute));
        Assert.Equal(15m, last[1].Volume);
        Assert.Empty(series.Query(five, s_startMs + 60 * Minute, null, 500));
        Assert.Empty(series.Query(five, null, s_startMs - 1, 500));
    }

    [Fact]
    public void A_minute_without_a_trade_is_flat_and_each_is_over_once()
    {
        var series = new CandleSeries();
        var over = new List<Candle>();
        series.Closed = over.Add;
        series.Add(new Trade(1, s_startMs + 10, 100, 1, false));
        series.Add(new Trade(2, s_startMs + 3 * Minute, 105, 2, true));
        series.RollTo(s_startMs + 4 * Minute);
        Assert.Equal([0L, 1, 2, 3], over.Select(candle => (candle.OpenMs - s_startMs) / Minute));
        Assert.Equal((100m, 100m, 100m, 100m, 0m, 0L), Facts(over[1]));
        Assert.Equal((105m, 105m, 105m, 105m, 2m, 1L), Facts(over[3]));
        Assert.Equal((1m, 0m), (over[0].TakerVolume, over[3].TakerVolume));
    }

    [Fact]
    public void A_minute_as_the_feed_tells_it_replaces_what_was_seen_of_it()
    {
        var series = new CandleSeries();
        var over = new List<Candle>();
        series.Closed = over.Add;
        series.Add(new Trade(1, s_startMs + 10, 100, 1, false));
        series.Take(Kline(0, 60_000, 99, 103, 98, 101, 40));
        var minute = Assert.Single(over);
        Assert.Equal((99m, 103m, 98m, 101m, 40m, 77L), Facts(minute));
        // Told late, when a later price had ended it: no second end, but the same numbers.
        series.Add(new Trade(2, s_startMs + 2 * Minute, 100, 1, false));
        Assert.Equal(2, over.Count);
        series.Take(Kline(1, 60_000, 101, 109, 100, 108, 50));
        Assert.Equal(2, over.Count);
        var found = series.Query(KlineInterval.Find("1m")!, null, null, 2);
        Assert.Equal((101m, 109m, 100m, 108m, 50m, 77L), Facts(found[0]));
    }

    [Fact]
    public void A_longer_candle_of_the_warm_up_is_that_candle_again_when_it_is_asked_for()
    {
        var series = new CandleSeries();
        for (var hour = 0; hour < 5; hour++)
            series.Take(Kline(60 * hour, 60 * Minute, 100 + hour, 110 + hour, 95 + hour, 104 + hour, 12));
        var found = series.Query(KlineInterval.Find("1h")!, null, s_startMs + 4 * 60 * Minute, 5);
        Assert.Equal(5, found.Count);
        for (var hour = 0; hour < 5; hour++)
            Assert.Equal((100m + hour, 110m + hour, 95m + hour, 104m + hour, 12m, 4L), Facts(found[hour]));
    }

    [Fact]
    public void A_day_is_the_last_1440_minutes()
    {
        var series = new CandleSeries();
        for (var minute = 0; minute < 3_000; minute++)
            series.Take(Kline(minute, Minute, 100 + minute, 101 + minute, 99 + minute, 100 + minute, 2));
        var day = series.Day(s_startMs + 3_000 * Minute);
        // The running minute is one of them, and nothing was traded in it yet.
        Assert.Equal((100m + 1_561, 101m + 2_999, 99m + 1_561, 2m * 1_439), (day.Open, day.High, day.Low, day.Volume));
    }

    private static CandleSeries Filled(int minutes)
    {
        var series = new CandleSeries();
        for (var minute = 0; minute < minutes; minute++)
            series.Take(Kline(minute, Minute, 100 + minute, 102 + minute, 98 + minute, 101 + minute, 3, trades: 2));
        return series;
    }

    private static MarketKline Kline(
        int minute, long lengthMs, decimal open, decimal high, decimal low, decimal close, decimal volume,
        long trades = 77) => new()
    {
        Symbol = Symbol.Parse("BTCUSDT"), Interval = "1m", OpenTimeMs = s_startMs + minute * Minute,
        CloseTimeMs = s_startMs + minute * Minute + lengthMs, Open = open, High = high, Low = low, Close = close,
        Volume = volume, Trades = trades,
    };

    private static (decimal, decimal, decimal, decimal, decimal, long) Facts(Candle candle) =>
        (candle.Open, candle.High, candle.Low, candle.Close, candle.Volume, candle.Trades);

    private static long Ms(string text) => DateTimeOffset.Parse(text).ToUnixTimeMilliseconds();
}
