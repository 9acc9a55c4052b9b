using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Learning;

/// <summary>How the signals of one hour came true.</summary>
internal sealed record HourScore
{
    /// <summary>Signals scored, from 0.</summary>
    public int Signals { get; set; }

    /// <summary>Of these whose side won.</summary>
    public int Hits { get; set; }

    /// <summary>Sum of the squared distances of probability and outcome.</summary>
    public double BrierSum { get; set; }
}

/// <summary>A signal whose outcome is not known yet.</summary>
/// <param name="CloseMs">End of its candle, UTC epoch ms.</param>
/// <param name="Price">Close of its candle, quote currency.</param>
/// <param name="Up">Probability that the price rises, 0 to 1.</param>
/// <param name="Version">The model's version.</param>
internal sealed record OpenSignal(long CloseMs, decimal Price, double Up, string Version);

/// <summary>One signal with its outcome.</summary>
/// <param name="Version">The model's version.</param>
/// <param name="Likelier">The probability that it gave its side, 0.5 to 1.</param>
/// <param name="IsHit">True when its side won.</param>
/// <param name="Brier">(probability - outcome)^2, 0 to 1.</param>
internal readonly record struct ScoredSignal(string Version, double Likelier, bool IsHit, double Brier);

/// <summary>
/// The signals of one symbol that wait for their horizon. A later signal's price tells how an earlier one came out;
/// where the candle at the horizon gave no signal, the earlier one stays unscored.
/// </summary>
internal sealed class SignalScores
{
    public List<OpenSignal> Open { get; init; } = [];

    /// <summary>Shortest time between two signals, ms: the length of a candle; 0 before the second.</summary>
    public long SpanMs { get; set; }

    /// <summary>Takes a signal; answers the earlier one that it settles, or null.</summary>
    public ScoredSignal? Add(in SignalGenerated signal, long horizonMs)
    {
        if (Open.Count > 0 && signal.CandleCloseTimeMs - Open[^1].CloseMs is > 0 and var span)
            SpanMs = SpanMs == 0 ? span : Math.Min(SpanMs, span);
        var spanMs = SpanMs == 0 ? Candle.LengthMs : SpanMs;
        var bornMs = signal.CandleCloseTimeMs - Math.Max(spanMs, horizonMs / spanMs * spanMs);
        var settled = Open.Find(open => open.CloseMs == bornMs);
        Open.RemoveAll(open => open.CloseMs <= bornMs);
        Open.Add(new OpenSignal(
            signal.CandleCloseTimeMs, signal.Price,
            signal.Side == Side.Buy ? signal.Confidence : 1 - signal.Confidence, signal.ModelVersion));
        if (settled is null || settled.Price == signal.Price) return null;
        var rose = signal.Price > settled.Price;
        var miss = settled.Up - (rose ? 1 : 0);
        return new ScoredSignal(
            settled.Version, Math.Max(settled.Up, 1 - settled.Up), settled.Up >= 0.5 == rose, miss * miss);
    }
}
