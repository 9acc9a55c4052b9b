using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.Tests;

/// <summary>Filters that stay as they are whatever the exchange says: what the tests of the roles count with.</summary>
public static class TestBook
{
    public static SymbolFilters Near { get; } = Row("NEARUSDT", 0.001m, 0.1m, 25, 0.02m, 1.1);

    public static SymbolFilterBook All { get; } = new(
        Near,
        Row("SOLUSDT", 0.001m, 0.1m, 50, 0.01m, 1),
        Row("BTCUSDT", 0.1m, 0.001m, 125, 0.004m, 0.8) with { MinNotionalUsd = 100 },
        Row("ETHUSDT", 0.01m, 0.001m, 100, 0.005m, 0.9) with { MinNotionalUsd = 20 });

    private static SymbolFilters Row(
        string name, decimal tick, decimal step, int leverage, decimal maintenance, double risk) => new()
    {
        Symbol = Symbol.Parse(name), TickSize = tick, StepSize = step, MinQuantity = step, MaxQuantity = 1_000_000,
        MaxMarketQuantity = 1_000_000, MinNotionalUsd = 5, SymbolRisk = risk,
        Brackets = new LeverageBrackets(new LeverageBracket(1_500_000, leverage, maintenance)),
    };
}
