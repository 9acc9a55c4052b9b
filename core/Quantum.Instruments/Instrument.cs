using Quantum.Roles.Symbols;

namespace Quantum.Instruments;

/// <summary>What is known of one instrument: the facts that trading uses, and where they stand.</summary>
public sealed record Instrument
{
    /// <summary>What the roles are given.</summary>
    public required SymbolFilters Filters { get; init; }

    /// <summary>The exchange's word: <c>PERPETUAL</c>, <c>CURRENT_QUARTER</c>, <c>TRADIFI_PERPETUAL</c> …</summary>
    public string Contract { get; init; } = "PERPETUAL";

    /// <summary>The exchange's word on that date: <c>TRADING</c>, <c>SETTLING</c>, <c>PENDING_TRADING</c> …</summary>
    public string Status { get; init; } = "TRADING";

    /// <summary>The day on which the exchange said so, UTC.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>False when <see cref="LeverageBrackets.Assumed"/> stands for a table that nobody told.</summary>
    public bool AreBracketsKnown { get; init; } = true;

    public Symbol Symbol => Filters.Symbol;

    /// <summary>Each fact by its name in <c>instruments.json</c>, as text, for diffs and tables.</summary>
    public IEnumerable<(string Name, string Value)> Facts()
    {
        yield return ("contract", Contract);
        yield return ("status", Status);
        yield return ("tickSize", Text(Filters.TickSize));
        yield return ("stepSize", Text(Filters.StepSize));
        yield return ("minQuantity", Text(Filters.MinQuantity));
        yield return ("maxQuantity", Text(Filters.MaxQuantity));
        yield return ("maxMarketQuantity", Text(Filters.MaxMarketQuantity));
        yield return ("limitLot", Text(Filters.LimitLot));
        yield return ("marketLot", Text(Filters.MarketLot));
        yield return ("minNotionalUsd", Text(Filters.MinNotionalUsd));
        yield return ("minPrice", Text(Filters.MinPrice));
        yield return ("maxPrice", Text(Filters.MaxPrice));
        yield return ("priceUp", Text(Filters.PriceUpFactor));
        yield return ("priceDown", Text(Filters.PriceDownFactor));
        yield return ("maxOrders", Filters.MaxOrders?.ToString(CultureInfo.InvariantCulture) ?? "");
        yield return ("maxAlgoOrders", Filters.MaxAlgoOrders?.ToString(CultureInfo.InvariantCulture) ?? "");
        yield return ("liquidationFee", Text(Filters.LiquidationFeeFraction));
        yield return ("fundingHours", Filters.FundingHours?.ToString(CultureInfo.InvariantCulture) ?? "8 (assumed)");
        yield return ("symbolRisk", Filters.SymbolRisk.ToString(CultureInfo.InvariantCulture));
        yield return ("brackets", BracketText());
    }

    /// <summary>A decimal without trailing zeros.</summary>
    internal static string Text(decimal? value) =>
        value?.ToString("0.############################", CultureInfo.InvariantCulture) ?? "";

    private static string Text(LotSize? lot) =>
        lot is { } told ? $"{Text(told.StepSize)} from {Text(told.MinQuantity)}" : "";

    // cap USD : leverage : maintenance fraction
    private string BracketText()
    {
        var steps = Filters.Brackets.Steps.Select(
            step => $"{Text(step.NotionalCapUsd)}:{step.MaxLeverage}:{Text(step.MaintenanceFraction)}");
        return string.Join(' ', steps) + (AreBracketsKnown ? "" : " (assumed)");
    }
}
