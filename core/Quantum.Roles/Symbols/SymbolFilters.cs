using Quantum.Contracts.Units;

namespace Quantum.Roles.Symbols;

/// <summary>What the venue accepts of orders and positions in one symbol.</summary>
public sealed record SymbolFilters
{
    public required Symbol Symbol { get; init; }

    /// <summary>Prices are multiples of this, quote currency, above 0; down to 0.00000001 and below.</summary>
    public required decimal TickSize { get; init; }

    /// <summary>Quantities are multiples of this, base units, above 0.</summary>
    public required decimal StepSize { get; init; }

    /// <summary>Least base quantity, above 0.</summary>
    public required decimal MinQuantity { get; init; }

    /// <summary>Most base quantity of one order with a limit price, above the least.</summary>
    public required decimal MaxQuantity { get; init; }

    /// <summary>Most base quantity of one order that takes the market's price, not below the least.</summary>
    public required decimal MaxMarketQuantity { get; init; }

    /// <summary>Least notional of an order that is not reduce-only, USD, from 0.</summary>
    public required decimal MinNotionalUsd { get; init; }

    /// <summary>A buy's limit price is at most this many times the mark price, above 1; null: no limit.</summary>
    public decimal? PriceUpFactor { get; init; }

    /// <summary>A sale's limit price is at least this many times the mark price, 0 to 1; null: no limit.</summary>
    public decimal? PriceDownFactor { get; init; }

    /// <summary>Leverage and margin by size of position.</summary>
    public required LeverageBrackets Brackets { get; init; }

    /// <summary>Hours between two fundings, 1 to 24; null: not known, and the venue's usual 8 are taken.</summary>
    public int? FundingHours { get; init; }

    /// <summary>The ILF's symbol risk, 0.5 to 1.5; 1 is ordinary.</summary>
    public double SymbolRisk { get; init; } = 1;

    /// <summary>Time between two fundings, ms.</summary>
    public long FundingMs => (FundingHours ?? 8) * 3_600_000L;

    /// <summary>Most base quantity of one order of this type.</summary>
    public decimal MaxQuantityOf(OrderType type) => type == OrderType.Limit ? MaxQuantity : MaxMarketQuantity;

    /// <summary>The quantity rounded down to the step.</summary>
    public decimal FloorQuantity(decimal quantity) => Math.Floor(quantity / StepSize) * StepSize;

    /// <summary>The price rounded down to the tick.</summary>
    public decimal FloorPrice(decimal price) => Math.Max(TickSize, Math.Floor(price / TickSize) * TickSize);

    /// <summary>The price rounded up to the tick.</summary>
    public decimal CeilingPrice(decimal price) => Math.Ceiling(price / TickSize) * TickSize;

    /// <summary>A stop's price rounded to the tick on the tighter side.</summary>
    public decimal TighterStop(PositionSide side, decimal price) =>
        side == PositionSide.Long ? CeilingPrice(price) : FloorPrice(price);

    /// <summary>What is impossible about the record, in words with value and mend; null when nothing is.</summary>
    public string? Fault()
    {
        const string AsTold = "take it from the venue's exchange information";
        if (Symbol.IsEmpty) return "symbol is empty: name it, for example BTCUSDT";
        if (TickSize <= 0) return $"tick size {TickSize} is not above 0: {AsTold}";
        if (StepSize <= 0) return $"step size {StepSize} is not above 0: {AsTold}";
        if (MinQuantity <= 0) return $"least quantity {MinQuantity} is not above 0: use at least the step size";
        if (MaxQuantity <= MinQuantity)
            return $"most quantity {MaxQuantity} is not above the least, {MinQuantity}: raise it";
        if (MaxMarketQuantity < MinQuantity)
            return $"most market quantity {MaxMarketQuantity} is below the least, {MinQuantity}: raise it";
        if (MinNotionalUsd < 0) return $"least notional {MinNotionalUsd} USD is below 0: use 0 for none";
        if (PriceUpFactor <= 1) return $"price factor up {PriceUpFactor} is not above 1: {AsTold}";
        if (PriceDownFactor is < 0 or >= 1) return $"price factor down {PriceDownFactor} is outside 0 to 1: {AsTold}";
        if (FundingHours is < 1 or > 24) return $"funding hours {FundingHours} are outside 1 to 24: {AsTold}";
        return SymbolRisk is < 0.5 or > 1.5
            ? $"symbol risk {SymbolRisk} is outside 0.5 to 1.5: 1 is ordinary" : null;
    }

    /// <summary>Throws on an impossible record, naming symbol, value and mend.</summary>
    public void Validate()
    {
        if (Fault() is { } fault) throw new ArgumentException($"symbol filters of '{Symbol}': {fault}.");
    }
}
