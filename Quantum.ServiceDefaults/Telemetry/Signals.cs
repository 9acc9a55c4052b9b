using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Quantum.ServiceDefaults.Telemetry;

/// <summary>The system's own source of spans and metrics; parts may have theirs under <c>Quantum.*</c>.</summary>
public static class Signals
{
    /// <summary>The name of the source and the meter.</summary>
    public const string Name = "Quantum";

    public static ActivitySource Source { get; } = new(Name);

    public static Meter Meter { get; } = new(Name);
}
