namespace Quantum.Roles.Market;

/// <summary>One venue's last quote of one symbol.</summary>
internal sealed class VenueQuote
{
    public required string Exchange { get; init; }
    public decimal MidPrice { get; set; }

    /// <summary>Per 8 hours, fraction; null when the venue does not tell it.</summary>
    public double? FundingRate { get; set; }

    /// <summary>UTC epoch ms.</summary>
    public long AtMs { get; set; }
}
