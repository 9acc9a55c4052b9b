using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.EventLog.Runner;

namespace Quantum.Executor.Venue;

/// <summary>
/// Publishes what the venue says on <c>order.update</c>. Waits for a log that is away: nothing the venue said is lost.
/// Any thread.
/// </summary>
internal sealed class VenuePublisher(IEventLog log, TradingMode mode, string owner, ILogger logger)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(2);

    private readonly EventSource _source = new(log, RoleNames.Venue, mode);
    private readonly Lock _lock = new();
    private long _told;

    /// <param name="update">What the venue said.</param>
    /// <param name="correlationId">The chain of the order that it answers.</param>
    /// <param name="causationId">The command that it answers.</param>
    /// <param name="cancel">Ends waiting for the log.</param>
    /// <param name="atMs">When it was so, UTC epoch ms; null: now.</param>
    public void Tell(
        in OrderUpdate update, string? correlationId, string? causationId, CancellationToken cancel, long? atMs = null)
    {
        lock (_lock)
        {
            // A fill is told by its stream and read again after a gap: it is one event.
            var isFill = update is { Kind: not UpdateKind.Order, VenueTradeId: not null };
            var id = isFill
                ? $"venue-{update.Symbol}-{update.Kind}-{update.VenueTradeId}-{update.ClientOrderId}"
                : FormattableString.Invariant($"venue-{owner}-{++_told}");
            for (var pause = s_firstPause; ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
            {
                try
                {
                    _source.Publish(
                        StreamCatalog.OrderUpdate, in update, id, atMs ?? NowMs(), correlationId, causationId, once: isFill);
                    return;
                }
                catch (LogUnavailableException e)
                {
                    logger.LogWarning("the event log is away ({Reason}); trying again", e.Message);
                    cancel.WaitHandle.WaitOne(pause);
                    cancel.ThrowIfCancellationRequested();
                }
            }
        }
    }

    private static long NowMs() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
