using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Quantum.ServiceDefaults.Telemetry;

namespace Quantum.ServiceDefaults.Health;

/// <summary>
/// Every consumer of this process and how it gets on. Health is progress: a consumer is healthy while it may work and
/// no work waits longer than its objective; with nothing to read it is healthy for ever.
/// </summary>
public sealed class ProgressHealth
{
    private readonly ConcurrentDictionary<(string Role, string Stream), ConsumerProgress> _consumers = new();
    private readonly TimeProvider _time;

    public ProgressHealth(TimeProvider time)
    {
        _time = time;
        Signals.Meter.CreateObservableGauge(
            "quantum.consumer.waiting",
            () => Report().Select(r => Measure(r, r.WaitingMs)),
            "ms",
            "How long work has waited without a commit");
        Signals.Meter.CreateObservableGauge(
            "quantum.consumer.healthy",
            () => Report().Select(r => Measure(r, r.IsHealthy ? 1 : 0)),
            description: "1 while the consumer makes progress or has nothing to do");
    }

    /// <summary>
    /// Announces a consumer before it starts; until it holds its lease the process is not healthy. The objective is
    /// the longest time that work may wait, more than zero.
    /// </summary>
    public ConsumerProgress Register(string role, string stream, TimeSpan objective, bool needsLease = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(role);
        ArgumentException.ThrowIfNullOrEmpty(stream);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(objective, TimeSpan.Zero);
        var lease = needsLease ? LeaseState.None : LeaseState.NotNeeded;
        var consumer = new ConsumerProgress(_time, role, stream, objective, lease);
        return _consumers.TryAdd((role, stream), consumer)
            ? consumer
            : throw new InvalidOperationException(
                $"The consumer {role} of {stream} is registered twice; one process runs it once.");
    }

    /// <summary>Reports on all consumers, ordered by role and stream.</summary>
    public IReadOnlyList<ConsumerReport> Report() =>
        [.. _consumers.OrderBy(pair => pair.Key).Select(pair => pair.Value.Report())];

    private static Measurement<long> Measure(ConsumerReport report, long value) =>
        new(value, new("role", report.Role), new("stream", report.Stream));
}
