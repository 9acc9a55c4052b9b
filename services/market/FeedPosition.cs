namespace Quantum.Market;

/// <summary>How far a feed has been published: everything up to and with one step.</summary>
public sealed record FeedPosition
{
    /// <summary>The feed it is a position in.</summary>
    public required string Feed { get; init; }

    /// <summary>The last completed step, UTC epoch ms; 0 before the first.</summary>
    public long AtMs { get; init; }

    /// <summary>The first step, UTC epoch ms; 0 before it.</summary>
    public long FirstMs { get; init; }

    public long Candles { get; init; }
    public long Ticks { get; init; }
    public long Snapshots { get; init; }
    public long Quotes { get; init; }

    /// <summary>Real time spent on it over all starts, seconds, 0 or more.</summary>
    public double Seconds { get; init; }

    /// <summary>
    /// Entries ever added to each stream at that step: what is beyond was published by a step that broke off.
    /// </summary>
    public IReadOnlyDictionary<string, long> Added { get; init; } = new Dictionary<string, long>();

    /// <summary>What is at stake in the candle that is played, once somebody asked; null before that.</summary>
    public CandleStakes? Stakes { get; init; }

    /// <summary>The tape is over.</summary>
    public bool IsDone { get; init; }
}

/// <summary>What a whole tape was: the end of the run for whoever waits for it.</summary>
/// <param name="Candles">Closed candles published.</param>
/// <param name="Ticks">Ticks published.</param>
/// <param name="Snapshots">market_data published.</param>
/// <param name="Quotes">Venue quotes published.</param>
/// <param name="FirstTapeMs">First step, UTC epoch ms.</param>
/// <param name="LastTapeMs">Last step, UTC epoch ms.</param>
/// <param name="Seconds">Real time it took, seconds.</param>
public sealed record FeedSummary(
    string Feed, long Candles, long Ticks, long Snapshots, long Quotes, long FirstTapeMs, long LastTapeMs,
    double Seconds)
{
    internal static FeedSummary Of(FeedPosition position) => new(
        position.Feed, position.Candles, position.Ticks, position.Snapshots, position.Quotes,
        position.FirstMs, position.AtMs, position.Seconds);
}
