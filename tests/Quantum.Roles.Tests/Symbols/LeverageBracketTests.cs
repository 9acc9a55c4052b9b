using FsCheck.Xunit;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.Tests.Symbols;

/// <summary>Margin by size of position.</summary>
public class LeverageBracketTests
{
    // The exchange's own table of 0GUSDT on 2026-05-21, its first five steps, with what it publishes as cum.
    private static readonly (decimal Cap, int Leverage, decimal Fraction, decimal Cum)[] s_published =
    [
        (5_000, 75, 0.01m, 0), (10_000, 50, 0.015m, 25), (25_000, 25, 0.02m, 75), (50_000, 20, 0.025m, 200),
        (125_000, 10, 0.05m, 1450),
    ];

    private static readonly LeverageBrackets s_table =
        new(s_published.Select(step => new LeverageBracket(step.Cap, step.Leverage, step.Fraction)));

    [Fact]
    public void Maintenance_is_notional_times_ratio_minus_cum_as_the_exchange_publishes_it()
    {
        foreach (var (cap, _, fraction, cum) in s_published)
            Assert.Equal(cap * fraction - cum, s_table.MaintenanceUsd(cap));
        Assert.Equal(7_000 * 0.015m - 25, s_table.MaintenanceUsd(7_000));
        Assert.Equal(200_000 * 0.05m - 1450, s_table.MaintenanceUsd(200_000));
        Assert.Equal(0, s_table.MaintenanceUsd(0));
    }

    [Theory]
    [InlineData(1, 75)]
    [InlineData(5_000, 75)]
    [InlineData(5_001, 50)]
    [InlineData(125_000, 10)]
    [InlineData(125_001, null)]
    public void Leverage_falls_with_the_size_and_above_the_last_step_nothing_is_allowed(int notional, int? leverage) =>
        Assert.Equal(leverage, s_table.MaxLeverageFor(notional));

    [Property(MaxTest = 500)]
    public void At_the_liquidation_price_what_is_left_is_what_must_be_kept(
        int size, ushort entry, int money, bool isLong)
    {
        var held = (1 + Math.Abs(size % 100_000)) / 10m * (isLong ? 1 : -1);
        var entryPrice = 1 + entry / 100m;
        var otherUsd = 1 + Math.Abs(money % 1_000_000) / 10m;
        if (s_table.LiquidationPrice(held, entryPrice, otherUsd) is not { } price)
        {
            Assert.True(isLong && otherUsd >= held * entryPrice, "only a long that is paid for is never liquidated");
            return;
        }

        Assert.True(price > 0);
        var leftUsd = otherUsd + held * (price - entryPrice);
        Assert.Equal(s_table.MaintenanceUsd(Math.Abs(held) * price), leftUsd, 8);
    }

    [Theory]
    [InlineData("without steps", "")]
    [InlineData("bracket cap 5000 USD is not above 5000", "5000:20:0.01 5000:10:0.02")]
    [InlineData("bracket leverage 30 is outside 1 to 20", "5000:20:0.01 6000:30:0.02")]
    [InlineData("bracket leverage 0", "5000:0:0.01")]
    [InlineData("bracket leverage 201", "5000:201:0.01")]
    [InlineData("maintenance margin 1 ", "5000:20:1")]
    [InlineData("maintenance margin 0 ", "5000:20:0")]
    [InlineData("maintenance margin 0.01 falls below 0.02", "5000:20:0.02 6000:10:0.01")]
    public void An_impossible_table_is_refused_in_words(string words, string table)
    {
        var steps = table.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(step => step.Split(':')).Select(
            parts => new LeverageBracket(decimal.Parse(parts[0]), int.Parse(parts[1]), decimal.Parse(parts[2])));
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => new LeverageBrackets(steps)).Message);
    }
}
