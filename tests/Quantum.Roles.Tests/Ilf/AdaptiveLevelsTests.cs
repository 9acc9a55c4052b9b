using Quantum.Roles.ExitBrain;
using Quantum.Roles.Ilf;

namespace Quantum.Roles.Tests.Ilf;

public class AdaptiveLevelsTests
{
    [Theory]
    [InlineData(1, .590616, 1.1906, 1.4953, 1.9477, .6638)]
    [InlineData(5, .358197, .9582, 1.3791, 1.8895, .7567)]
    [InlineData(10, .294300, .8943, 1.3471, 1.8736, .7823)]
    [InlineData(20, .247248, .8472, 1.3236, 1.8618, .8011)]
    [InlineData(30, .225531, .8255, 1.3128, 1.8564, .8098)]
    [InlineData(50, .202765, .8028, 1.3014, 1.8507, .8189)]
    [InlineData(80, .185376, .7854, 1.2927, 1.8463, .8258)]
    public void Golden_table(double leverage, double scale, double tp1Bp, double tp2Bp, double tp3Bp, double slBp)
    {
        var levels = AdaptiveLevels.For(leverage, 0, 0, 0);
        Assert.Equal(scale, levels.LeverageScaleFactor, 6);
        Assert.Equal(tp1Bp, levels.TakeProfit1Fraction * 100, 4);
        Assert.Equal(tp2Bp, levels.TakeProfit2Fraction * 100, 4);
        Assert.Equal(tp3Bp, levels.TakeProfit3Fraction * 100, 4);
        Assert.Equal(slBp, levels.StopLossFraction * 100, 4);
    }

    [Fact]
    public void Market_terms_widen_the_stop_and_funding_moves_the_targets()
    {
        var plain = AdaptiveLevels.For(10, null, null, null);
        var wild = AdaptiveLevels.For(10, 1, 0.5, 0.1);
        Assert.Equal(plain.StopLossFraction * 1.4, wild.StopLossFraction, 12);
        Assert.Equal(plain.TakeProfit1Fraction * 1.08, wild.TakeProfit1Fraction, 12);
        Assert.Equal(AdaptiveLevels.For(10, 0, 0, 0), plain);
    }

    [Fact]
    public void Stop_and_targets_stay_within_their_bounds()
    {
        var tight = AdaptiveLevels.For(1, 0, 0, -1, new() { TakeProfitFraction = 0.001, StopLossFraction = 0.0001 });
        Assert.Equal(AdaptiveLevels.LeastTakeProfitFraction, tight.TakeProfit1Fraction);
        Assert.Equal(AdaptiveLevels.LeastStopLossFraction, tight.StopLossFraction);
        Assert.Equal(AdaptiveLevels.MostStopLossFraction,
            AdaptiveLevels.For(80, 3, 1, 0, new() { StopLossFraction = 0.05 }).StopLossFraction);
    }

    [Fact]
    public void Percent_where_a_fraction_belongs_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            new ExitBrainRole(new() { Levels = new() { TakeProfitFraction = 1 } }));
        Assert.StartsWith("ExitBrain:Levels:TakeProfitFraction is 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, .3, .3, .4)]
    [InlineData(10, .3, .3, .4)]
    [InlineData(10.5, .4, .4, .2)]
    [InlineData(30, .4, .4, .2)]
    [InlineData(31, .5, .3, .2)]
    [InlineData(80, .5, .3, .2)]
    public void Harvest_splits(double leverage, double first, double second, double third)
    {
        var split = HarvestSplit.For(leverage);
        Assert.Equal(((decimal)first, (decimal)second, (decimal)third),
            (split.FirstFraction, split.SecondFraction, split.ThirdFraction));
    }

    [Fact]
    public void A_split_that_does_not_sum_to_1_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new HarvestSplit(0.33m, 0.33m, 0.33m));
        Assert.Throws<ArgumentException>(() => new HarvestSplit(1.2m, -0.2m, 0));
    }
}
