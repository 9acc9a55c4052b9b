using Quantum.Feeds.Recorded;

namespace Quantum.Feeds.Tests;

/// <summary>Candles of any length from a second to a day are played, and finer ones built up into those asked
/// for.</summary>
public sealed class BuiltCandleTests : IDisposable
{
    private readonly TapeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, "1m", 130, 2)]
    [InlineData(10, "1m", 13, 2)]
    [InlineData(45, "90s", 5, 2)]
    [InlineData(60, "1m", 7, 7)]
    [InlineData(300, "5m", 7, 7)]
    [InlineData(600, "10m", 7, 7)]
    [InlineData(3_600, "1h", 7, 7)]
    [InlineData(86_400, "1d", 7, 7)]
    public void Unasked_a_tape_trades_on_its_own_candles_and_a_minute_at_least(int seconds, string interval,
        int count, int told)
    {
        Write("BTCUSDT", seconds, count);
        var sink = RecordingSink.Of(Open(null));
        Assert.Equal(told, sink.Klines.Count);
        Assert.All(sink.Klines, kline => Assert.Equal(interval, kline.Kline.Interval));
        Assert.Equal(4 * count, sink.Ticks.Count);
        Assert.DoesNotContain(sink.Klines, kline => kline.Kline.GapBefore);
    }

    [Fact]
    public void A_built_candle_has_the_first_open_the_extremes_the_last_close_and_the_sums()
    {
        _folder.Write(
            "BTCUSDT-1m.csv", TapeFolder.Header + ",quote_volume,trades",
            Row(0, "10,14,9,11,1,10,1"), Row(1, "11,12,8,12,2,20,2"), Row(2, "12,13,10,13,3,30,3"),
            Row(3, "13,15,12,14,4,40,4"), Row(4, "14,14,11,12,5,50,5"), Row(5, "12,12,12,12,6,60,6"));
        var sink = RecordingSink.Of(Open("3m"));
        Assert.Equal([180_000, 360_000], sink.Klines.Select(kline => kline.AtMs - TapeFolder.StartMs));
        var first = sink.Klines[0].Kline;
        Assert.Equal((10m, 14m, 8m, 13m, 6m, 60m, 6L), (first.Open, first.High, first.Low, first.Close, first.Volume,
            first.QuoteVolume, first.Trades));
        Assert.Equal(first.CloseTimeMs, first.OpenTimeMs + 180_000);
        // All ticks are those of the minutes; time stands between them as before.
        Assert.Equal(24, sink.Ticks.Count);
        Assert.Equal(6 * 2 + 2, sink.Steps.Count);
    }

    [Fact]
    public void A_candle_of_which_a_part_is_missing_is_a_gap()
    {
        _folder.Write("BTCUSDT-1m.csv", [TapeFolder.Header, .. Enumerable.Range(1,
            14).Where(i => i != 7).Select(i => Row(i, "10,10,10,10,1"))]);
        var sink = RecordingSink.Of(Open("5m"));
        // The first is not whole, the second lacks its third minute.
        var kline = Assert.Single(sink.Klines).Kline;
        Assert.Equal(TapeFolder.StartMs + 600_000, kline.OpenTimeMs);
    }

    [Fact]
    public void What_cannot_be_made_of_a_tape_is_refused_at_the_start()
    {
        Write("BTCUSDT", 300, 5);
        foreach (var wanted in (string[])["1m", "3m"])
        {
            var fault = Assert.Throws<FeedException>(() => Open(wanted)).Message;
            Assert.Contains(
                $"of its 5m candles no {wanted} candle can be made; ask for --interval (Feed:Interval) 5m", fault,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_several_lengths_of_one_symbol_the_one_asked_for_is_taken_and_unasked_both_are_named()
    {
        Write("BTCUSDT/1m/BTCUSDT", 60, 60);
        Write("BTCUSDT/5m/BTCUSDT", 300, 12);
        var fault = Assert.Throws<FeedException>(() => Open(null)).Message;
        Assert.Contains("1m candles in", fault, StringComparison.Ordinal);
        Assert.Contains("5m candles in", fault, StringComparison.Ordinal);
        Assert.Contains("--interval", fault, StringComparison.Ordinal);
        Assert.Equal((60, 240), Counts("1m"));
        Assert.Equal((12, 48), Counts("5m"));
        Assert.Equal((4, 48), Counts("15m"));
        Assert.Equal((20, 240), Counts("3m"));
    }

    [Theory]
    [InlineData("5m", 1)]
    [InlineData("1s", 598)]
    public void Trades_make_candles_of_the_length_asked_for(string interval, int told)
    {
        _folder.Write("BTCUSDT-aggTrades.csv", [.. Enumerable.Range(0, 300).Select(i =>
            $"{i},{100 + i},1,{i},{i},{TapeFolder.StartMs + i * 2_000},true")]);
        var sink = RecordingSink.Of(Open(interval));
        Assert.Equal(told, sink.Klines.Count(kline => !kline.Kline.GapBefore));
        Assert.All(sink.Klines, kline => Assert.Equal(interval, kline.Kline.Interval));
    }

    [Fact]
    public void Going_on_tells_exactly_the_rest_of_built_candles()
    {
        Write("BTCUSDT", 60, 23);
        Write("ETHUSDT", 60, 17);
        var whole = RecordingSink.Of(Open("5m"));
        foreach (var steps in new[] { 1, 9, 10, 11, 12, 30 })
        {
            using var stop = new CancellationTokenSource();
            var before = new RecordingSink(stop, steps);
            Open("5m").Run(before, stop.Token);
            var after = RecordingSink.Of(Open("5m"), before.Steps[^1]);
            Assert.Equal(whole.Lines, before.Lines.Concat(after.Lines));
        }
    }

    private static string Row(int minute, string rest) => $"{TapeFolder.StartMs + minute * 60_000},{rest}";

    private (int Klines, int Ticks) Counts(string interval)
    {
        var sink = RecordingSink.Of(Open(interval));
        return (sink.Klines.Count, sink.Ticks.Count);
    }

    private void Write(string name, int seconds, int count) => _folder.Write(name + ".csv",
    [
        TapeFolder.Header,
        .. Enumerable.Range(0, count).Select(i => $"{TapeFolder.StartMs + i * seconds * 1_000L},10,12,9,11,1"),
    ]);

    private IMarketFeed Open(string? interval) => RecordedFeed.Open(new RecordedSettings
    {
        Path = _folder.Path, IntervalMs = CandleInterval.Of(interval),
    });
}
