using Quantum.Roles.Venue;

namespace Quantum.Learning.Summary;

/// <summary>What closing an open position at market is taken to cost, by the simulated venue's own rules.</summary>
public sealed class ClosingCost(VenueSettings venue)
{
    // The venue's largest share of a minute's volume, by its square-root law: no close there pays more for impact.
    private readonly decimal _impactFraction =
        venue.ImpactFraction * (decimal)Math.Sqrt((double)Math.Min(1, venue.MaxVolumeShare));

    /// <summary>In words, with the fractions.</summary>
    public string Assumption => string.Create(
        CultureInfo.InvariantCulture,
        $"closing at market: taker fee {venue.TakerFeeFraction:0.######}, half spread "
        + $"{venue.HalfSpreadFraction:0.######} and slippage {_impactFraction:0.######} of the notional at mark");

    /// <summary>USD, rounded to 8 places.</summary>
    public decimal OfUsd(decimal notionalUsd) => Math.Round(
        notionalUsd * (venue.TakerFeeFraction + venue.HalfSpreadFraction + _impactFraction), 8);
}
