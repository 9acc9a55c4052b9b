namespace Quantum.Contracts.Events;

/// <summary>One venue's quote as that venue sent it, on <c>exchange.raw</c>.</summary>
public readonly record struct ExchangeRaw : ICheckedEvent
{
    /// <summary>The venue, for example <c>binance</c>.</summary>
    public required string Exchange { get; init; }

    public required Symbol Symbol { get; init; }

    /// <summary>Best bid, quote currency, above 0.</summary>
    public required decimal BidPrice { get; init; }

    /// <summary>Best ask, quote currency, not below the bid.</summary>
    public required decimal AskPrice { get; init; }

    /// <summary>Last trade, or null.</summary>
    public decimal? LastPrice { get; init; }

    /// <summary>Funding per 8 hours as a fraction of notional, or null.</summary>
    public double? FundingRate { get; init; }

    public string? Fault() => Prices.Fault("bid_price", BidPrice) ?? Prices.SpreadFault(BidPrice, AskPrice);
}
