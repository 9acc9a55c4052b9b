namespace Quantum.Feeds.Tests;

public sealed class DayStatisticsTests
{
    /// <summary>Against a plain reading of all prices of the window, over days with holes of every length.</summary>
    [Fact]
    public void The_window_tells_what_all_its_prices_tell()
    {
        var random = new Random(3);
        var day = new DayStatistics();
        var heard = new List<(long Minute, decimal Price, double Value)>();
        var (atMs, price) = (TapeFolder.StartMs, 100m);
        Assert.Null(day.High ?? day.Low);
        Assert.Null(day.ChangeFraction ?? day.VolumeUsd);
        for (var i = 0; i < 6_000; i++)
        {
            atMs += random.Next(200) switch
            {
                0 => random.NextInt64(1, 30 * 3_600_000L), < 20 => random.Next(1, 600_000), _ => random.Next(60_000),
            };
            price = Math.Max(1, price + random.Next(-3, 4) * 0.25m);
            day.Add(atMs, price, 2);
            heard.Add((atMs / 60_000, price, 2));
            heard.RemoveAll(known => known.Minute <= atMs / 60_000 - 1_440);
            Assert.Equal(heard.Max(known => known.Price), day.High);
            Assert.Equal(heard.Min(known => known.Price), day.Low);
            Assert.Equal((double)(price / heard[0].Price - 1), day.ChangeFraction);
            Assert.Equal(heard.Sum(known => known.Value), day.VolumeUsd);
        }
    }
}
