using Quantum.EventLog;
using Quantum.EventLog.Runner;

namespace Quantum.Executor.Venue;

/// <summary>
/// Publishes what the venue says on <c>order.update</c>. Waits for a log that is away: nothing the venue said is lost.
/// Any thread.
/// </summary>
internal sealed class VenuePublisher(IEventLog log, TradingMode mode, string owner, ILogger logger)
{
    private readonly EventSource _source = new(log, RoleNames.Venue, mode);
    private readonly ForeignLetters _foreign = new(log, StreamCatalog.OrderUpdate, RoleNames.Venue);
    private readonly Lock _lock = new();
    private long _told;

    /// <summary>
    /// Publishes it; gives where it stands, which for a fill that was told before is where it was told first.
    /// </summary>
    /// <param name="update">What the venue said.</param>
    /// <param name="correlationId">The chain of the order that it answers.</param>
    /// <param name="causationId">The command that it answers.</param>
    /// <param name="cancel">Ends waiting for the log.</param>
    /// <param name="atMs">When it was so, UTC epoch ms; null: now.</param>
    public EntryId Tell(
        in OrderUpdate update, string? correlationId, string? causationId, CancellationToken cancel, long? atMs = null)
    {
        lock (_lock)
        {
            // A fill is told by its stream and read again after a gap: it is one event.
            var isFill = update is { Kind: not UpdateKind.Order, VenueTradeId: not null };
            var id = isFill
                ? $"venue-{update.Symbol}-{update.Kind}-{update.VenueTradeId}-{update.ClientOrderId}"
                : FormattableString.Invariant($"venue-{owner}-{++_told}");
            var told = update;
            return LogPatience.Call(
                () => _source.Publish(
                    StreamCatalog.OrderUpdate, in told, id, atMs ?? NowMs(), correlationId, causationId, once: isFill),
                reason => logger.LogWarning("the event log is away ({Reason}); trying again", reason), cancel);
        }
    }

    /// <summary>
    /// Puts aside what the venue told and nobody understands: a dead letter of <c>order.update</c>, which alarms. Past
    /// so many in a minute the rest is only logged.
    /// </summary>
    /// <param name="what">What it is, as a name.</param>
    /// <param name="payload">What was told.</param>
    /// <param name="cancel">Ends waiting for the log.</param>
    public void PutAside(string what, string payload, CancellationToken cancel)
    {
        lock (_lock)
        {
            _foreign.PutAside(
                what, payload, NowMs(),
                reason => logger.LogWarning("the event log is away ({Reason}); trying again", reason), cancel);
        }
    }

    private static long NowMs() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
