using Quantum.Contracts.Units;

namespace Quantum.Contracts.Catalog;

/// <summary>How a stream is delivered to its consumers.</summary>
public enum DeliveryMode
{
    /// <summary>Per-symbol order, state applied exactly once, never trimmed past a reader.</summary>
    Ordered,

    /// <summary>The newest wins: conflated, declared lossy, trimmed by length.</summary>
    Tail,

    /// <summary>Unordered jobs, each done by one worker.</summary>
    Competing,
}

/// <summary>What decides the shard of an event.</summary>
public enum ShardKey
{
    /// <summary>The event's symbol: producer and reader share the shard.</summary>
    Symbol,

    /// <summary>One stream for the whole system.</summary>
    Global,
}

/// <summary>The parts of the system, as the audit groups its streams.</summary>
public enum StreamDomain { Market, Ai, Trading, Portfolio, Governance, Learning }

/// <summary>One consumer of a stream: the role and the group it reads under.</summary>
/// <param name="Role">The reading role.</param>
/// <param name="Group">The Redis consumer group, <c>quantum:group:&lt;service&gt;:&lt;stream&gt;</c>.</param>
public sealed record StreamConsumer(string Role, string Group)
{
    /// <summary>The one fixed consumer name ("seat") in the group: never a random id, so restarts leak none.</summary>
    public const string Seat = "seat";

    /// <summary>Whether somebody must read here in that mode.</summary>
    public bool IsActiveIn(TradingMode mode) => RoleNames.IsActiveIn(Role, mode);
}

/// <summary>How long a stream keeps what every reader is done with.</summary>
/// <param name="MaxLength">Tail streams: entries kept, at least this many.</param>
/// <param name="MinAge">Ordered and competing streams: kept this long behind the safe point.</param>
public sealed record Retention(long? MaxLength, TimeSpan? MinAge)
{
    public static Retention Length(long entries) => new(entries, null);
    public static Retention Age(TimeSpan age) => new(null, age);
}
