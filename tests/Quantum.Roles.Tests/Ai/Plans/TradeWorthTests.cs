using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Ai.Plans;

namespace Quantum.Roles.Tests.Ai.Plans;

/// <summary>The one rule by which a trade is worth its cost.</summary>
public sealed class TradeWorthTests
{
    private static readonly SignalGenerated s_signal = new()
    {
        Symbol = Symbol.Parse("NEARUSDT"), Side = Side.Buy, Confidence = 0.6, Price = 5, CandleCloseTimeMs = 1,
        ModelName = "m", ModelVersion = "1", FeatureHash = "f", ModelInForce = true, StopFraction = 0.012,
        RoundTripCostFraction = 0.0012, ExpectedR = 0.1, ExpectedRError = 0.09,
    };

    public static TheoryData<string?, Func<SignalGenerated, SignalGenerated>> Cases => new()
    {
        { null, s => s },
        { "result_below_margin", s => s with { ExpectedRError = 0.1 } },
        { "result_below_margin", s => s with { ExpectedR = -0.1, ExpectedRError = 0 } },
        { "result_below_margin", s => s with { ExpectedR = 0, ExpectedRError = 0 } },
        { "cost_above_risk_share", s => s with { RoundTripCostFraction = 0.00121 } },
        { "cost_above_risk_share", s => s with { RoundTripCostFraction = 0.00121, ModelInForce = false } },
        { "model_not_in_force", s => s with { ModelInForce = false } },
        { "result_unknown", s => s with { ExpectedR = null } },
        { "result_unknown", s => s with { ExpectedRError = null } },
        { "result_unknown", s => s with { StopFraction = null } },
        { "result_unknown", s => s with { RoundTripCostFraction = null } },
        { "result_unknown", s => s with { ExpectedR = double.NaN } },
    };

    [Theory, MemberData(nameof(Cases))]
    public void A_trade_is_worth_it_when_what_is_expected_less_the_margin_is_above_zero(
        string? reason, Func<SignalGenerated, SignalGenerated> change) =>
        Assert.Equal(reason, TradeWorth.Against(change(s_signal), new WorthSettings()));

    [Fact]
    public void Margin_and_share_are_settings()
    {
        Assert.Equal("result_below_margin", TradeWorth.Against(s_signal, new WorthSettings { MarginErrors = 2 }));
        Assert.Equal("cost_above_risk_share", TradeWorth.Against(s_signal, new WorthSettings { MostCostShare = 0.09 }));
    }

    [Theory]
    [InlineData(Side.Buy, 0.0008, 0.001 + 0.0002 + 0.0001 + 0.0001)]
    [InlineData(Side.Sell, 0.0008, 0.001 + 0.0002 + 0.0001 - 0.0001)]
    [InlineData(Side.Buy, -0.0008, 0.001 + 0.0002 + 0.0001 - 0.0001)]
    [InlineData(Side.Buy, null, 0.001 + 0.0002 + 0.0001)]
    public void A_round_trip_costs_two_fees_the_spread_impact_and_funding(Side side, double? funding, double total)
    {
        // A minute's value of 1,000,000 USD: the root of 2,500 over it is 0.05, and both ways of 0.001 make 0.0001.
        var cost = TradeCost.Of(side, null, 0, 1_000_000, funding, 3_600_000, new CostSettings());
        Assert.Equal(total, cost.RoundTripFraction, 1e-12);
        var quoted = TradeCost.Of(side, 0.0005, 0, 1_000_000, funding, 3_600_000, new CostSettings());
        Assert.Equal(total + 0.0003, quoted.RoundTripFraction, 1e-12);
    }

    [Fact]
    public void An_order_larger_than_the_minute_costs_the_whole_impact() => Assert.Equal(
        0.002, TradeCost.Of(Side.Buy, null, 0, 0, null, 1, new CostSettings()).ImpactFraction, 1e-12);
}
