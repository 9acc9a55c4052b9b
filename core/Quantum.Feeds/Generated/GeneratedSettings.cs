using Quantum.Contracts.Units;

namespace Quantum.Feeds.Generated;

/// <summary>Which market is generated. Seed and anchor alone decide its path.</summary>
public sealed record GeneratedSettings
{
    public required ulong Seed { get; init; }

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
