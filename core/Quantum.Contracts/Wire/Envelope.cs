namespace Quantum.Contracts.Wire;

/// <summary>
/// What every event carries besides its payload, as spans into the entry. Tail streams carry time, mode and version
/// only.
/// </summary>
public readonly ref struct Envelope
{
    /// <summary>
    /// Unique and the same after a replay: <c>&lt;input id&gt;.&lt;role&gt;.&lt;n&gt;</c> for what a role publishes.
    /// </summary>
    public ReadOnlySpan<byte> EventId { get; init; }

    /// <summary>When it happened, UTC epoch ms: the only time a role knows.</summary>
    public long AtMs { get; init; }

    /// <summary>Who published it.</summary>
    public ReadOnlySpan<byte> Source { get; init; }

    /// <summary>Null only for legacy entries, which did not say.</summary>
    public TradingMode? Mode { get; init; }

    /// <summary>The schema version of the payload, from 1.</summary>
    public int Version { get; init; }

    /// <summary>The event that began the chain.</summary>
    public ReadOnlySpan<byte> CorrelationId { get; init; }

    /// <summary>The event that directly caused this one.</summary>
    public ReadOnlySpan<byte> CausationId { get; init; }

    /// <summary>W3C trace context, or empty.</summary>
    public ReadOnlySpan<byte> TraceParent { get; init; }
}
