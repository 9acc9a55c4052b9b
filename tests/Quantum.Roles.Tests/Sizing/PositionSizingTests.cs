using FsCheck.Xunit;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Sizing;

namespace Quantum.Roles.Tests.Sizing;

/// <summary>Every size stays within every limit, and every impossible request is refused by the field's name.</summary>
public sealed class PositionSizingTests
{
    [Fact]
    public void A_size_is_the_policys_share_of_the_risk_budget()
    {
        // Budget: 10,000 * 0.01 / 0.02 = 5,000; a bull market at 0.7 takes 0.75; a quarter of the margin is 2,250.
        var size = PositionSizing.SizeOf(SizingSamples.Request, SizingPolicy.Prior)!;
        Assert.Equal((3_750m, 2, 0.75), (size.PositionSizeUsd, size.Leverage, size.SizeFraction));
        Assert.Equal(0.0075, size.RiskFraction, 12);
        Assert.Equal("Bull|High|Light", size.StateKey);
        Assert.Contains("0.75 of 5000 USD for Bull|High|Light", size.Reasoning, StringComparison.Ordinal);
    }

    [Fact]
    public void The_stop_that_will_be_set_is_the_one_that_is_sized_for()
    {
        // Budget: 10,000 * 0.01 / 0.04 = 2,500, of which 0.75.
        var size = PositionSizing.SizeOf(
            SizingSamples.Request with { StopFraction = 0.04 }, SizingPolicy.Prior)!;
        Assert.Equal(1_875m, size.PositionSizeUsd);
        Assert.Equal(0.0075, size.RiskFraction, 12);
        Assert.Contains(
            "stop_fraction is 0.6", PositionSizing.FaultOf(SizingSamples.Request with { StopFraction = 0.6 }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_made_to_learn_takes_the_least_order_whatever_the_share()
    {
        var size = PositionSizing.SizeOf(
            SizingSamples.Request with { StopFraction = 0.04, Exploration = true, MaxPositionSizeUsd = 5.31m },
            SizingPolicy.Prior)!;
        Assert.Equal((5.31m, 1, 0.75), (size.PositionSizeUsd, size.Leverage, size.SizeFraction));
        Assert.Equal(5.31 / 10_000 * 0.04, size.RiskFraction, 12);
    }

    [Fact]
    public void A_tiny_range_does_not_make_a_huge_size()
    {
        var size = PositionSizing.SizeOf(
            SizingSamples.Request with
            {
                Ilf = SizingSamples.Request.Ilf with { AtrValue = 1e-6 }, MaxPositionSizeUsd = 1_000_000,
            },
            SizingPolicy.Prior)!;
        // Budget 20,000 at the least stop of 0.5 %; the margin limit of 9,000 * 0.25 * 5 cuts it, then the share.
        Assert.Equal(0.75m * 11_250, size.PositionSizeUsd);
    }

    [Theory]
    [InlineData(5_000, 11_250)]
    [InlineData(2_500, 11_250)]
    [InlineData(2_500, 900)]
    [InlineData(200, 11_250)]
    public void The_share_scales_what_is_left_after_every_cap(double roomUsd, double marginUsd)
    {
        var request = SizingSamples.Request with
        {
            MaxPositionSizeUsd = (decimal)roomUsd, FreeMarginUsd = (decimal)marginUsd / 1.25m,
        };
        var most = (decimal)Math.Min(5_000, Math.Min(roomUsd, marginUsd));
        foreach (var share in SizingPolicy.SizeFractions.Where(share => share > 0))
        {
            var size = PositionSizing.SizeOf(in request, With(share))!;
            Assert.Equal((double)most * share, (double)size.PositionSizeUsd, (double)most * share * 0.001);
            // Two ATR away, as the request has it.
            Assert.Equal((double)size.PositionSizeUsd / 10_000 * 0.02, size.RiskFraction, 12);
        }
    }

    [Fact]
    public void Share_0_is_no_trade_and_says_so()
    {
        Assert.Null(PositionSizing.SizeOf(SizingSamples.Request, With(0), null, out var refusal));
        Assert.Contains("share for Bull|High|Light is 0", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5.1, 1.0, "room for 5.1 USD cannot hold the least order of 5.28")]
    [InlineData(20, 0.25, "a share of 0.25 of 20 USD is below the least order of 5.28")]
    public void What_cannot_hold_the_least_order_is_no_size(double roomUsd, double share, string refusal)
    {
        // The least order of NEAR: 5 USD at 5.25 is a unit of 0.1 more than 0.95, with half a percent to spare.
        var request = SizingSamples.Request with { MaxPositionSizeUsd = (decimal)roomUsd };
        Assert.Null(PositionSizing.SizeOf(in request, With(share), TestBook.Near, out var words));
        Assert.Contains(refusal, words, StringComparison.Ordinal);
        Assert.NotNull(PositionSizing.SizeOf(
            request with { MaxPositionSizeUsd = 5.3m }, With(1), TestBook.Near, out words));
        Assert.Null(words);
    }

    private static SizingPolicy With(double share) => SizingPolicy.Prior with
    {
        Version = "v", Table = new(StringComparer.Ordinal) { ["Bull|High|Light"] = share },
    };

    [Fact]
    public void Without_free_margin_there_is_no_size() =>
        Assert.Null(PositionSizing.SizeOf(SizingSamples.Request with { FreeMarginUsd = 0 }, SizingPolicy.Prior));

    [Property(MaxTest = 1_000)]
    public void No_limit_is_ever_passed(int seed)
    {
        var request = SizingSamples.From(seed);
        Assert.Null(PositionSizing.FaultOf(in request));
        if (PositionSizing.SizeOf(in request, SizingPolicy.Prior) is not { } size) return;
        var marginLimit = request.FreeMarginUsd * PositionSizing.FreeMarginShare;
        Assert.True(size.PositionSizeUsd > 0);
        Assert.True(size.PositionSizeUsd <= request.MaxPositionSizeUsd);
        Assert.True(size.PositionSizeUsd <= marginLimit * size.Leverage, $"{size} binds more than {marginLimit}");
        Assert.InRange(size.Leverage, 1, request.MaxLeverage);
        Assert.True(size.RiskFraction <= request.RiskPerTradeFraction * (1 + 1e-9), size.ToString());
        Assert.True(size.Leverage == 1 || size.PositionSizeUsd > marginLimit * (size.Leverage - 1), "more than needed");
    }

    [Property(MaxTest = 300)]
    public void Both_sides_get_the_same_size(int seed)
    {
        var request = SizingSamples.From(seed);
        Assert.Equal(
            PositionSizing.SizeOf(request with { Side = Side.Buy }, SizingPolicy.Prior),
            PositionSizing.SizeOf(request with { Side = Side.Sell }, SizingPolicy.Prior));
    }

    public static TheoryData<string, Func<SizingRequested, SizingRequested>> OutOfRange => new()
    {
        { "confidence is -0.1", r => r with { Confidence = -0.1 } },
        { "confidence is 1.1", r => r with { Confidence = 1.1 } },
        { "confidence is NaN", r => r with { Confidence = double.NaN } },
        { "price is 0", r => r with { Price = 0 } },
        { "atr_value is unknown", r => r with { Ilf = r.Ilf with { AtrValue = null } } },
        { "atr_value is 0:", r => r with { Ilf = r.Ilf with { AtrValue = 0 } } },
        { "atr_value is 0.6", r => r with { Ilf = r.Ilf with { AtrValue = 0.6 } } },
        { "volatility_factor is 11", r => r with { Ilf = r.Ilf with { VolatilityFactor = 11 } } },
        { "exchange_divergence is 2", r => r with { Ilf = r.Ilf with { ExchangeDivergence = 2 } } },
        { "funding_rate is 0.06", r => r with { Ilf = r.Ilf with { FundingRate = 0.06 } } },
        { "funding_rate is -0.06", r => r with { Ilf = r.Ilf with { FundingRate = -0.06 } } },
        { "equity_usd is 0", r => r with { EquityUsd = 0 } },
        { "free_margin_usd is -1", r => r with { FreeMarginUsd = -1 } },
        { "gross_exposure_fraction is -0.1", r => r with { GrossExposureFraction = -0.1 } },
        { "gross_exposure_fraction is Infinity", r => r with { GrossExposureFraction = double.PositiveInfinity } },
        { "max_position_size_usd is 0", r => r with { MaxPositionSizeUsd = 0 } },
        { "max_leverage is 0", r => r with { MaxLeverage = 0 } },
        { "max_leverage is 126", r => r with { MaxLeverage = 126 } },
        { "risk_per_trade_fraction is 0:", r => r with { RiskPerTradeFraction = 0 } },
        { "risk_per_trade_fraction is 0.11", r => r with { RiskPerTradeFraction = 0.11 } },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void A_field_out_of_range_is_refused_by_name(
        string start, Func<SizingRequested, SizingRequested> change)
    {
        Assert.Null(PositionSizing.FaultOf(SizingSamples.Request));
        Assert.StartsWith(start, PositionSizing.FaultOf(change(SizingSamples.Request)), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_optional_fields_are_no_fault() => Assert.Null(PositionSizing.FaultOf(
        SizingSamples.Request with
        {
            Ilf = IlfContext.Unknown with { AtrValue = 0.01, Regime = Regime.Unknown },
        }));
}
