namespace Quantum.Feeds.Generated;

/// <summary>Which market is generated. Seed, anchor and edge alone decide its path.</summary>
public sealed record GeneratedSettings
{
    /// <summary>The edge unless another is asked for: at one deviation, twice what a round trip costs.</summary>
    public const double UsualEdge = 2;

    /// <summary>The largest edge: beyond, momentum is the whole market.</summary>
    public const double MostEdge = 10;

    public required ulong Seed { get; init; }

    /// <summary>
    /// How much the planted momentum is worth, 0 to 10, in costs of a round trip (0.12 % of the price) where it is
    /// one deviation strong; 0 leaves a market that cannot be foretold.
    /// </summary>
    public double Edge { get; init; } = UsualEdge;

    /// <summary>Told each symbol's path at the end of each minute: what a bench asks that knows the rule.</summary>
    public Action<MarketPath, long>? OnMinute { get; init; }

    /// <summary>Where the path begins, UTC epoch ms, a whole minute.</summary>
    public required long AnchorMs { get; init; }

    /// <summary>From here on everything is told, UTC epoch ms; before, closed candles only (warm-up).</summary>
    public required long LiveFromMs { get; init; }

    /// <summary>Where the tape ends, UTC epoch ms; null: never.</summary>
    public long? EndMs { get; init; }

    public IReadOnlyList<Symbol> Symbols { get; init; } = GeneratedSymbol.Defaults;

    /// <summary>
    /// A market that starts at an instant, with that many candles of history before it.
    /// </summary>
    public static GeneratedSettings StartingAt(long startMs, int historyCandles, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(historyCandles);
        var minute = startMs / CandleInterval.MinuteMs * CandleInterval.MinuteMs;
        return new GeneratedSettings
        {
            Seed = seed, AnchorMs = minute - historyCandles * CandleInterval.MinuteMs, LiveFromMs = minute,
        };
    }
}
