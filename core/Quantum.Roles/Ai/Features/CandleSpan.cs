using Quantum.Contracts.Events;

namespace Quantum.Roles.Ai.Features;

/// <summary>
/// The one length of candles that a role works on: that of the first candle it is told. Features, models and horizons
/// count candles, so two lengths must not mix; which one it is, the feed decides (<c>Feed:Interval</c>).
/// </summary>
internal sealed class CandleSpan
{
    /// <summary>Length, ms; 0 before the first candle.</summary>
    public long Ms { get; set; }

    /// <summary>The length, or a minute as long as it is not known, ms.</summary>
    public long OrMinuteMs() => Ms == 0 ? Candle.LengthMs : Ms;

    /// <summary>True when the candle has another length than those before.</summary>
    public bool IsOther(in MarketKline kline) => Ms != 0 && Ms != kline.CloseTimeMs - kline.OpenTimeMs;
}
