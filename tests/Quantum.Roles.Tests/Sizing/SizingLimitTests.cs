using Quantum.Contracts.Units;
using Quantum.Roles.Sizing;

namespace Quantum.Roles.Tests.Sizing;

/// <summary>What holds right at the limits: of the least order, of the ranges, of what trades prove.</summary>
public sealed class SizingLimitTests
{
    private const string State = "Bull|High|Light";

    [Fact]
    public void Room_for_exactly_the_least_order_is_room()
    {
        // 5 USD of NEAR at 20 are 0.3 coins: 6 USD, with half a percent to spare.
        var request = SizingSamples.Request with { Price = 20, MaxPositionSizeUsd = 6.03m };
        Assert.Equal(6.03m, PositionSizing.SizeOf(in request, Whole, TestBook.Near, out _)?.PositionSizeUsd);
        request = request with { MaxPositionSizeUsd = 6.02m };
        Assert.Null(PositionSizing.SizeOf(in request, Whole, TestBook.Near, out _));
    }

    [Fact]
    public void Less_than_a_cent_is_no_order_also_where_no_least_order_is_known()
    {
        var request = SizingSamples.Request with { MaxPositionSizeUsd = 0.01m };
        Assert.Null(PositionSizing.SizeOf(in request, SizingPolicy.Prior, null, out var refusal));
        Assert.Contains("a share of 0.75 of 0.01 USD", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_whose_margin_is_all_bound_is_in_range_and_told_that_it_carries_nothing()
    {
        var request = SizingSamples.Request with { FreeMarginUsd = 0 };
        Assert.Null(PositionSizing.FaultOf(in request));
        Assert.Null(PositionSizing.SizeOf(in request, SizingPolicy.Prior, null, out var refusal));
        Assert.Contains("free_margin_usd 0 carries no position", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_range_holds_its_ends(double confidence) =>
        Assert.Null(PositionSizing.FaultOf(SizingSamples.Request with { Confidence = confidence }));

    [Fact]
    public void From_55_percent_on_confidence_is_fair() =>
        Assert.Equal("Bull|Fair|Light", SizingStateKey.Of(Regime.Bull, 0.55, 0).Text);

    [Theory]
    // Between one and two standard errors above 0 proves nothing; beyond two is one step.
    [InlineData(5, 0.6, 0.6, 0.75)]
    [InlineData(5, 1.5, 1.5, 1.0)]
    // Seven losses of about the risk are 2.3 errors below 0: one step down, and no more.
    [InlineData(7, -0.95, -1, 0.5)]
    // 7.7 errors below 0 are two steps, the most: only eight end the trading of a state.
    [InlineData(18, -1.95, -1.95, 0.25)]
    [InlineData(30, -1.95, -1.95, 0)]
    public void The_share_moves_a_step_for_two_standard_errors(int trades, double r, double other, double expected)
    {
        var results = Enumerable.Range(0, trades).Select(i => new SizingEpisode(State, 0.75, i % 2 == 0 ? r : other));
        Assert.Equal(expected, SizingPolicyTraining.Train([.. results], SizingPolicy.Prior, "v2").Policy.Table[State]);
    }

    [Fact]
    public void Above_the_whole_there_is_no_share()
    {
        const string sure = "Bull|VeryHigh|Light";
        var won = Enumerable.Repeat(new SizingEpisode(sure, 1, 2), 40).ToArray();
        Assert.Equal(1.0, SizingPolicyTraining.Train(won, SizingPolicy.Prior, "v2").Policy.Table[sure]);
    }

    private static SizingPolicy Whole => SizingPolicy.Prior with
    {
        Version = "v", Table = new(StringComparer.Ordinal) { [State] = 1 },
    };
}
