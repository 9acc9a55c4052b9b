namespace Quantum.Market;

/// <summary>
/// What is at stake in one candle of a tape: the path inside it follows from this, also after a restart.
/// </summary>
public sealed record CandleStakes
{
    /// <summary>The candle's open, UTC epoch ms.</summary>
    public required long OpenMs { get; init; }

    /// <summary>Orders ever commanded when it opened, from 0.</summary>
    public required long Orders { get; init; }

    /// <summary>When a symbol's last order was seen, as the open of a candle, UTC epoch ms.</summary>
    public IReadOnlyDictionary<string, long> OrderedAtMs { get; init; } = new Dictionary<string, long>();

    /// <summary>Symbols whose path is walked.</summary>
    public IReadOnlyList<string> Watched { get; init; } = [];

    /// <summary>Signed base quantity held once the open was told; null before that.</summary>
    public IReadOnlyDictionary<string, decimal>? Held { get; init; }
}
