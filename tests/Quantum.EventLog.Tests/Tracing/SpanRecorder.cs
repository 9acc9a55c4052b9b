using System.Collections.Concurrent;
using System.Diagnostics;

namespace Quantum.EventLog.Tests.Tracing;

/// <summary>Listens to the log's spans as an exporter does, and keeps those that are recorded.</summary>
internal sealed class SpanRecorder : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    /// <param name="samples">Whether a trace is recorded; null records every one.</param>
    public SpanRecorder(Func<ActivityTraceId, bool>? samples = null)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == LogMeter.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                (options.Parent.TraceId == default ? samples?.Invoke(options.TraceId) ?? true : IsRecorded(in options))
                    ? ActivitySamplingResult.AllDataAndRecorded
                    : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (span.Recorded) _spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> Spans => [.. _spans];

    public void Dispose() => _listener.Dispose();

    private static bool IsRecorded(in ActivityCreationOptions<ActivityContext> options) =>
        options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);
}
