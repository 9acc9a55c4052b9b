namespace Quantum.Contracts.Catalog;

/// <summary>How a stream is delivered to its consumers.</summary>
public enum DeliveryMode
{
    /// <summary>Per-symbol order, state applied exactly once, never trimmed past a reader.</summary>
    Ordered,

    /// <summary>The newest wins: conflated, declared lossy, trimmed by length.</summary>
    Tail,
}
