using Quantum.Contracts.Units;
using Quantum.Feeds.Recorded;

namespace Quantum.Feeds.Tests;

/// <summary>The path inside a candle where something is at stake: walked, not jumped, never in our favour.</summary>
public sealed class CandleWalkTests : IDisposable
{
    private const long Minute = 60_000;
    private static readonly long s_start = TapeFolder.StartMs;
    private static readonly Symbol s_btc = Symbol.Parse("BTCUSDT");

    private readonly TapeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, 100.3, 99.2, 100.4)]
    [InlineData(null, 99.7, 100.4, 99.2)]
    [InlineData(PositionSide.Long, 100.3, 99.2, 100.4)]
    [InlineData(PositionSide.Long, 99.7, 99.2, 100.4)]
    [InlineData(PositionSide.Short, 100.3, 100.4, 99.2)]
    [InlineData(PositionSide.Short, 99.7, 100.4, 99.2)]
    public void The_extreme_that_hurts_what_is_held_comes_first(
        PositionSide? held, double close, double first, double second)
    {
        Write($"100,100.4,99.2,{close},8");
        var ticks = Walk(held).Ticks;
        Assert.Equal(
            [(100, 0), ((decimal)first, 20_000), ((decimal)second, 40_000), ((decimal)close, 59_999)],
            ticks.Where(tick => tick.Tick.Quantity > 0).Select(tick => (tick.Tick.Price, tick.AtMs - s_start)));
        Assert.Equal(8, ticks.Sum(tick => tick.Tick.Quantity));
    }

    [Fact]
    public void The_open_stands_first_and_no_step_of_the_way_is_longer_than_asked_for()
    {
        Write("100,100.4,99.2,100.3,8");
        var sink = Walk(PositionSide.Long);
        Assert.Equal([(100, 0L), (100, 1_000L)], sink.Ticks.Take(2).Select(t => (t.Tick.Price, t.AtMs - s_start)));
        Assert.True(sink.Ticks[1].Tick.IsPathPoint());
        foreach (var (one, next) in sink.Ticks.Zip(sink.Ticks.Skip(1)))
        {
            Assert.True(Math.Abs(next.Tick.Price / one.Tick.Price - 1) <= 0.000501m, $"{one} to {next}");
            // Each is a step of its own: what follows from it is there before the next one.
            if (next != sink.Ticks[1]) Assert.Contains(next.AtMs, sink.Steps);
            Assert.True(one.Tick.IsPathPoint() || next.Tick.IsPathPoint(), $"jumps from {one} to {next}");
        }

        // 80, 121 and 10 bps of way.
        Assert.InRange(sink.Ticks.Count, 43, 47);
        Assert.Equal(sink.Steps.Distinct().Order(), sink.Steps);
        Assert.All(sink.States, state => Assert.Contains(state.AtMs, sink.Steps));
        Assert.Equal(s_start + Minute, sink.Klines.Single().AtMs);
    }

    [Fact]
    public void Legs_shorter_than_a_step_are_walked_without_a_step_more()
    {
        Write("100,100.02,99.98,100.01,8");
        var sink = Walk(PositionSide.Long);
        Assert.Equal([1_000, 20_000, 40_000, 59_999, 60_000], sink.Steps.Select(at => at - s_start));
        Assert.All(
            sink.Ticks.Zip(sink.Ticks.Skip(1)),
            pair => Assert.True(pair.First.Tick.IsPathPoint() || pair.Second.Tick.IsPathPoint(), $"{pair} jumps"));
        Assert.Equal(sink.Ticks.Select(tick => tick.AtMs).Order(), sink.Ticks.Select(tick => tick.AtMs));
    }

    [Fact]
    public void A_long_candle_is_walked_at_least_once_a_minute()
    {
        _folder.Write(
            "BTCUSDT.csv", TapeFolder.Header, $"{s_start},100,101,99,100,8", $"{s_start + 60 * Minute},1,1,1,1,8");
        var sink = Walk(PositionSide.Long);
        var steps = sink.Steps.Where(at => at <= s_start + 60 * Minute).ToArray();
        Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1, 60_000));
        Assert.Equal(s_start + 1_000, steps[0]);
    }

    [Fact]
    public void Only_what_is_watched_is_walked()
    {
        Write("100,100.4,99.2,100.3,8");
        _folder.Write("ETHUSDT-1m.csv", TapeFolder.Header, $"{s_start},200,204,199,203,8");
        var sink = new RecordingSink { Watches = symbol => symbol == s_btc };
        Open().Run(sink, CancellationToken.None);
        Assert.Equal(
            [(200, 0), (199, 20_000), (204, 40_000), (203, 59_999)],
            sink.Ticks.Where(t => t.Tick.Symbol != s_btc).Select(t => (t.Tick.Price, t.AtMs - s_start)));
        Assert.Equal(sink.Ticks.Select(tick => tick.AtMs).Order(), sink.Ticks.Select(tick => tick.AtMs));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(33)]
    [InlineData(70)]
    public void Going_on_after_any_step_of_a_walk_tells_exactly_the_rest(int steps)
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(3));
        var whole = Walk(PositionSide.Short);
        using var stop = new CancellationTokenSource();
        var before = new RecordingSink(stop, steps) { Watches = _ => true, Side = PositionSide.Short };
        Open().Run(before, stop.Token);
        var after = new RecordingSink { Watches = _ => true, Side = PositionSide.Short };
        Open().Run(after, CancellationToken.None, before.Steps[^1]);
        Assert.Equal(whole.Lines, before.Lines.Concat(after.Lines));
    }

    [Fact]
    public void Candles_of_a_second_replace_the_assumption_within_the_minute()
    {
        // Falls to 99.2 in the first seconds and rises all the rest: nothing of the minute's own corners is assumed.
        _folder.Write(
            "BTCUSDT.csv",
            [TapeFolder.Header, .. Enumerable.Range(0, 60).Select(i =>
            {
                var price = i < 4 ? 100 - 0.2m * i : 99.2m + 0.02m * (i - 4);
                return FormattableString.Invariant($"{s_start + i * 1_000},{price},{price},{price},{price},1");
            })]);
        var sink = Walk(PositionSide.Short);
        Assert.Equal(99.2m, sink.Ticks.MinBy(tick => tick.Tick.Price).Tick.Price);
        Assert.InRange(sink.Ticks.MinBy(tick => tick.Tick.Price).AtMs - s_start, 4_000, 4_999);
        Assert.Equal("1m", sink.Klines.Single().Kline.Interval);
    }

    [Fact]
    public void A_step_that_cannot_be_is_refused_by_value()
    {
        Write("100,101,99,100,8");
        var error = Assert.Throws<FeedException>(
            () => RecordedFeed.Open(new RecordedSettings { Path = _folder.Path, PathStepFraction = 0 }));
        Assert.Contains("step 0 is not above 0 to 0.01", error.Message, StringComparison.Ordinal);
    }

    private void Write(string candle) => _folder.Write("BTCUSDT-1m.csv", TapeFolder.Header, $"{s_start},{candle}");

    private IMarketFeed Open() => RecordedFeed.Open(new RecordedSettings { Path = _folder.Path });

    private RecordingSink Walk(PositionSide? held)
    {
        var sink = new RecordingSink { Watches = _ => true, Side = held };
        Open().Run(sink, CancellationToken.None);
        return sink;
    }
}
