using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Quantum.EventLog;

/// <summary>The log's metrics and traces, for any exporter that listens to their names.</summary>
public static class LogMeter
{
    public const string Name = "Quantum.EventLog";

    private const int MostSpanLinks = 32;

    internal static readonly ActivitySource Activities = new(Name);
    private static readonly Meter s_meter = new(Name);

    internal static readonly Counter<long> Commits = s_meter.CreateCounter<long>("quantum.log.commits", "{commit}");
    internal static readonly Counter<long> Inputs = s_meter.CreateCounter<long>("quantum.log.inputs", "{event}");
    internal static readonly Counter<long> Outputs = s_meter.CreateCounter<long>("quantum.log.outputs", "{event}");
    internal static readonly Counter<long> DeadLetters =
        s_meter.CreateCounter<long>("quantum.log.dead_letters", "{event}");
    internal static readonly Counter<long> Conflated = s_meter.CreateCounter<long>("quantum.log.conflated", "{event}");
    internal static readonly Counter<long> Lost = s_meter.CreateCounter<long>("quantum.log.lost_pending", "{event}");
    internal static readonly Counter<long> Adopted =
        s_meter.CreateCounter<long>("quantum.log.adopted_pending", "{event}");
    internal static readonly Counter<long> LeaseChanges =
        s_meter.CreateCounter<long>("quantum.log.lease_changes", "{lease}");
    internal static readonly Histogram<int> BatchSize =
        s_meter.CreateHistogram<int>("quantum.log.batch_size", "{event}");
    internal static readonly Histogram<double> HandleMs = s_meter.CreateHistogram<double>("quantum.log.handle", "ms");
    internal static readonly Histogram<double> CommitMs = s_meter.CreateHistogram<double>("quantum.log.commit", "ms");

    /// <summary>One span per batch, linked to the traces of its entries; null when nobody listens.</summary>
    internal static Activity? StartBatch(Runner.BatchContext context)
    {
        if (!Activities.HasListeners()) return null;
        var links = new List<ActivityLink>();
        for (var i = 0; i < context.Batch.Count && links.Count < MostSpanLinks; i++)
        {
            if (context.Batch.Fields(i).TryGet("traceparent"u8, 7, out var text) && !text.IsEmpty
                && ActivityContext.TryParse(System.Text.Encoding.UTF8.GetString(text), null, out var parent))
                links.Add(new ActivityLink(parent));
        }

        return Activities.StartActivity(
            "process " + context.Seat, ActivityKind.Consumer, default(ActivityContext), null, links);
    }

    internal static void Handled(string role, Runner.BatchContext context, TimeSpan handling, TimeSpan commit)
    {
        var tag = Tag("role", role);
        Commits.Add(1, tag);
        Inputs.Add(context.Inputs, tag);
        Outputs.Add(context.Commit.OutputCount, tag);
        BatchSize.Record(context.Count, tag);
        HandleMs.Record(handling.TotalMilliseconds, tag);
        CommitMs.Record(commit.TotalMilliseconds, tag);
    }

    internal static void TakenOver(LogLink link, long adopted, long lost)
    {
        if (adopted > 0) Adopted.Add(adopted, Tag("stream", link.Stream.Name));
        if (lost > 0) Lost.Add(lost, Tag("stream", link.Stream.Name));
    }

    internal static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}
