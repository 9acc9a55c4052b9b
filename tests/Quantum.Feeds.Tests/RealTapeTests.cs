using Quantum.Contracts.Units;
using Quantum.Feeds.Recorded;

namespace Quantum.Feeds.Tests;

/// <summary>
/// Recorded data that lies beside the repository, where there is any: the same claims on made-up tapes are in the other
/// tests.
/// </summary>
public sealed class RealTapeTests
{
    [Fact]
    public void A_recorded_week_is_whole()
    {
        if (SharedFiles.Find("data", "klines-1m") is not { } folder) return;
        var gaps = new List<TapeGap>();
        var feed = RecordedFeed.Open(new RecordedSettings
        {
            Path = folder, Symbols = [Symbol.Parse("BTCUSDT"), Symbol.Parse("NEARUSDT")], OnGap = gaps.Add,
        });
        var sink = RecordingSink.Of(feed);
        Assert.Empty(gaps);
        Assert.Equal(2 * 10_080, sink.Klines.Count);
        Assert.Equal(2 * 4 * 10_080, sink.Ticks.Count);
        Assert.Equal(3 * 10_080, sink.Steps.Count);
        Assert.All(sink.Klines, kline => Assert.Null(kline.Kline.Fault()));
        Assert.Equal("1m", sink.Klines[0].Kline.Interval);
    }

    [Fact]
    public void Recorded_hours_are_read()
    {
        if (SharedFiles.Find("data", "klines-1h") is not { } folder) return;
        var sink = RecordingSink.Of(RecordedFeed.Open(new RecordedSettings { Path = folder }));
        Assert.Equal("1h", sink.Klines[0].Kline.Interval);
        Assert.All(sink.Klines, kline => Assert.Null(kline.Kline.Fault()));
    }

    [Fact]
    public void A_capture_is_read()
    {
        if (SharedFiles.Find("data", "capture") is not { } folder) return;
        var sink = RecordingSink.Of(RecordedFeed.Open(new RecordedSettings { Path = folder }));
        Assert.True(sink.Ticks.Count > 20_000);
        Assert.All(sink.Ticks, tick => Assert.Null(tick.Tick.Fault()));
        Assert.All(sink.States, state => Assert.Null(state.State.Fault()));
        Assert.Equal(sink.Ticks.Select(tick => tick.AtMs).Order(), sink.Ticks.Select(tick => tick.AtMs));
        // 345 s hold at least four whole minutes.
        Assert.InRange(sink.Klines.Count, 4, 5);
    }
}
