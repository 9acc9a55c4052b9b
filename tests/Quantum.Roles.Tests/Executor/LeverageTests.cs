using FsCheck.Xunit;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Executor.Risk;
using Quantum.Roles.Symbols;
using static Quantum.Roles.Tests.Executor.ExecutorBench;

namespace Quantum.Roles.Tests.Executor;

public class LeverageTests
{
    private static readonly SymbolFilters s_filters = TestBook.Near;

    [Fact]
    public void Policy_caps_the_proposal()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry(), "i1");
        Assert.Equal(5, bench.LastCommand.Leverage);
    }

    [Fact]
    public void The_intents_own_leverage_is_a_cap_down_to_1()
    {
        foreach (var leverage in (int[])[1, 2, 3])
        {
            var bench = new ExecutorBench();
            bench.Intent(bench.Entry() with { Leverage = leverage }, "i1");
            Assert.Equal(leverage, bench.LastCommand.Leverage);
        }
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 2)]
    public void Only_a_legacy_intents_1_is_a_placeholder(int leverage, int expected)
    {
        var intent = new ExecutorBench().Entry() with { Leverage = leverage };
        Assert.Equal(expected, LeverageChoice.Of(in intent, s_filters, 200, 5, 0, null, isLegacy: true).Leverage);
        Assert.Equal(leverage, LeverageChoice.Of(in intent, s_filters, 200, 5, 0, null).Leverage);
    }

    [Fact]
    public void A_far_stop_lowers_leverage_until_it_is_nearer_than_half_the_way_to_liquidation()
    {
        // Stop 10 % away, maintenance 2 %: 0.1 < (1/L - 0.02) / 2 needs L < 4.55.
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry() with { StopLoss = 1.8m }, "i1");
        Assert.Equal(4, bench.LastCommand.Leverage);
    }

    [Fact]
    public void Leverage_may_fall_to_1()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry() with { Confidence = 0.5, Ilf = IlfContext.Unknown }, "i1");
        // 42.5 * 0.2 / 1.1 * 0.5 * 0.5 * 0.9 = 1.74
        Assert.Equal(1, bench.LastCommand.Leverage);
    }

    [Property(MaxTest = 500)]
    public void Leverage_is_never_above_any_cap_and_never_lets_the_stop_come_near_liquidation(
        byte confidence, byte volatility, byte policy, byte proposal, byte margin, byte stop)
    {
        var intent = new TradeIntent
        {
            Symbol = Near,
            Side = Side.Buy,
            Confidence = confidence / 255.0,
            PositionSizeUsd = 200,
            Leverage = proposal % 3 == 0 ? null : 1 + proposal / 2,
            Ilf = new IlfContext
            {
                AtrValue = null,
                VolatilityFactor = volatility % 5 == 0 ? null : volatility / 50.0,
                ExchangeDivergence = 0.01,
                FundingRate = 0.0001,
                Regime = null,
            },
        };
        double? fixedStop = stop % 2 == 0 ? null : stop / 700.0;
        var choice = LeverageChoice.Of(in intent, s_filters, 200, 1 + policy % 125, margin / 255.0, fixedStop);
        if (choice.Leverage is not { } leverage)
        {
            Assert.True(choice.StopFraction >= choice.LiquidationFraction(1) / 2);
            return;
        }

        Assert.InRange(leverage, 1, choice.Caps.Min(cap => cap.Leverage));
        Assert.True(leverage <= s_filters.Brackets.MaxLeverage);
        Assert.True(leverage <= 1 + policy % 125);
        if (intent.Leverage is not null) Assert.True(leverage <= intent.Leverage);
        Assert.True(choice.StopFraction < choice.LiquidationFraction(leverage) / 2);
    }
}
