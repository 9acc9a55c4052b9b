using Quantum.Roles.Symbols;

namespace Quantum.Roles.Venue;

/// <summary>
/// How the simulated venue fills and charges; the defaults are those of Binance USD-M for ordinary accounts.
/// </summary>
public sealed record VenueSettings
{
    /// <summary>What is known of the symbols; no other one is traded here.</summary>
    public required SymbolFilterBook Symbols { get; init; }

    /// <summary>Cash at the start, USD, above 0.</summary>
    public decimal StartBalanceUsd { get; init; } = 10_000;

    /// <summary>Fee of a resting order's fill over notional, -0.01 to 0.01; negative is a rebate.</summary>
    public decimal MakerFeeFraction { get; init; } = 0.0002m;

    /// <summary>Fee of a taking order's fill over notional, 0 to 0.01.</summary>
    public decimal TakerFeeFraction { get; init; } = 0.0005m;

    /// <summary>Fee of a liquidation over notional, 0 to 0.1.</summary>
    public decimal LiquidationFeeFraction { get; init; } = 0.0125m;

    /// <summary>Half the spread over price where the feed has no quotes, 0 to 0.1.</summary>
    public decimal HalfSpreadFraction { get; init; } = 0.0001m;

    /// <summary>
    /// Impact over price of taking the whole volume of a minute, 0 to 0.1; it grows with the square root of the share.
    /// </summary>
    public decimal ImpactFraction { get; init; } = 0.001m;

    /// <summary>Most that our fills may be of the volume of the last minute, above 0, at most 1.</summary>
    public decimal MaxVolumeShare { get; init; } = 0.25m;

    /// <summary>From a command's time to the first price that may fill it, ms, from 0.</summary>
    public long LatencyMs { get; init; } = 50;

    /// <summary>Leverage of a symbol before any order sets it, from 1.</summary>
    public int DefaultLeverage { get; init; } = 1;

    /// <summary>Throws on an impossible setting, naming it, its value and the mend.</summary>
    public void Validate()
    {
        if (StartBalanceUsd <= 0) throw Wrong(nameof(StartBalanceUsd), StartBalanceUsd, "use more than 0 USD");
        Within(MakerFeeFraction, -0.01m, 0.01m, nameof(MakerFeeFraction));
        Within(TakerFeeFraction, 0, 0.01m, nameof(TakerFeeFraction));
        Within(LiquidationFeeFraction, 0, 0.1m, nameof(LiquidationFeeFraction));
        Within(HalfSpreadFraction, 0, 0.1m, nameof(HalfSpreadFraction));
        Within(ImpactFraction, 0, 0.1m, nameof(ImpactFraction));
        if (MaxVolumeShare is <= 0 or > 1) throw Wrong(nameof(MaxVolumeShare), MaxVolumeShare,
            "use more than 0, at most 1");
        if (LatencyMs < 0) throw Wrong(nameof(LatencyMs), LatencyMs, "use 0 ms or more");
        if (DefaultLeverage is < 1 or > LeverageBrackets.MostLeverage)
            throw Wrong(nameof(DefaultLeverage), DefaultLeverage, $"use 1 to {LeverageBrackets.MostLeverage}");
    }

    private static void Within(decimal value, decimal least, decimal most, string name)
    {
        if (value < least || value > most) throw Wrong(name, value,
            $"use {least} to {most}, as a fraction: 0.0005 is 5 bps");
    }

    private static ArgumentException Wrong(string name, decimal value, string mend) =>
        new($"simulated venue setting {name} is {value}: {mend}.");
}
