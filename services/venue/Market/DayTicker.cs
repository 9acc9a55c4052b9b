namespace Quantum.Venue.Market;

/// <summary>What is said of a day beside its candle.</summary>
internal static class DayTicker
{
    /// <summary>Change from the day's open to the last price, percent.</summary>
    public static decimal ChangePercent(in Candle day, decimal lastPrice) =>
        day.Open == 0 ? 0 : (lastPrice / day.Open - 1) * 100;

    /// <summary>Traded value over quantity; the last price in a day without trades.</summary>
    public static decimal AveragePrice(in Candle day, decimal lastPrice) =>
        day.Volume == 0 ? lastPrice : day.QuoteVolume / day.Volume;
}
