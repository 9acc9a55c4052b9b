using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Roles.Executor.State;

/// <summary>An accepted intent that waits or is being executed.</summary>
internal sealed class IntentRecord
{
    /// <summary>The event id of the intent.</summary>
    public required string Id { get; init; }

    public required string CorrelationId { get; init; }

    /// <summary>The intent's own time, UTC epoch ms.</summary>
    public required long AtMs { get; init; }

    /// <summary>Never executed after this moment, UTC epoch ms: the earliest of every limit.</summary>
    public required long DeadlineMs { get; set; }

    /// <summary>The mode it was made in; null only for legacy entries, which did not say.</summary>
    public required TradingMode? Mode { get; init; }

    public required TradeIntent Intent { get; init; }
}
