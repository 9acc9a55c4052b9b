namespace Quantum.Feeds.Recorded;

/// <summary>A place on a candle's path: how much of the leg to a corner is behind.</summary>
/// <param name="Corner">Where the leg ends, 0 to 3; the leg to 0 is the open itself.</param>
/// <param name="Share">Of the leg, above 0, at most 1.</param>
/// <param name="IsLowFirst">Whether the low comes before the high.</param>
internal readonly record struct PathPlace(int Corner, decimal Share, bool IsLowFirst)
{
    /// <summary>The price of a candle at this place, quote currency.</summary>
    public decimal PriceOf(in MarketKline candle)
    {
        var to = CandlePath.PriceAt(in candle, Corner, IsLowFirst);
        if (Corner == 0 || Share == 1) return to;
        var from = CandlePath.PriceAt(in candle, Corner - 1, IsLowFirst);
        return from + (to - from) * Share;
    }
}
