namespace Quantum.Contracts.Events;

/// <summary>The market's state of one symbol, on <c>market_data</c>.</summary>
public readonly record struct MarketData : ICheckedEvent
{
    public required Symbol Symbol { get; init; }

    /// <summary>Price of the last trade, quote currency, above 0.</summary>
    public required decimal LastPrice { get; init; }

    /// <summary>The venue's mark price, above 0; null when the feed has none.</summary>
    public decimal? MarkPrice { get; init; }

    /// <summary>Best bid, above 0; null when the feed has none.</summary>
    public decimal? BidPrice { get; init; }

    /// <summary>Best ask, not below the bid; null when the feed has none.</summary>
    public decimal? AskPrice { get; init; }

    /// <summary>Highest price of 24 hours.</summary>
    [WireName("high_24h_price")] public decimal? High24hPrice { get; init; }

    /// <summary>Lowest price of 24 hours, above 0.</summary>
    [WireName("low_24h_price")] public decimal? Low24hPrice { get; init; }

    /// <summary>Price change over 24 hours as a fraction of the older price.</summary>
    [WireName("change_24h_fraction")] public double? Change24hFraction { get; init; }

    /// <summary>Traded value of 24 hours, USD.</summary>
    [WireName("volume_24h_usd")] public double? Volume24hUsd { get; init; }

    /// <summary>What the next funding takes, as a fraction of notional; positive: longs pay.</summary>
    public double? FundingRate { get; init; }

    /// <summary>When the next funding falls due, UTC epoch ms.</summary>
    public long? NextFundingAtMs { get; init; }

    public string? Fault() => Prices.Fault("last_price", LastPrice)
        ?? Prices.Fault("mark_price", MarkPrice) ?? Prices.SpreadFault(BidPrice, AskPrice);
}
