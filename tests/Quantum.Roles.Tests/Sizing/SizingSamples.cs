using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Roles.Tests.Sizing;

/// <summary>A request in the middle of every range, and requests from anywhere in them.</summary>
internal static class SizingSamples
{
    public static SizingRequested Request { get; } = new()
    {
        Symbol = Symbol.Parse("NEARUSDT"), Side = Side.Buy, SignalId = "sig-1", Confidence = 0.7, Price = 5.25m,
        AtrValue = 0.01, VolatilityFactor = 0.55, ExchangeDivergence = 0.0004, FundingRate = 0.0001, Regime = Regime.Bull,
        EquityUsd = 10_000, FreeMarginUsd = 9_000, GrossExposureFraction = 0.1, MaxPositionSizeUsd = 5_000,
        MaxLeverage = 5, RiskPerTradeFraction = 0.01, DeadlineMs = 1_765_000_005_000,
    };

    /// <summary>A valid request made of six numbers.</summary>
    public static SizingRequested From(uint a, uint b, uint c, uint d, uint e, uint f) => Request with
    {
        Confidence = a % 1_001 / 1_000.0,
        AtrValue = 1e-6 + b % 10_000 / 10_000.0 * 0.49,
        Regime = (Regime)(c % 6),
        EquityUsd = 0.01m + d % 10_000_000 / 10m,
        FreeMarginUsd = e % 10_000_000 / 10m,
        GrossExposureFraction = a % 300 / 100.0,
        MaxPositionSizeUsd = 0.01m + f % 10_000_000 / 10m,
        MaxLeverage = 1 + (int)(c % 125),
        RiskPerTradeFraction = 1e-6 + f % 1_000 / 1_000.0 * 0.0999,
    };
}
