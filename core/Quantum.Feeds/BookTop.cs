namespace Quantum.Feeds;

/// <summary>Best bid and ask of a symbol, as a recording has each change of them.</summary>
public readonly record struct BookTop
{
    public required Symbol Symbol { get; init; }

    /// <summary>Quote currency, above 0.</summary>
    public required decimal BidPrice { get; init; }

    /// <summary>Quote currency, not below the bid.</summary>
    public required decimal AskPrice { get; init; }

    /// <summary>Base units, 0 or more; null when the recording does not say.</summary>
    public decimal? BidQuantity { get; init; }

    /// <summary>Base units, 0 or more; null when the recording does not say.</summary>
    public decimal? AskQuantity { get; init; }
}
