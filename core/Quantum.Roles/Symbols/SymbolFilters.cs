namespace Quantum.Roles.Symbols;

/// <summary>What the venue accepts of orders and positions in one symbol.</summary>
public sealed record SymbolFilters
{
    private const string AsTold = "take it from the venue's exchange information";

    public required Symbol Symbol { get; init; }

    /// <summary>Prices are multiples of this, quote currency, above 0; down to 0.00000001 and below.</summary>
    public required decimal TickSize { get; init; }

    /// <summary>Quantities of every order are multiples of this, base units, above 0.</summary>
    public required decimal StepSize { get; init; }

    /// <summary>Least base quantity, above 0.</summary>
    public required decimal MinQuantity { get; init; }

    /// <summary>Most base quantity of one order with a limit price, above the least.</summary>
    public required decimal MaxQuantity { get; init; }

    /// <summary>Most base quantity of one order that takes the market's price, not below the least.</summary>
    public required decimal MaxMarketQuantity { get; init; }

    /// <summary>
    /// Step and least of an order with a limit price, where the venue tells finer ones; null: as above.
    /// </summary>
    public LotSize? LimitLot { get; init; }

    /// <summary>Step and least of an order that takes the market's price, the same way.</summary>
    public LotSize? MarketLot { get; init; }

    /// <summary>Least limit or trigger price, quote currency, above 0; null: no limit.</summary>
    public decimal? MinPrice { get; init; }

    /// <summary>Highest limit or trigger price, above the least; null: no limit.</summary>
    public decimal? MaxPrice { get; init; }

    /// <summary>Most live orders of the symbol, conditional ones among them, from 1; null: no limit.</summary>
    public int? MaxOrders { get; init; }

    /// <summary>Most conditional orders of the symbol that wait for their trigger, from 1; null: no limit.</summary>
    public int? MaxAlgoOrders { get; init; }

    /// <summary>Fee of a liquidation over notional, from 0, below 1; null: the venue's own.</summary>
    public decimal? LiquidationFeeFraction { get; init; }

    /// <summary>Least notional of an order that is not reduce-only, USD, from 0.</summary>
    public required decimal MinNotionalUsd { get; init; }

    /// <summary>
    /// A buy's limit price is at most this many times the mark price, a stop's this many times its trigger, above 1;
    /// no market order buys while the last price is further from the mark. Null: no limit.
    /// </summary>
    public decimal? PriceUpFactor { get; init; }

    /// <summary>A sale's limit price is at least this many times the same, 0 to 1; null: no limit.</summary>
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
    public decimal MaxQuantityOf(OrderType type) => type.HasLimit() ? MaxQuantity : MaxMarketQuantity;

    /// <summary>Step and least of an order of this type.</summary>
    public LotSize LotOf(OrderType type) =>
        (type.HasLimit() ? LimitLot : MarketLot) ?? new LotSize(StepSize, MinQuantity);

    /// <summary>The finer step of both kinds of order: what any quantity, filled or held, is written in.</summary>
    public decimal FinestStep =>
        Math.Min(LotOf(OrderType.Limit).StepSize, LotOf(OrderType.Market).StepSize);

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
    public string? Fault() => Symbol.IsEmpty
        ? "symbol is empty: name it, for example BTCUSDT"
        : PriceFault() ?? QuantityFault() ?? LimitFault();

    private string? QuantityFault()
    {
        if (StepSize <= 0) return $"step size {StepSize} is not above 0: {AsTold}";
        if (MinQuantity <= 0) return $"least quantity {MinQuantity} is not above 0: use at least the step size";
        if (MaxQuantity <= MinQuantity)
            return $"most quantity {MaxQuantity} is not above the least, {MinQuantity}: raise it";
        if (MaxMarketQuantity < MinQuantity)
            return $"most market quantity {MaxMarketQuantity} is below the least, {MinQuantity}: raise it";
        return LotFault("limit step", LimitLot) ?? LotFault("market step", MarketLot);
    }

    private string? PriceFault()
    {
        if (TickSize <= 0) return $"tick size {TickSize} is not above 0: {AsTold}";
        if (MinPrice <= 0) return $"least price {MinPrice} is not above 0: leave it out for none";
        if (MaxPrice <= (MinPrice ?? 0)) return $"most price {MaxPrice} is not above the least: {AsTold}";
        if (PriceUpFactor <= 1) return $"price factor up {PriceUpFactor} is not above 1: {AsTold}";
        return PriceDownFactor is < 0 or >= 1
            ? $"price factor down {PriceDownFactor} is outside 0 to 1: {AsTold}" : null;
    }

    private string? LimitFault()
    {
        if (MinNotionalUsd < 0) return $"least notional {MinNotionalUsd} USD is below 0: use 0 for none";
        if (MaxOrders < 1) return $"most orders {MaxOrders} are below 1: leave it out for no limit";
        if (MaxAlgoOrders < 1) return $"most conditional orders {MaxAlgoOrders} are below 1: leave it out for no limit";
        if (LiquidationFeeFraction is < 0 or >= 1)
            return $"liquidation fee {LiquidationFeeFraction} is outside 0 to 1: {AsTold}";
        if (FundingHours is < 1 or > 24) return $"funding hours {FundingHours} are outside 1 to 24: {AsTold}";
        return SymbolRisk is < 0.5 or > 1.5
            ? $"symbol risk {SymbolRisk} is outside 0.5 to 1.5: 1 is ordinary" : null;
    }

    private static string? LotFault(string kind, LotSize? lot) => lot is { StepSize: <= 0 } or { MinQuantity: <= 0 }
        ? $"{kind} {lot.Value.StepSize} or least {lot.Value.MinQuantity} is not above 0: {AsTold}" : null;

    /// <summary>Throws on an impossible record, naming symbol, value and mend.</summary>
    public void Validate()
    {
        if (Fault() is { } fault) throw new ArgumentException($"symbol filters of '{Symbol}': {fault}.");
    }
}
