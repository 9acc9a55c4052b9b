using Quantum.Contracts.Catalog;
using Quantum.EventLog;

namespace Quantum.Market.Publishing;

/// <summary>
/// Lets a tape's time run on after its last price until nothing is under way: an order placed on the last price fills
/// on a later one, and without it its intent would have no outcome. Meanwhile the last price of each symbol
/// whose data lasts to the end stands; one that ended before stays as old as it is.
/// </summary>
public sealed class TapeEnd(TapePublisher publisher, IFeedStore store, LogKeys keys, ILogger log)
{
    // Above the venue's latency, and few enough prices that the volume of the last minute stays what it was.
    private const long StepMs = 20_000;

    // Longer than any intent's deadline and any wait for the venue's answer.
    private const int RestingSteps = 4;
    private const int MostSteps = 360;

    private static readonly EventStream[] s_underWay =
    [
        StreamCatalog.SizingRequested, StreamCatalog.SizingDecided, StreamCatalog.TradeIntent,
        StreamCatalog.OrderCommand, StreamCatalog.OrderUpdate, StreamCatalog.ExecutionResult,
    ];

    /// <summary>Steps until the trading streams rest.</summary>
    public void Settle(LastWords last, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(last);
        var (ticks, states) = (last.LiveTicks, last.LiveStates);
        var (before, resting) = (Added(), 0);
        if (before == 0) return;
        for (var step = 0; step < MostSteps && resting < RestingSteps; step++)
        {
            cancel.ThrowIfCancellationRequested();
            publisher.Stand(publisher.Position.AtMs + StepMs, ticks, states);
            var now = Added();
            (before, resting) = (now, now == before ? resting + 1 : 0);
        }

        if (resting < RestingSteps)
            log.LogWarning(
                "orders are still under way {Seconds} s after the end of the tape", MostSteps * StepMs / 1000);
    }

    private long Added() => s_underWay.SelectMany(keys.KeysOf).Sum(store.EntriesAdded);
}
