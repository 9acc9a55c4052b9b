using Quantum.Contracts.Units;

namespace Quantum.EventLog.Tracing;

/// <summary>
/// One input's handling in one trace, noted while it is handled and told when its commit is done. Times are
/// <see cref="System.Diagnostics.Stopwatch"/> ticks.
/// </summary>
internal sealed record HandledSpan
{
    public required TraceContext Context { get; init; }

    /// <summary>The span before it, in the same trace.</summary>
    public required TraceContext Parent { get; init; }

    /// <summary>Null for a clock reading.</summary>
    public required LogLink? Link { get; init; }

    public required EntryId Position { get; init; }

    public required string EventId { get; init; }

    public required string CorrelationId { get; init; }

    /// <summary>The input's own trace, where this handling went on with another one.</summary>
    public TraceContext? Cause { get; init; }

    public required long StartedAt { get; init; }

    public long EndedAt { get; set; }

    public string? Symbol { get; set; }

    /// <summary>Why the input went to the dead letters; null when it was handled.</summary>
    public string? Error { get; set; }

    /// <summary>True for a gateway's, whose span was open while the outside world was asked.</summary>
    public bool IsTold { get; set; }
}
