using Quantum.Contracts.Units;

namespace Quantum.Roles.Symbols;

/// <summary>What the venue accepts of orders in one symbol.</summary>
public sealed record SymbolFilters
{
    public required Symbol Symbol { get; init; }

    /// <summary>Prices are multiples of this, quote currency, above 0.</summary>
    public required decimal TickSize { get; init; }

    /// <summary>Quantities are multiples of this, base units, above 0.</summary>
    public required decimal StepSize { get; init; }

    /// <summary>Least base quantity, above 0.</summary>
    public required decimal MinQuantity { get; init; }

    /// <summary>Most base quantity of one order, above the least.</summary>
    public required decimal MaxQuantity { get; init; }

    /// <summary>Least notional of an order that is not reduce-only, USD, from 0.</summary>
    public required decimal MinNotionalUsd { get; init; }

    /// <summary>Highest leverage of the symbol's bracket, 1 to 125.</summary>
    public required int MaxLeverage { get; init; }

    /// <summary>Maintenance margin over notional, above 0, below 0.5.</summary>
    public required decimal MaintenanceMarginFraction { get; init; }

    /// <summary>The ILF's symbol risk, 0.5 to 1.5; 1 is ordinary.</summary>
    public double SymbolRisk { get; init; } = 1;

    /// <summary>The quantity rounded down to the step.</summary>
    public decimal FloorQuantity(decimal quantity) => Math.Floor(quantity / StepSize) * StepSize;

    /// <summary>The price rounded down to the tick.</summary>
    public decimal FloorPrice(decimal price) => Math.Max(TickSize, Math.Floor(price / TickSize) * TickSize);

    /// <summary>The price rounded up to the tick.</summary>
    public decimal CeilingPrice(decimal price) => Math.Ceiling(price / TickSize) * TickSize;

    /// <summary>A stop's price rounded to the tick on the tighter side.</summary>
    public decimal TighterStop(PositionSide side, decimal price) =>
        side == PositionSide.Long ? CeilingPrice(price) : FloorPrice(price);

    /// <summary>Throws on an impossible record, naming symbol, value and mend.</summary>
    public void Validate()
    {
        if (Symbol.IsEmpty) throw Wrong("symbol is empty", "name it, for example BTCUSDT");
        if (TickSize <= 0) throw Wrong($"tick size {TickSize} is not above 0",
            "take it from the venue's exchange information");
        if (StepSize <= 0) throw Wrong($"step size {StepSize} is not above 0",
            "take it from the venue's exchange information");
        if (MinQuantity <= 0) throw Wrong($"least quantity {MinQuantity} is not above 0", "use at least the step size");
        if (MaxQuantity <= MinQuantity) throw Wrong(
            $"most quantity {MaxQuantity} is not above the least, {MinQuantity}", "raise it");
        if (MinNotionalUsd < 0) throw Wrong($"least notional {MinNotionalUsd} USD is below 0", "use 0 for none");
        if (MaxLeverage is < 1 or > 125) throw Wrong($"max leverage {MaxLeverage} is outside 1 to 125",
            "use the symbol's bracket");
        if (MaintenanceMarginFraction is <= 0 or >= 0.5m)
            throw Wrong($"maintenance margin fraction {MaintenanceMarginFraction} is outside 0 to 0.5", "0.01 is 1 %");
        if (SymbolRisk is < 0.5 or > 1.5) throw Wrong($"symbol risk {SymbolRisk} is outside 0.5 to 1.5",
            "1 is ordinary");
    }

    private ArgumentException Wrong(string what, string mend) => new($"symbol filters of '{Symbol}': {what}: {mend}.");
}
