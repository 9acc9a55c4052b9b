using System.Diagnostics.Metrics;

namespace Quantum.Binance;

/// <summary>What the adapter counts, for any exporter that listens to its name.</summary>
public static class BinanceMeter
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Quantum.Binance";

    private static readonly Meter s_meter = new(Name);

    internal static readonly Counter<long> Requests = s_meter.CreateCounter<long>(
        "quantum.binance.requests", "{request}", "Requests, by what was asked and how it ended");
    internal static readonly Counter<long> Unpriced = s_meter.CreateCounter<long>(
        "quantum.binance.unpriced_fees", "{fill}", "Fills whose fee is in an asset without a price, by asset");
    internal static readonly Counter<long> Unreadable = s_meter.CreateCounter<long>(
        "quantum.binance.unreadable", "{event}", "Events that were not understood, by kind");
    internal static readonly Counter<long> Dropped = s_meter.CreateCounter<long>(
        "quantum.binance.dropped", "{event}",
        "Market events that were not told: from the future, or without a place to wait, by kind");
}
