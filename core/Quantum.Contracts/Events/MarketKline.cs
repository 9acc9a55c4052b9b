namespace Quantum.Contracts.Events;

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
