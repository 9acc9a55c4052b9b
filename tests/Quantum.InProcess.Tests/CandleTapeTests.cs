using System.Globalization;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Feeds;

namespace Quantum.InProcess.Tests;

/// <summary>
/// A day of candles through executor, venue and ExitBrain with entries on every few closes: fills know nothing of how
/// their candle ends, and a way walked finer ends the same.
/// </summary>
public sealed class CandleTapeTests : IDisposable
{
    private const decimal SixBps = 0.0006m;
    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-candles-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    public void An_entry_decided_at_a_close_is_filled_at_the_next_open(Side side)
    {
        Write("100.1,100.2,100,100.1", "100,100.4,99.2,100.3", "100.3,100.4,100.2,100.3");
        using var run = new CandleRun(_folder, (_, count) => count == 1 ? side : null);
        var (price, candle) = Assert.Single(run.Entries);
        // Half a spread of 1 bp and the impact of a small order.
        Assert.Equal(100.0, (double)price, 0.03);
        Assert.Equal(100m, candle.Open);
    }

    [Fact]
    public void Entries_lie_at_the_first_extreme_no_more_than_chance()
    {
        Write(Walk(seed: 11, candles: 1_440));
        using var run = new CandleRun(_folder, Now(seed: 5));
        Assert.True(run.Entries.Count > 50, $"{run.Entries.Count} entries");
        var share = FirstExtreme.ShareOf(run.Entries, SixBps);
        var chance = FirstExtreme.ChanceOf(run.Candles, SixBps);
        // Two standard errors of so many draws.
        var error = Math.Sqrt(chance * (1 - chance) / run.Entries.Count);
        Assert.InRange(chance, 0.2, 0.8);
        Assert.True(share <= chance + 2 * error, $"{share:0.###} of {run.Entries.Count}, chance is {chance:0.###}");
    }

    [Fact]
    public void A_way_walked_20_times_finer_stops_trades_at_the_same_mean_loss()
    {
        // Livelier candles, so that many stops are met in few of them.
        Write(Walk(seed: 12, candles: 360, stepFraction: 0.0016));
        using var usual = new CandleRun(_folder, Now(seed: 6));
        using var finer = new CandleRun(_folder, Now(seed: 6), stepFraction: 0.00001m);
        var (one, other) = (usual.Stopped, finer.Stopped);
        Assert.True(one.Count > 20 && other.Count > 20, $"{one.Count} and {other.Count} stopped trades");
        Assert.InRange(one.Average() - other.Average(), -0.03, 0.03);
        // And both lose what was planned, plus two fees and the slippage.
        Assert.InRange(one.Average(), -1.5, -0.8);
    }

    private void Write(params string[] candles) => File.WriteAllLines(
        Path.Combine(_folder, "NEARUSDT.csv"),
        ["timestamp,open,high,low,close,volume", .. candles.Select((candle, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{MarketTape.StartMs + i * 60_000L},{candle},400000"))]);

    // A random walk of 60 steps a candle, each at most so far, with a gap of some bps between two candles.
    private static string[] Walk(int seed, int candles, double stepFraction = 0.0004)
    {
        var random = new Random(seed);
        var price = 100.0;
        return
        [
            .. Enumerable.Range(0, candles).Select(_ =>
            {
                price *= 1 + (random.NextDouble() - 0.5) * 0.0004;
                var (open, high, low) = (price, price, price);
                for (var step = 0; step < 60; step++)
                {
                    price *= 1 + (random.NextDouble() - 0.5) * 2 * stepFraction;
                    (high, low) = (Math.Max(high, price), Math.Min(low, price));
                }

                return string.Create(
                    CultureInfo.InvariantCulture, $"{open:0.0000},{high:0.0000},{low:0.0000},{price:0.0000}");
            }),
        ];
    }

    // Chance decides once for each candle, so that two runs of other fills enter at the same candles where they can.
    private static Func<long, int, Side?> Now(int seed) => (closeMs, _) =>
    {
        var draw = new Random((int)(closeMs / 60_000) * 31 + seed).Next(8);
        return draw switch { 0 => Side.Buy, 1 => Side.Sell, _ => null };
    };
}
