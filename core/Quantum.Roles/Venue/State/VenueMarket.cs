namespace Quantum.Roles.Venue.State;

/// <summary>What the feed last told of one symbol.</summary>
internal sealed class VenueMarket
{
    /// <summary>Last trade price, quote currency; 0 before the first.</summary>
    public decimal LastPrice { get; set; }

    /// <summary>When that was, UTC epoch ms; 0 before the first.</summary>
    public long LastTickMs { get; set; }

    /// <summary>True when that was no trade but a point of a path that the feed assumes.</summary>
    public bool IsAtPathPoint { get; set; }

    /// <summary>The venue's mark price; null when the feed has none.</summary>
    public decimal? MarkPrice { get; set; }

    /// <summary>What the next funding takes, as a fraction of notional; null when unknown.</summary>
    public decimal? FundingRateFraction { get; set; }

    /// <summary>The next funding as the feed last told it, UTC epoch ms; null when it tells none.</summary>
    public long? NextFundingAtMs { get; set; }

    /// <summary>Time between two fundings as the feed's own times show it, ms; null before two of them.</summary>
    public long? FundingEveryMs { get; set; }

    public RollingVolume Volume { get; init; } = new();

    /// <summary>The mark, or the last price where the feed has no mark.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public decimal Mark => MarkPrice ?? LastPrice;
}
