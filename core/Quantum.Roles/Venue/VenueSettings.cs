using Quantum.Roles.Symbols;

namespace Quantum.Roles.Venue;

/// <summary>
/// How the simulated venue fills and charges; the defaults are those of Binance USD-M for ordinary accounts.
/// </summary>
[Section("SimVenue")]
public sealed record VenueSettings
{
    /// <summary>What is known of the symbols; no other one is traded here.</summary>
    public required SymbolFilterBook Symbols { get; init; }

    /// <summary>Cash at the start, USD.</summary>
    [Above(0)] public decimal StartBalanceUsd { get; set; } = 10_000;

    /// <summary>Fee of a resting order's fill over notional; negative is a rebate.</summary>
    [Range(-0.01, 0.01)] public decimal MakerFeeFraction { get; set; } = 0.0002m;

    /// <summary>Fee of a taking order's fill over notional.</summary>
    [Range(0.0, 0.01)] public decimal TakerFeeFraction { get; set; } = 0.0005m;

    /// <summary>Fee of a liquidation over notional where the instrument tells none.</summary>
    [Range(0.0, 0.1)] public decimal LiquidationFeeFraction { get; set; } = 0.0125m;

    /// <summary>Half the spread over price where the feed has no quotes.</summary>
    [Range(0.0, 0.1)] public decimal HalfSpreadFraction { get; set; } = 0.0001m;

    /// <summary>
    /// Impact over price of taking the whole volume of a minute; it grows with the square root of the share.
    /// </summary>
    [Range(0.0, 0.1)] public decimal ImpactFraction { get; set; } = 0.001m;

    /// <summary>Most that our fills may be of the volume of the last minute.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)] public decimal MaxVolumeShare { get; set; } = 0.25m;

    /// <summary>From a command's time to the first price that may fill it, ms.</summary>
    [AtLeast(0)] public long LatencyMs { get; set; } = 50;

    /// <summary>Leverage of a symbol before any order sets it.</summary>
    [Range(1, LeverageBrackets.MostLeverage)] public int DefaultLeverage { get; set; } = 1;
}
