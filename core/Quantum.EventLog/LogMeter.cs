using System.Diagnostics.Metrics;
using Quantum.EventLog.Tracing;

namespace Quantum.EventLog;

/// <summary>
/// The log's metrics, for any exporter that listens to its name: by OpenTelemetry's messaging conventions where those
/// have a name, else under <c>quantum.log</c>.
/// </summary>
public static class LogMeter
{
    /// <summary>The name of the meter, and of the source of spans.</summary>
    public const string Name = "Quantum.EventLog";

    private static readonly Meter s_meter = new(Name);

    // A batch takes from a tenth of a millisecond on; the conventions' own steps begin at five.
    private static readonly InstrumentAdvice<double> s_seconds = new()
    {
        HistogramBucketBoundaries =
            [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    internal static readonly Counter<long> Consumed = s_meter.CreateCounter<long>(
        "messaging.client.consumed.messages", "{message}", "Entries fetched, by stream and group");
    internal static readonly Counter<long> Sent = s_meter.CreateCounter<long>(
        "messaging.client.sent.messages", "{message}", "Entries published with commits, by stream");
    internal static readonly Histogram<double> Processing = s_meter.CreateHistogram<double>(
        "messaging.process.duration", "s", "Handling of a batch", null, s_seconds);
    internal static readonly Histogram<double> Operations = s_meter.CreateHistogram<double>(
        "messaging.client.operation.duration", "s", "A batch's commit at the log", null, s_seconds);

    internal static readonly Counter<long> Commits =
        s_meter.CreateCounter<long>("quantum.log.commits", "{commit}", "Commits, by role");
    internal static readonly Counter<long> DeadLetters = s_meter.CreateCounter<long>(
        "quantum.log.dead_letters", "{message}", "Entries sent to the dead letters, by stream and reason");
    internal static readonly Counter<long> Reasons = s_meter.CreateCounter<long>(
        "quantum.log.reasons", "{time}", "Why something was not done, by role, counter and registered reason");
    internal static readonly Counter<long> Conflated = s_meter.CreateCounter<long>(
        "quantum.log.conflated", "{message}", "Entries of tail streams that a newer one replaced");
    internal static readonly Counter<long> Lost = s_meter.CreateCounter<long>(
        "quantum.log.lost_pending", "{message}", "Pending entries that were gone before they were handled");
    internal static readonly Counter<long> Adopted = s_meter.CreateCounter<long>(
        "quantum.log.adopted_pending", "{message}", "Pending entries taken over from another consumer");
    internal static readonly Counter<long> PutBack = s_meter.CreateCounter<long>(
        "quantum.log.groups_put_back", "{group}", "Groups that were moved over unread entries and put back, by role");
    internal static readonly Counter<long> LeaseChanges =
        s_meter.CreateCounter<long>("quantum.log.lease_changes", "{lease}", "Leases taken or lost, by role");
    internal static readonly Histogram<int> BatchSize =
        s_meter.CreateHistogram<int>("quantum.log.batch.size", "{message}", "Entries of a batch, by role");

    internal static void TakenOver(LogLink link, long adopted, long lost)
    {
        if (adopted > 0) Adopted.Add(adopted, Tag(SpanTags.Destination, link.Stream.Name));
        if (lost > 0) Lost.Add(lost, Tag(SpanTags.Destination, link.Stream.Name));
    }

    internal static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}
