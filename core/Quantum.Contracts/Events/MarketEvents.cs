using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

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

    /// <summary>Funding per 8 hours as a fraction of notional; positive: longs pay.</summary>
    public double? FundingRate { get; init; }

    /// <summary>When the next funding falls due, UTC epoch ms.</summary>
    public long? NextFundingAtMs { get; init; }

    public string? Fault() => Prices.Fault("last_price", LastPrice)
        ?? Prices.Fault("mark_price", MarkPrice) ?? Prices.SpreadFault(BidPrice, AskPrice);
}

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

    public string? Fault() => Prices.Fault("price", Price) ?? Prices.SpreadFault(BidPrice, AskPrice)
        ?? (Quantity < 0 ? $"quantity {Quantity} is below 0" : null);
}

/// <summary>One closed candle, on <c>market.klines</c>.</summary>
public readonly record struct MarketKline : ICheckedEvent
{
    public required Symbol Symbol { get; init; }

    /// <summary>Length of the candle as the venue names it, for example <c>1m</c>.</summary>
    public required string Interval { get; init; }

    /// <summary>Start of the candle, UTC epoch ms.</summary>
    public required long OpenTimeMs { get; init; }

    /// <summary>End of the candle, UTC epoch ms, exclusive.</summary>
    public required long CloseTimeMs { get; init; }

    public required decimal Open { get; init; }
    public required decimal High { get; init; }
    public required decimal Low { get; init; }
    public required decimal Close { get; init; }

    /// <summary>Traded base quantity, 0 or more.</summary>
    public required decimal Volume { get; init; }

    /// <summary>Traded value in quote currency; null when the feed has none.</summary>
    public decimal? QuoteVolume { get; init; }

    /// <summary>Number of trades; null when the feed has none.</summary>
    public long? Trades { get; init; }

    /// <summary>True when the candle before this one is missing from the feed.</summary>
    public bool GapBefore { get; init; }

    public string? Fault()
    {
        if (Prices.Fault("low", Low) is { } low) return low;
        if (High < Low) return $"high {High} is below low {Low}";
        if (Open < Low || Open > High) return $"open {Open} is outside low {Low} to high {High}";
        if (Close < Low || Close > High) return $"close {Close} is outside low {Low} to high {High}";
        if (Volume < 0) return $"volume {Volume} is below 0";
        return CloseTimeMs > OpenTimeMs ? null : $"close_time_ms {CloseTimeMs} is not after open_time_ms {OpenTimeMs}";
    }
}

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
        if (VenueCount < 2 && ExchangeDivergence is not null) return "exchange_divergence needs two venues: send it empty";
        return ExchangeDivergence is < 0 ? $"exchange_divergence {ExchangeDivergence} is below 0" : null;
    }
}
