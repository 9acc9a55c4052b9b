using System.Diagnostics.Metrics;

namespace Quantum.Market;

/// <summary>What the market service counts, for any exporter that listens to its name.</summary>
public static class MarketMeter
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Quantum.Market";

    private static readonly Meter s_meter = new(Name);

    internal static readonly Counter<long> Dropped = s_meter.CreateCounter<long>(
        "quantum.market.dropped", "{event}", "Events that no place was left for while the log was away, by stream");
    internal static readonly Counter<long> Conflated = s_meter.CreateCounter<long>(
        "quantum.market.conflated", "{event}", "States and quotes that a newer one replaced, by stream");
}
