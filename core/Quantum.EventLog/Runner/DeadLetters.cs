using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Tracing;

namespace Quantum.EventLog.Runner;

/// <summary>
/// Writes dead letters: seven <c>dlq_…</c> fields (stream, id, reason, text, role, attempts, at_ms) and then the
/// entry's own fields as they were, so that sending one again is to drop the seven.
/// </summary>
public static class DeadLetters
{
    public const string Poison = "poison";
    public const string CrashLoop = "crash_loop";
    public const string Missing = "missing";

    /// <summary>Told from outside, and never an entry: it cannot be sent again, only looked at and dropped.</summary>
    public const string Foreign = "foreign";

    private const int LongestText = 1000;
    private const int LongestPayload = 8000;

    /// <summary>
    /// Puts aside what the outside world told on a stream's behalf and nobody understands: its reason is
    /// <see cref="Foreign"/>, its text the name of what it is, its <c>dlq_payload</c> what was told.
    /// </summary>
    /// <param name="log">Where.</param>
    /// <param name="stream">What it would have become an entry of.</param>
    /// <param name="role">Who was told.</param>
    /// <param name="what">What it is, as a name.</param>
    /// <param name="payload">What was told; cut after 8,000 characters.</param>
    /// <param name="atMs">When, UTC epoch ms.</param>
    public static EntryId PutAside(
        IEventLog log, EventStream stream, string role, string what, string payload, long atMs)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(payload);
        var entry = new FieldBuffer();
        Add(entry, "dlq_stream"u8, log.Keys.Stream(stream, 0));
        Add(entry, "dlq_id"u8, "");
        Add(entry, "dlq_reason"u8, Foreign);
        Add(entry, "dlq_text"u8, what);
        Add(entry, "dlq_role"u8, role);
        entry.Add("dlq_attempts"u8, 1);
        entry.Add("dlq_at_ms"u8, atMs);
        Add(entry, "dlq_payload"u8, payload.Length > LongestPayload ? payload[..LongestPayload] : payload);
        LogMeter.DeadLetters.Add(
            1, LogMeter.Tag(SpanTags.Destination, stream.Name), LogMeter.Tag(SpanTags.Error, Foreign));
        return log.Append(log.Keys.DeadLetters(stream, 0), entry);
    }

    internal static void Write(
        FieldBuffer target, LogLink link, LogEntry entry, in EntryFields fields, string reason, string text,
        string role, long atMs)
    {
        Add(target, "dlq_stream"u8, link.StreamKey);
        Add(target, "dlq_id"u8, entry.Id.ToString());
        Add(target, "dlq_reason"u8, reason);
        Add(target, "dlq_text"u8, text.Length > LongestText ? text[..LongestText] : text);
        Add(target, "dlq_role"u8, role);
        target.Add("dlq_attempts"u8, entry.Deliveries);
        target.Add("dlq_at_ms"u8, atMs);
        for (var i = 0; i < fields.Count; i++) target.Add(fields.Name(i), fields.Value(i));
        LogMeter.DeadLetters.Add(
            1, LogMeter.Tag(SpanTags.Destination, link.Stream.Name), LogMeter.Tag(SpanTags.Error, reason));
    }

    private static void Add(FieldBuffer target, ReadOnlySpan<byte> name, string value) =>
        target.Add(name, Encoding.UTF8.GetBytes(value));
}
