namespace Quantum.Roles.Market;

/// <summary>One venue's last quote of one symbol.</summary>
internal sealed record VenueQuote
{
    public required string Exchange { get; init; }
    public required decimal MidPrice { get; init; }

    /// <summary>Per 8 hours, fraction; null when the venue does not tell it.</summary>
    public double? FundingRate { get; init; }

    /// <summary>UTC epoch ms.</summary>
    public required long AtMs { get; init; }
}
