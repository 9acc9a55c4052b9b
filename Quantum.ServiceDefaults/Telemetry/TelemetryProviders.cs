using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Quantum.ServiceDefaults;

/// <summary>The exporting ends of the three signals.</summary>
internal sealed class TelemetryProviders(TracerProvider traces, MeterProvider metrics, LoggerProvider? logs)
    : IDisposable
{
    /// <summary>Sends what is still held back; the time is the most that each signal may take.</summary>
    public void Flush(int timeoutMs)
    {
        traces.ForceFlush(timeoutMs);
        metrics.ForceFlush(timeoutMs);
        logs?.ForceFlush(timeoutMs);
    }

    public void Dispose()
    {
        traces.Dispose();
        metrics.Dispose();
    }
}
