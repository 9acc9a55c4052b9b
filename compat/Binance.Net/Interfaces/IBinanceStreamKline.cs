namespace Binance.Net.Interfaces;

public interface IBinanceStreamKline : IBinanceKline
{
    KlineInterval Interval { get; set; }

    /// <summary>True when the candle is closed.</summary>
    bool Final { get; set; }

    long FirstTrade { get; set; }

    long LastTrade { get; set; }
}
