namespace Quantum.Contracts.Events;

/// <summary>One trade print, on <c>market.tick</c>.</summary>
public readonly record struct MarketTick : ICheckedEvent
{
    public required Symbol Symbol { get; init; }

    /// <summary>Trade price, quote currency, above 0.</summary>
    public required decimal Price { get; init; }

    /// <summary>Traded base quantity; 0 for a price that no trade made.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>True when the buyer's order rested in the book; null when the feed does not say.</summary>
    public bool? IsBuyerMaker { get; init; }

    /// <summary>Best bid at that moment, or null.</summary>
    public decimal? BidPrice { get; init; }

    /// <summary>Best ask at that moment, or null.</summary>
    public decimal? AskPrice { get; init; }

    /// <summary>
    /// True for a point of an assumed path, as between the corners of a recorded candle: no trade made it and no book
    /// shows it. To it and from it the price is walked, in a straight line; between two prints it jumps.
    /// </summary>
    public bool IsPathPoint() => Quantity == 0 && BidPrice is null && AskPrice is null;

    public string? Fault() => Prices.Fault("price", Price) ?? Prices.SpreadFault(BidPrice, AskPrice)
        ?? (Quantity < 0 ? $"quantity {Quantity} is below 0" : null);
}
