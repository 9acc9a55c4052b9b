namespace Quantum.Feeds;

/// <summary>
/// Lets a tape's time run on after its last price until nothing is under way: an order placed on the last price fills
/// on a later one, and without it its intent would have no outcome. Meanwhile the last price of each symbol
/// whose data lasts to the end stands; one that ended before stays as old as it is.
/// </summary>
public static class TapeEnd
{
    // Above the venue's latency, and few enough prices that the volume of the last minute stays what it was.
    private const long StepMs = 20_000;

    // Longer than any intent's deadline and any wait for the venue's answer.
    private const int RestingSteps = 4;
    private const int MostSteps = 360;

    /// <summary>The streams on which something is under way.</summary>
    public static IReadOnlyList<EventStream> UnderWay { get; } =
    [
        StreamCatalog.SizingRequested, StreamCatalog.SizingDecided, StreamCatalog.TradeIntent,
        StreamCatalog.OrderCommand, StreamCatalog.OrderUpdate, StreamCatalog.ExecutionResult,
    ];

    /// <summary>What to say when they never rest.</summary>
    public static string StillUnderWay { get; } =
        FormattableString.Invariant($"orders are still under way {MostSteps * StepMs / 1000} s after the tape's end");

    /// <summary>Steps until the trading streams rest; false when they never do.</summary>
    /// <param name="last">What the tape told last.</param>
    /// <param name="lastMs">The tape's last step, UTC epoch ms.</param>
    /// <param name="added">Entries ever added to <see cref="UnderWay"/>, asked while nothing is being handled.</param>
    /// <param name="stand">Tells standing prices at an instant, UTC epoch ms, and lets all of it be handled.</param>
    /// <param name="cancel">Ends it between two steps.</param>
    public static bool Settle(
        LastWords last, long lastMs, Func<long> added,
        Action<long, IReadOnlyList<MarketTick>, IReadOnlyList<MarketData>> stand, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(last);
        ArgumentNullException.ThrowIfNull(added);
        ArgumentNullException.ThrowIfNull(stand);
        var (ticks, states) = (last.LiveTicks, last.LiveStates);
        var (before, resting) = (added(), 0);
        if (before == 0) return true;
        for (var step = 1; step <= MostSteps && resting < RestingSteps; step++)
        {
            cancel.ThrowIfCancellationRequested();
            stand(lastMs + step * StepMs, ticks, states);
            var now = added();
            (before, resting) = (now, now == before ? resting + 1 : 0);
        }

        return resting == RestingSteps;
    }
}
