namespace Quantum.Contracts.Catalog;

/// <summary>A stream together with the record that crosses it.</summary>
public sealed class EventStream<TEvent> : EventStream where TEvent : struct
{
    /// <summary>Reads an entry without our envelope. True when it knows the form, with or without a fault.</summary>
    public delegate bool LegacyReader(
        in EntryFields fields, EntryId id, out Envelope envelope, out TEvent decoded, out DecodeFault fault);

    // What nobody can change may be handed to all who read an entry.
    private static readonly bool s_isFixed = DeepCopy<TEvent>.IsFixed;

    private EventCodec<TEvent>? _codec;

    /// <summary>Built by reflection at its first use: who only looks at the catalog pays for none.</summary>
    public EventCodec<TEvent> Codec => _codec ?? LazyInitializer.EnsureInitialized(ref _codec, () => new());

    /// <summary>Reads the forms that came before the envelope, where the stream has any.</summary>
    public LegacyReader? Legacy { get; init; }

    public override bool HasLegacyForm => Legacy is not null;

    public override Type EventType => typeof(TEvent);

    public override IReadOnlyList<string> FieldNames => Codec.FieldNames;

    public override IReadOnlyList<FieldKind> Fields => Codec.Fields;

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
        if (fields.Kept?.Decoded is TEvent known)
        {
            decoded = known;
            return true;
        }

        var first = IsTail ? EnvelopeCodec.TailFieldCount : EnvelopeCodec.FieldCount;
        if (!Codec.TryDecode(in fields, first, out decoded, out fault)) return false;
        if (s_isFixed) fields.Kept?.Decoded = decoded;
        return true;
    }

    public override IEnumerable<string> ShapeFaults() => EventShape.Faults(typeof(TEvent), FieldNames);

    public override void Rehearse() => Codec.Rehearse();

    public override string? RoundTripFault(object payload)
    {
        var sent = (TEvent)payload;
        var buffer = new FieldBuffer();
        var envelope = new Envelope
        {
            EventId = "probe"u8, AtMs = 1, Source = "probe"u8, Mode = TradingMode.Sim, Version = SchemaVersion,
        };
        Encode(in envelope, in sent, buffer);
        if (!TryDecode(buffer.Fields, EntryId.Zero, out _, out var read, out var fault))
            return $"{typeof(TEvent).Name} does not come back from the wire: {fault}";
        if (!EqualityComparer<TEvent>.Default.Equals(sent, read))
            return $"{typeof(TEvent).Name} comes back changed: {sent} became {read}";
        var passed = sent;
        Codec.Pass(ref passed);
        return EqualityComparer<TEvent>.Default.Equals(passed, read)
            ? null
            : $"{typeof(TEvent).Name} passes unwritten as {passed}, but comes back from the wire as {read}";
    }
}
