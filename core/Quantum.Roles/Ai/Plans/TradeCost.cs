using Quantum.Contracts.Units;

namespace Quantum.Roles.Ai.Plans;

/// <summary>
/// What a round trip costs, as fractions of the notional: two taking fees, the spread once (half of it on each way),
/// impact on both ways by the square-root law (Almgren et al. 2005: impact grows with the root of the share of the
/// volume), what is lost because a way is paid in whole ticks, and the funding expected over the hold, which a short
/// receives where a long pays.
/// </summary>
internal readonly record struct TradeCost
{
    private const double FundingPeriodMs = 8 * 3_600_000.0;

    /// <summary>Two taking fees, fraction.</summary>
    public required double FeesFraction { get; init; }

    /// <summary>Ask less bid over mid, fraction.</summary>
    public required double SpreadFraction { get; init; }

    /// <summary>Of both ways, fraction.</summary>
    public required double ImpactFraction { get; init; }

    /// <summary>Of both ways: what each pays is a whole number of ticks, never fewer than it costs, fraction.</summary>
    public required double RoundingFraction { get; init; }

    /// <summary>Expected to be paid (+) or received (-) over the hold, fraction.</summary>
    public required double FundingFraction { get; init; }

    /// <summary>All of it, fraction; below 0 only where funding pays for everything.</summary>
    public double RoundTripFraction =>
        FeesFraction + SpreadFraction + ImpactFraction + RoundingFraction + FundingFraction;

    /// <param name="side">Of the entry.</param>
    /// <param name="spreadFraction">As quoted; null: the settings' own.</param>
    /// <param name="tickFraction">The least step of the price over the price; 0 when it is unknown.</param>
    /// <param name="minuteValueUsd">Value traded in a minute, USD, 0 or more.</param>
    /// <param name="fundingRate">Per 8 hours, fraction; null counts as none.</param>
    /// <param name="holdMs">Until the time stop, ms.</param>
    /// <param name="settings">Fees and impact.</param>
    public static TradeCost Of(
        Side side, double? spreadFraction, double tickFraction, double minuteValueUsd, double? fundingRate, long holdMs,
        CostSettings settings)
    {
        var spread = spreadFraction ?? 2 * settings.HalfSpreadFraction;
        var share = Math.Min(1, settings.ReferenceNotionalUsd / Math.Max(minuteValueUsd, 1));
        var impact = settings.ImpactFraction * Math.Sqrt(share);
        var way = spread / 2 + impact;
        return new TradeCost
        {
            FeesFraction = 2 * settings.TakerFeeFraction,
            SpreadFraction = spread,
            ImpactFraction = 2 * impact,
            RoundingFraction = tickFraction > 0
                ? 2 * (Math.Ceiling(way / tickFraction) * tickFraction - way) : 0,
            FundingFraction = (int)side.Sign() * (fundingRate ?? 0) * (holdMs / FundingPeriodMs),
        };
    }
}
