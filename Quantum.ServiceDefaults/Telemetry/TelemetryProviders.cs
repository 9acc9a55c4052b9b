using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Quantum.ServiceDefaults.Telemetry;

/// <summary>The exporting ends of the three signals.</summary>
internal sealed class TelemetryProviders(TracerProvider traces, MeterProvider metrics, LoggerProvider? logs)
    : IDisposable
{
    /// <summary>Sends what is still held back, all signals at once; takes at most this many milliseconds.</summary>
    public void Finish(int timeoutMs) => Parallel.Invoke(
        () => traces.Shutdown(timeoutMs),
        () => metrics.Shutdown(timeoutMs),
        // Only flushed: the host logs its own end after this.
        () => logs?.ForceFlush(timeoutMs));

    public void Dispose()
    {
        traces.Dispose();
        metrics.Dispose();
    }
}
