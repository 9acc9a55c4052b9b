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
    private const int MostFills = 20_000;

    private readonly EventSource _source = new(log, RoleNames.Venue, mode);
    private readonly Lock _lock = new();
    private readonly Dictionary<Symbol, long> _movedAt = [];
    private readonly HashSet<string> _fills = new(StringComparer.Ordinal);
    private readonly Queue<string> _fillOrder = new();
    private long _told;
    private long _moves;

    /// <summary>Counts everything told from which a position may have moved; for <see cref="HasMoved"/>.</summary>
    public long Moves
    {
        get
        {
            lock (_lock) return _moves;
        }
    }

    /// <summary>True when anything was told from which the symbol's position may have moved since that count.</summary>
    public bool HasMoved(Symbol symbol, long sinceMoves)
    {
        lock (_lock) return _movedAt.GetValueOrDefault(symbol) > sinceMoves;
    }

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
            if (isFill ? IsNew(in update) : update.CumulativeQuantity > 0) _movedAt[update.Symbol] = ++_moves;
            var id = isFill
                ? $"venue-{update.Symbol}-{update.Kind}-{update.VenueTradeId}-{update.ClientOrderId}"
                : FormattableString.Invariant($"venue-{owner}-{++_told}");
            var told = update;
            LogPatience.Call(
                () => _source.Publish(
                    StreamCatalog.OrderUpdate, in told, id, atMs ?? NowMs(), correlationId, causationId, once: isFill),
                reason => logger.LogWarning("the event log is away ({Reason}); trying again", reason), cancel);
        }
    }

    // A fill that is told again moves nothing.
    private bool IsNew(in OrderUpdate update)
    {
        var id = $"{update.Symbol}-{update.VenueTradeId}";
        if (!_fills.Add(id)) return false;
        _fillOrder.Enqueue(id);
        if (_fillOrder.Count > MostFills) _fills.Remove(_fillOrder.Dequeue());
        return true;
    }

    private static long NowMs() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
