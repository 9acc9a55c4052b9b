using System.Text;
using Quantum.Contracts.Catalog;
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
    private const int LongestText = 1000;

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
