using Quantum.Contracts.Events;

namespace Quantum.Roles.Ai.Features;

/// <summary>One closed candle as features see it.</summary>
/// <param name="OpenTimeMs">Start of the candle, UTC epoch ms.</param>
/// <param name="Open">First price, quote currency, above 0.</param>
/// <param name="High">Highest price, quote currency.</param>
/// <param name="Low">Lowest price, quote currency, above 0.</param>
/// <param name="Close">Last price, quote currency.</param>
/// <param name="Volume">Traded base quantity, 0 or more.</param>
internal readonly record struct Candle(
    long OpenTimeMs, double Open, double High, double Low, double Close, double Volume)
{
    /// <summary>Length of a candle unless a tape has longer ones, ms.</summary>
    public const long LengthMs = 60_000;

    /// <summary>Name of that length on <c>market.klines</c>.</summary>
    public const string Interval = "1m";

    /// <summary>Length of this candle, ms, above 0.</summary>
    public long SpanMs { get; init; } = LengthMs;

    /// <summary>End of the candle, UTC epoch ms, exclusive.</summary>
    public long CloseTimeMs => OpenTimeMs + SpanMs;

    public static Candle Of(in MarketKline kline) => new(
        kline.OpenTimeMs, (double)kline.Open, (double)kline.High, (double)kline.Low, (double)kline.Close,
        (double)kline.Volume)
    {
        SpanMs = kline.CloseTimeMs - kline.OpenTimeMs,
    };
}
