namespace Quantum.Contracts.Events;

/// <summary>What the venues agree on for one symbol, on <c>exchange.normalized</c>.</summary>
public readonly record struct ExchangeNormalized : ICheckedEvent
{
    public required Symbol Symbol { get; init; }

    /// <summary>Mean of the venues' mid prices, quote currency, above 0.</summary>
    public required decimal MidPrice { get; init; }

    /// <summary>(highest mid - lowest mid) / mean mid, 0 to 1; null with fewer than two fresh venues.</summary>
    public double? ExchangeDivergence { get; init; }

    /// <summary>Number of venues with a fresh quote, from 1.</summary>
    public required int VenueCount { get; init; }

    /// <summary>Highest minus lowest funding per 8 hours as a fraction; null with fewer than two venues.</summary>
    public double? FundingSpreadFraction { get; init; }

    /// <summary>Mean funding per 8 hours as a fraction; null when no venue tells it.</summary>
    public double? FundingRate { get; init; }

    public string? Fault()
    {
        if (Prices.Fault("mid_price", MidPrice) is { } mid) return mid;
        if (VenueCount < 1) return $"venue_count {VenueCount} is below 1";
        if (VenueCount < 2 && ExchangeDivergence is not null)
            return "exchange_divergence needs two venues: send it empty";
        return ExchangeDivergence is < 0 ? $"exchange_divergence {ExchangeDivergence} is below 0" : null;
    }
}
