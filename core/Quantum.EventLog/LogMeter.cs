using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Quantum.EventLog;

/// <summary>The log's metrics and traces, for any exporter that listens to their names.</summary>
public static class LogMeter
{
    public const string Name = "Quantum.EventLog";

    internal static readonly ActivitySource Activities = new(Name);
    private static readonly Meter s_meter = new(Name);

    internal static readonly Counter<long> Commits = s_meter.CreateCounter<long>("quantum.log.commits", "{commit}");
    internal static readonly Counter<long> Inputs = s_meter.CreateCounter<long>("quantum.log.inputs", "{event}");
    internal static readonly Counter<long> Outputs = s_meter.CreateCounter<long>("quantum.log.outputs", "{event}");
    internal static readonly Counter<long> DeadLetters = s_meter.CreateCounter<long>("quantum.log.dead_letters", "{event}");
    internal static readonly Counter<long> Conflated = s_meter.CreateCounter<long>("quantum.log.conflated", "{event}");
    internal static readonly Counter<long> Lost = s_meter.CreateCounter<long>("quantum.log.lost_pending", "{event}");
    internal static readonly Counter<long> Adopted = s_meter.CreateCounter<long>("quantum.log.adopted_pending", "{event}");
    internal static readonly Counter<long> LeaseChanges = s_meter.CreateCounter<long>("quantum.log.lease_changes", "{lease}");
    internal static readonly Histogram<int> BatchSize = s_meter.CreateHistogram<int>("quantum.log.batch_size", "{event}");
    internal static readonly Histogram<double> HandleMs = s_meter.CreateHistogram<double>("quantum.log.handle", "ms");
    internal static readonly Histogram<double> CommitMs = s_meter.CreateHistogram<double>("quantum.log.commit", "ms");

    internal static void TakenOver(LogLink link, long adopted, long lost)
    {
        if (adopted > 0) Adopted.Add(adopted, Tag("stream", link.Stream.Name));
        if (lost > 0) Lost.Add(lost, Tag("stream", link.Stream.Name));
    }

    internal static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}
