using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;

namespace Quantum.EventLog.Tracing;

/// <summary>
/// A span's place: its trace and its own id, as W3C's <c>traceparent</c> writes them. Both are hashes of event ids, so
/// that an input handled again publishes the same bytes, and a trade's last event finds the trace of its first.
/// </summary>
/// <param name="High">The trace id's first half.</param>
/// <param name="Low">The trace id's second half.</param>
/// <param name="Span">The span's id.</param>
internal readonly record struct TraceContext(ulong High, ulong Low, ulong Span)
{
    /// <summary>Bytes of a <c>traceparent</c>: <c>00-&lt;trace&gt;-&lt;span&gt;-01</c>.</summary>
    public const int TextLength = 55;

    private const int TraceAt = 3;
    private const int SpanAt = 36;
    private const int FlagsAt = 53;

    public ActivityTraceId TraceId
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
            BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
            return ActivityTraceId.CreateFromBytes(bytes);
        }
    }

    public ActivitySpanId SpanId
    {
        get
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, Span);
            return ActivitySpanId.CreateFromBytes(bytes);
        }
    }

    /// <summary>The context as a parent that stands in an entry.</summary>
    public ActivityContext AsParent => new(TraceId, SpanId, ActivityTraceFlags.Recorded, isRemote: true);

    /// <summary>The first span of the chain that an event began: SHA-256 of the event's id, 16 and 8 bytes.</summary>
    public static TraceContext RootOf(ReadOnlySpan<byte> correlationId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(correlationId, hash);
        return new TraceContext(
            BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(hash[16..]));
    }

    /// <summary>The span of one handling in the same trace: an input and who handles it.</summary>
    public TraceContext HandlingOf(ReadOnlySpan<byte> inputId, ReadOnlySpan<byte> role)
    {
        Span<byte> text = stackalloc byte[16 + inputId.Length + 1 + role.Length];
        BinaryPrimitives.WriteUInt64BigEndian(text, High);
        BinaryPrimitives.WriteUInt64BigEndian(text[8..], Low);
        inputId.CopyTo(text[16..]);
        text[16 + inputId.Length] = (byte)'|';
        role.CopyTo(text[(17 + inputId.Length)..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return this with { Span = BinaryPrimitives.ReadUInt64BigEndian(hash) };
    }

    /// <summary>False for what is no <c>traceparent</c>, and for a trace that is not recorded.</summary>
    public static bool TryParseRecorded(ReadOnlySpan<byte> text, out TraceContext context)
    {
        context = default;
        if (text.Length < TextLength || !TryHex(text.Slice(TraceAt, 16), out var high)
            || !TryHex(text.Slice(TraceAt + 16, 16), out var low) || !TryHex(text.Slice(SpanAt, 16), out var span)
            || !Utf8Parser.TryParse(text.Slice(FlagsAt, 2), out byte flags, out _, 'x'))
            return false;
        context = new TraceContext(high, low, span);
        return (flags & 1) == 1 && (high | low) != 0 && span != 0;
    }

    /// <summary>Writes it as <c>traceparent</c>, <see cref="TextLength"/> bytes long.</summary>
    public void Format(Span<byte> target)
    {
        "00-"u8.CopyTo(target);
        Hex(High, target[TraceAt..]);
        Hex(Low, target[(TraceAt + 16)..]);
        target[SpanAt - 1] = (byte)'-';
        Hex(Span, target[SpanAt..]);
        "-01"u8.CopyTo(target[(SpanAt + 16)..]);
    }

    private static void Hex(ulong value, Span<byte> target) =>
        Utf8Formatter.TryFormat(value, target, out _, new System.Buffers.StandardFormat('x', 16));

    private static bool TryHex(ReadOnlySpan<byte> text, out ulong value) =>
        Utf8Parser.TryParse(text, out value, out var used, 'x') && used == text.Length;
}
