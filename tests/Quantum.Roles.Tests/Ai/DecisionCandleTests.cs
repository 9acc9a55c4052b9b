using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Tests.Ai;

/// <summary>Candles of the decision interval, built up from finer ones.</summary>
public sealed class DecisionCandleTests
{
    private const long Fifteen = 15 * Candle.LengthMs;
    private const long Start = TestCandles.Start / Fifteen * Fifteen;

    [Fact]
    public void The_parts_make_one_candle_at_their_end()
    {
        var parts = TestCandles.Walk(30, 3, Start);
        var built = Build(parts, Fifteen);
        Assert.Equal(2, built.Count);
        Assert.Equal(new Candle(
            Start, parts[0].Open, parts[..15].Max(c => c.High), parts[..15].Min(c => c.Low), parts[14].Close,
            parts[..15].Sum(c => c.Volume)) { SpanMs = Fifteen }, built[0]);
    }

    [Fact]
    public void A_candle_that_misses_a_part_is_not_told_and_the_next_one_is()
    {
        var parts = TestCandles.Walk(45, 3, Start).ToList();
        parts.RemoveAt(20);
        Assert.Equal([Start, Start + 2 * Fifteen], Build(parts, Fifteen).Select(c => c.OpenTimeMs));
        // Nor is one whose first part is missing.
        Assert.Equal([Start + Fifteen], Build(TestCandles.Walk(30, 3, Start)[1..], Fifteen).Select(c => c.OpenTimeMs));
    }

    [Fact]
    public void Candles_of_the_interval_itself_pass_as_they_are()
    {
        var parts = TestCandles.Walk(5, 3, Start);
        Assert.Equal(parts, Build(parts, Candle.LengthMs));
    }

    [Theory]
    [InlineData(900_000, 60_000, 900_000)]
    [InlineData(900_000, 300_000, 900_000)]
    [InlineData(900_000, 3_600_000, 3_600_000)]
    [InlineData(900_000, 120_000, 960_000)]
    [InlineData(60_000, 1_000, 60_000)]
    public void The_interval_is_a_multiple_of_the_candles_that_come(long wantedMs, long candleMs, long intervalMs) =>
        Assert.Equal(intervalMs, DecisionCandle.IntervalOf(wantedMs, candleMs));

    private static List<Candle> Build(IEnumerable<Candle> parts, long intervalMs)
    {
        var building = new DecisionCandle();
        var built = new List<Candle>();
        foreach (var part in parts)
            if (building.Add(in part, intervalMs, gapBefore: false) is { } candle) built.Add(candle);
        return built;
    }
}
