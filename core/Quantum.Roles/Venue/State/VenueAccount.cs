namespace Quantum.Roles.Venue.State;

/// <summary>The money: cash is always start + realised - fees + funding.</summary>
internal sealed class VenueAccount
{
    /// <summary>USD.</summary>
    public decimal CashUsd { get; set; }

    /// <summary>Realised PnL before fees and funding since the start, USD.</summary>
    public decimal RealizedUsd { get; set; }

    /// <summary>Fees since the start, USD.</summary>
    public decimal FeesUsd { get; set; }

    /// <summary>Funding since the start, USD, received (+) or paid (-).</summary>
    public decimal FundingUsd { get; set; }

    /// <summary>
    /// What liquidated isolated positions lost beyond their margins since the start, USD: borne by the insurance fund,
    /// in no other figure.
    /// </summary>
    public decimal InsuranceUsd { get; set; }
}
