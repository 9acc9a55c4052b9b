namespace Quantum.Roles.Executor.State;

/// <summary>
/// An intent in execution together with its order; one entry, one exit and one stop move at most per symbol.
/// </summary>
internal sealed class Flight
{
    public required IntentRecord Record { get; init; }

    public required string ClientOrderId { get; init; }

    public required string PositionId { get; init; }

    /// <summary>Reference price at approval, quote currency; for reserving exposure only, never a fill.</summary>
    public decimal ReferencePrice { get; init; }

    /// <summary>Leverage of an entry, from 1.</summary>
    public int? Leverage { get; init; }

    /// <summary>
    /// Distance of an entry's stop as a fraction of its fill price; null when <see cref="StopPrice"/> is fixed.
    /// </summary>
    public double? StopFraction { get; init; }

    /// <summary>The stop's fixed price, quote currency; null when it follows from the fill.</summary>
    public decimal? StopPrice { get; init; }

    /// <summary>The risk gates that an entry passed, told with its order; null for others.</summary>
    public WireList<PassedGate>? Gates { get; init; }

    /// <summary>Why we cancelled the rest, as a reason code; null when we did not.</summary>
    public string? CancelCode { get; set; }
}

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
