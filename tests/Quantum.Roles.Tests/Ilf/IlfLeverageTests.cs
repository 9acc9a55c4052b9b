using Quantum.Roles.Ilf;

namespace Quantum.Roles.Tests.Ilf;

public class IlfLeverageTests
{
    [Theory]
    [InlineData(0.72, 0.02, 0, 0, 0, 0, 78.588)]
    [InlineData(0.72, 0.5513, 0, 0, 0, 0, 50.376)]
    [InlineData(0.72, 0.5513, 0, 0.5, 0, 0, 25.188)]
    [InlineData(0.9, 1, 0.5, 0, 0.1, 0.001, 32.702)]
    public void Golden_values_of_the_audited_formula(
        double confidence, double volatility, double trend, double margin, double divergence, double funding,
        double expected)
    {
        var proposal = IlfLeverage.Propose(Inputs(confidence, volatility, trend, margin, divergence, funding));
        Assert.Equal(expected, proposal.RawLeverage, 3);
        Assert.Equal(expected, proposal.ClampedLeverage, 3);
        Assert.False(proposal.IsClamped);
        Assert.Equal((int)expected, proposal.Cap);
    }

    [Fact]
    public void The_audited_floor_of_5_is_shown_but_the_cap_falls_below_it()
    {
        var proposal = IlfLeverage.Propose(Inputs(0.5, 3, -1, 0.9, 0, 0));
        Assert.Equal(1.721, proposal.RawLeverage, 3);
        Assert.Equal(5, proposal.ClampedLeverage);
        Assert.True(proposal.IsClamped);
        Assert.Equal(1, proposal.Cap);
    }

    [Fact]
    public void Factors_are_those_of_the_formula()
    {
        var proposal = IlfLeverage.Propose(Inputs(0.9, 1, 0.5, 0.2, 0.1, 0.001) with { SymbolRisk = 1.25 });
        Assert.Equal(72.5, proposal.BaseLeverage, 9);
        Assert.Equal(0.5, proposal.Factors.Volatility, 9);
        Assert.Equal(1.125, proposal.Factors.PnlTrend, 9);
        Assert.Equal(0.8, proposal.Factors.SymbolRisk, 9);
        Assert.Equal(0.8, proposal.Factors.Margin, 9);
        Assert.Equal(0.9, proposal.Factors.Divergence, 9);
        Assert.Equal(0.99, proposal.Factors.Funding, 9);
    }

    [Fact]
    public void The_audited_sample_gets_the_volatility_factor_not_the_atr()
    {
        // v = 0.55 damps to 0.95; the audited mistake (v = atr 0.02) would have raised by 1.48.
        var proposal = IlfLeverage.Propose(Inputs(0.72, 0.55, 0, 0, 0, 0));
        Assert.Equal(0.95, proposal.Factors.Volatility, 9);
    }

    [Fact]
    public void The_unknown_never_proposes_more_than_any_known_value()
    {
        var unknown = IlfLeverage.Propose(new IlfInputs { Confidence = 0.8, SymbolRisk = 1 }).RawLeverage;
        for (var v = 0.0; v <= 3; v += 0.25)
            for (var d = 0.0; d <= 1; d += 0.25)
                for (var f = -0.05; f <= 0.05; f += 0.025)
                    Assert.True(unknown <= IlfLeverage.Propose(Inputs(0.8, v, 0, 0, d, f)).RawLeverage + 1e-12);
    }

    private static IlfInputs Inputs(
        double confidence, double volatility, double trend, double margin, double divergence, double funding) => new()
        {
            Confidence = confidence,
            VolatilityFactor = volatility,
            PnlTrend = trend,
            SymbolRisk = 1,
            MarginUtilizationFraction = margin,
            ExchangeDivergence = divergence,
            FundingRate = funding,
        };
}
