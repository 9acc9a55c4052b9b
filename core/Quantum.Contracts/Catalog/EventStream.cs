namespace Quantum.Contracts.Catalog;

/// <summary>One stream of the catalog: its name, who writes it, who reads it and what it promises.</summary>
public abstract class EventStream
{
    public const string KeyPrefix = "quantum:stream:";
    public const string DeadLetterPrefix = "quantum:dlq:";

    private static int s_streams;

    /// <summary>
    /// Counts the streams of this process, from 0: who keeps something of each finds it by its place.
    /// </summary>
    public int Number { get; } = Interlocked.Increment(ref s_streams) - 1;

    /// <summary>The name behind the key prefix, for example <c>trade.intent</c>.</summary>
    public required string Name { get; init; }

    public required StreamDomain Domain { get; init; }

    public required DeliveryMode Mode { get; init; }

    public required ShardKey Shard { get; init; }

    /// <summary>The roles or gateways that publish here.</summary>
    public required IReadOnlyList<string> Producers { get; init; }

    public required IReadOnlyList<StreamConsumer> Consumers { get; init; }

    public required Retention Retention { get; init; }

    /// <summary>An event older than this is stale for whoever acts on it; null when age does not matter.</summary>
    public TimeSpan? FreshnessLimit { get; init; }

    /// <summary>The longest that an entry may wait for a reader before health fails.</summary>
    public required TimeSpan LagObjective { get; init; }

    /// <summary>True for the streams that the design adds to the audit's 21.</summary>
    public bool IsInternal { get; init; }

    /// <summary>The newest schema version this build reads and the one it writes.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>True when entries without our envelope may be read here.</summary>
    public abstract bool HasLegacyForm { get; }

    /// <summary>True where a trace may begin: what an event here leads to is one trace.</summary>
    public bool BeginsTrace { get; init; }

    public bool IsTail => Mode == DeliveryMode.Tail;

    public string Key => KeyPrefix + Name;

    public string DeadLetterKey => DeadLetterPrefix + Name;

    /// <summary>Throws for who is none of its producers.</summary>
    public void CheckProducer(string who)
    {
        if (Producers.Contains(who)) return;
        throw new InvalidOperationException(
            $"'{who}' may not publish on '{Name}' (its producers: {string.Join(", ", Producers)}): add it in "
            + "StreamCatalog.");
    }

    public abstract Type EventType { get; }

    /// <summary>The payload's field names in wire order.</summary>
    public abstract IReadOnlyList<string> FieldNames { get; }

    /// <summary>The payload's fields in wire order, each with the type of its value.</summary>
    public abstract IReadOnlyList<FieldKind> Fields { get; }

    /// <summary>What keeps the payload from crossing the wire unchanged, in words; empty when nothing does.</summary>
    public abstract IEnumerable<string> ShapeFaults();

    /// <summary>Goes once through what writing and reading an entry takes.</summary>
    public abstract void Rehearse();

    /// <summary>
    /// Sends a payload through the wire form and back; null when it comes back equal, else what happened.
    /// </summary>
    public abstract string? RoundTripFault(object payload);

    public override string ToString() => Name;
}
