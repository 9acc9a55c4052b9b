namespace Quantum.Contracts.Catalog;

/// <summary>What decides the shard of an event.</summary>
public enum ShardKey
{
    /// <summary>The event's symbol: producer and reader share the shard.</summary>
    Symbol,

    /// <summary>One stream for the whole system.</summary>
    Global,
}
