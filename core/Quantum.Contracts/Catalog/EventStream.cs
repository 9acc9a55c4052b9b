using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Catalog;

/// <summary>One stream of the catalog: its name, who writes it, who reads it and what it promises.</summary>
public abstract class EventStream
{
    public const string KeyPrefix = "quantum:stream:";
    public const string DeadLetterPrefix = "quantum:dlq:";

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

    public bool IsTail => Mode == DeliveryMode.Tail;

    public string Key => KeyPrefix + Name;

    public string DeadLetterKey => DeadLetterPrefix + Name;

    public abstract Type EventType { get; }

    /// <summary>The payload's field names in wire order.</summary>
    public abstract IReadOnlyList<string> FieldNames { get; }

    public override string ToString() => Name;
}

/// <summary>A stream together with the record that crosses it.</summary>
public sealed class EventStream<TEvent> : EventStream where TEvent : struct
{
    /// <summary>Reads an entry without our envelope. True when it knows the form, with or without a fault.</summary>
    public delegate bool LegacyReader(
        in EntryFields fields, EntryId id, out Envelope envelope, out TEvent decoded, out DecodeFault fault);

    public EventCodec<TEvent> Codec { get; } = new();

    /// <summary>Reads the forms that came before the envelope, where the stream has any.</summary>
    public LegacyReader? Legacy { get; init; }

    public override Type EventType => typeof(TEvent);

    public override IReadOnlyList<string> FieldNames => Codec.FieldNames;

    /// <summary>Writes envelope and payload. Throws <see cref="FormatException"/> on an impossible event.</summary>
    public void Encode(in Envelope envelope, in TEvent payload, FieldBuffer target)
    {
        EnvelopeCodec.Write(in envelope, IsTail, target);
        Codec.Encode(in payload, target);
    }

    /// <summary>Reads an entry; a fault goes to the dead letters in its words.</summary>
    public bool TryDecode(
        in EntryFields fields, EntryId id, out Envelope envelope, out TEvent decoded, out DecodeFault fault)
    {
        if (Legacy is { } legacy && legacy(in fields, id, out envelope, out decoded, out fault)) return fault.IsNone;
        decoded = default;
        if (!EnvelopeCodec.TryRead(in fields, IsTail, SchemaVersion, out envelope, out fault)) return false;
        var first = IsTail ? EnvelopeCodec.TailFieldCount : EnvelopeCodec.FieldCount;
        return Codec.TryDecode(in fields, first, out decoded, out fault);
    }
}
