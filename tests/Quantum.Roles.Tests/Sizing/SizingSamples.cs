using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Roles.Tests.Sizing;

/// <summary>A request in the middle of every range, and requests from anywhere in them.</summary>
internal static class SizingSamples
{
    public static SizingRequested Request { get; } = new()
    {
        Symbol = Symbol.Parse("NEARUSDT"), Side = Side.Buy, SignalId = "sig-1", Confidence = 0.7, Price = 5.25m,
        Ilf = new IlfContext
        {
            AtrValue = 0.01, VolatilityFactor = 0.55, ExchangeDivergence = 0.0004, FundingRate = 0.0001,
            Regime = Regime.Bull,
        },
        EquityUsd = 10_000, FreeMarginUsd = 9_000, GrossExposureFraction = 0.1, MaxPositionSizeUsd = 5_000,
        MaxLeverage = 5, RiskPerTradeFraction = 0.01, DeadlineMs = 1_765_000_005_000,
    };

    /// <summary>
    /// A valid request from a seed. The seed is stretched over the whole ranges: small generated numbers would only
    /// ever make small accounts, which no limit cuts.
    /// </summary>
    public static SizingRequested From(int seed)
    {
        var state = (ulong)seed;
        return Request with
        {
            Confidence = Next(ref state, 1_001) / 1_000.0,
            Ilf = Request.Ilf with
            {
                AtrValue = 1e-6 + Next(ref state, 10_000) / 10_000.0 * 0.05, Regime = (Regime)Next(ref state, 6),
            },
            EquityUsd = 0.01m + Next(ref state, 1_000_000),
            FreeMarginUsd = Next(ref state, 1_000_000) / 10m,
            GrossExposureFraction = Next(ref state, 300) / 100.0,
            MaxPositionSizeUsd = 0.01m + Next(ref state, 1_000_000) / 10m,
            MaxLeverage = 1 + (int)Next(ref state, 125),
            RiskPerTradeFraction = 1e-6 + Next(ref state, 1_000) / 1_000.0 * 0.0999,
        };
    }

    // SplitMix64 (Steele, Lea, Flood 2014).
    private static ulong Next(ref ulong state, ulong below)
    {
        state += 0x9E3779B97F4A7C15;
        var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (z ^ (z >> 31)) % below;
    }
}
