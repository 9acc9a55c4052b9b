using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Feeds.Tests;

public sealed class CandlePathTests
{
    [Property(MaxTest = 500)]
    public void The_path_touches_high_and_low_and_its_volume_adds_up(
        PositiveInt low, NonNegativeInt range, NonNegativeInt open, NonNegativeInt close, NonNegativeInt volume)
    {
        var height = range.Get + 1;
        var bottom = low.Get / 100m + 0.01m;
        var candle = new MarketKline
        {
            Symbol = Symbol.Parse("BTCUSDT"), Interval = "1m", OpenTimeMs = 60_000, CloseTimeMs = 120_000,
            Low = bottom, High = bottom + range.Get / 100m, Open = bottom + open.Get % height / 100m,
            Close = bottom + close.Get % height / 100m, Volume = volume.Get / 1000m,
        };
        Assert.Null(candle.Fault());
        var ticks = Enumerable.Range(0, CandlePath.Points).Select(
            point => CandlePath.TickAt(in candle, point)).ToArray();
        Assert.Equal(candle.High, ticks.Max(tick => tick.Price));
        Assert.Equal(candle.Low, ticks.Min(tick => tick.Price));
        Assert.Equal(candle.Open, ticks[0].Price);
        Assert.Equal(candle.Close, ticks[^1].Price);
        // A print has a quantity also where none was traded: without one it would be a point of the way.
        Assert.DoesNotContain(ticks, tick => tick.IsPathPoint());
        Assert.Equal(candle.Volume, ticks.Sum(tick => tick.Quantity), 7);
        Assert.Equal(candle.Close >= candle.Open ? candle.Low : candle.High, ticks[1].Price);
        var times = Enumerable.Range(0, CandlePath.Points).Select(
            point => CandlePath.AtMs(60_000, 60_000, point)).ToArray();
        Assert.Equal([60_000, 80_000, 100_000, 119_999], times);
    }

    [Property(MaxTest = 40)]
    public Property Day_figures_equal_a_count_by_hand() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            var chance = new Generated.Xoshiro256((ulong)seed);
            var day = new DayStatistics();
            var seen = new List<(long Minute, decimal Price, double Value)>();
            var atMs = 1_700_000_000_000;
            for (var i = 0; i < 400; i++)
            {
                // From milliseconds to more than a day, so that windows empty as well.
                atMs += (long)Math.Pow(10, 2 + 5.5 * chance.NextUniform() * (i % 50 == 0 ? 1.1 : 0.85));
                var price = 1 + Math.Round((decimal)(100 * chance.NextUniform()), 2);
                var value = Math.Floor(1000 * chance.NextUniform());
                day.Add(atMs, price, value);
                seen.Add((atMs / 60_000, price, value));
                var window = seen.Where(one => one.Minute > atMs / 60_000 - 1_440).ToArray();
                Assert.Equal(window.Max(one => one.Price), day.High);
                Assert.Equal(window.Min(one => one.Price), day.Low);
                Assert.Equal((double)(price / window[0].Price - 1), day.ChangeFraction!.Value, 12);
                Assert.Equal(window.Sum(one => one.Value), day.VolumeUsd!.Value, 6);
            }
        });

    [Fact]
    public void Day_figures_are_unknown_before_the_first_price()
    {
        var day = new DayStatistics();
        Assert.Null(day.High);
        Assert.Null(day.Low);
        Assert.Null(day.ChangeFraction);
        Assert.Null(day.VolumeUsd);
    }
}
