using System.Buffers.Text;

namespace Quantum.Contracts.Wire;

/// <summary>Writes and reads envelopes: always the same fields in the same order.</summary>
public static class EnvelopeCodec
{
    /// <summary>How many envelope fields stand before the payload on ordered streams.</summary>
    public const int FieldCount = 8;

    /// <summary>How many envelope fields stand before the payload on tail streams.</summary>
    public const int TailFieldCount = 3;

    /// <summary>The envelope's field names, in order: no payload may use one.</summary>
    public static IReadOnlyList<string> FieldNames { get; } =
        ["event_id", "ts", "source", "mode", "v", "correlation_id", "causation_id", "traceparent"];

    private static ReadOnlySpan<byte> EventId => "event_id"u8;
    private static ReadOnlySpan<byte> At => "ts"u8;
    private static ReadOnlySpan<byte> Source => "source"u8;
    private static ReadOnlySpan<byte> Mode => "mode"u8;
    private static ReadOnlySpan<byte> Version => "v"u8;
    private static ReadOnlySpan<byte> CorrelationId => "correlation_id"u8;
    private static ReadOnlySpan<byte> CausationId => "causation_id"u8;
    private static ReadOnlySpan<byte> TraceParent => "traceparent"u8;

    public static void Write(in Envelope envelope, bool isTail, FieldBuffer target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var mode = envelope.Mode ?? throw new FormatException("an event without a mode cannot be sent.");
        if (envelope.AtMs <= 0) throw new FormatException($"the envelope's ts {envelope.AtMs} is not a UTC epoch ms.");
        if (envelope.Version < 1) throw new FormatException($"the envelope's v {envelope.Version} is below 1.");
        if (!isTail) target.Add(EventId, Required(envelope.EventId, "event_id"));
        target.Add(At, envelope.AtMs);
        if (!isTail) target.Add(Source, Required(envelope.Source, "source"));
        target.Add(Mode, EnumText<TradingMode>.Utf8(mode));
        target.Add(Version, envelope.Version);
        if (isTail) return;
        target.Add(CorrelationId, envelope.CorrelationId.IsEmpty ? envelope.EventId : envelope.CorrelationId);
        target.Add(CausationId, envelope.CausationId);
        target.Add(TraceParent, envelope.TraceParent);
    }

    public static bool TryRead(
        in EntryFields fields, bool isTail, int knownVersion, out Envelope envelope, out DecodeFault fault)
    {
        envelope = default;
        ReadOnlySpan<byte> eventId = default, source = default;
        ReadOnlySpan<byte> correlation = default, causation = default, trace = default;
        if (!isTail && (!fields.TryGet(EventId, 0, out eventId) || eventId.IsEmpty))
            return Missing("event_id", out fault);
        if (!fields.TryGet(At, isTail ? 0 : 1, out var at)) return Missing("ts", out fault);
        if (!Utf8Parser.TryParse(at, out long atMs, out var used) || used != at.Length
            || atMs is <= 0 or > WireLimits.TimeMs)
            return Bad("ts", at, "UTC epoch milliseconds before the year 2287", out fault);
        if (!isTail && (!fields.TryGet(Source, 2, out source) || source.IsEmpty)) return Missing("source", out fault);
        if (!fields.TryGet(Mode, isTail ? 1 : 3, out var modeText)) return Missing("mode", out fault);
        if (!EnumText<TradingMode>.TryParse(modeText, out var mode))
            return Bad("mode", modeText, "one of " + EnumText<TradingMode>.Allowed, out fault);
        if (!fields.TryGet(Version, isTail ? 2 : 4, out var versionText)) return Missing("v", out fault);
        if (!TryReadVersion(versionText, knownVersion, out var version, out fault)) return false;
        if (!isTail)
        {
            fields.TryGet(CorrelationId, 5, out correlation);
            fields.TryGet(CausationId, 6, out causation);
            fields.TryGet(TraceParent, 7, out trace);
        }

        envelope = new Envelope
        {
            EventId = eventId, AtMs = atMs, Source = source, Mode = mode, Version = version,
            CorrelationId = correlation.IsEmpty ? eventId : correlation, CausationId = causation, TraceParent = trace,
        };
        fault = DecodeFault.None;
        return true;
    }

    private static bool TryReadVersion(ReadOnlySpan<byte> text, int known, out int version, out DecodeFault fault)
    {
        if (!Utf8Parser.TryParse(text, out version, out var used) || used != text.Length || version < 1)
            return Bad("v", text, "a schema version from 1", out fault);
        fault = version <= known
            ? DecodeFault.None
            : new DecodeFault(
                DecodeFaultKind.UnknownSchema,
                $"schema version {version} is newer than {known}, the newest this build reads: update this service.");
        return fault.IsNone;
    }

    private static ReadOnlySpan<byte> Required(ReadOnlySpan<byte> value, string name) =>
        value.IsEmpty ? throw new FormatException($"the envelope's {name} is empty: every event has one.") : value;

    private static bool Missing(string name, out DecodeFault fault)
    {
        fault = DecodeFault.Missing(name);
        return false;
    }

    private static bool Bad(string name, ReadOnlySpan<byte> value, string expected, out DecodeFault fault)
    {
        fault = DecodeFault.Bad(name, value, expected);
        return false;
    }
}
