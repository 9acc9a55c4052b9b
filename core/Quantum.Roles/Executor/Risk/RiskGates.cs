using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.Executor.Risk;

/// <summary>
/// Every gate an entry passes, in order; the first refusal counts. What is unknown or old refuses: gates fail closed.
/// Later rows rely on earlier ones having passed.
/// </summary>
internal static class RiskGates
{
    /// <summary>Gates for every intent, exits included: they protect from acting for another system.</summary>
    public static IReadOnlyList<RiskGate> Every { get; } =
    [
        new("mode_missing", c => c.IntentMode is null && c.Settings.Mode.IsReal()
            ? $"the intent does not say its mode, and this system is {c.Settings.Mode}" : null),
        new("mode_mismatch", c => c.IntentMode is { } mode && mode != c.Settings.Mode
            ? $"the intent is of mode {mode}, this system is {c.Settings.Mode}" : null),
        new("symbol_unknown", c => c.Filters is null ? SymbolFilterBook.Unknown(c.Intent.Symbol) : null),
    ];

    /// <summary>Gates for entries.</summary>
    public static IReadOnlyList<RiskGate> Entry { get; } =
    [
        .. Every,
        new("exploration_not_allowed", c => c.Intent.IsExploration() && c.Settings.Mode.IsReal()
            ? $"the trade is made to learn, and this system is {c.Settings.Mode}" : null),
        new("policy_unknown", c => c.Policy is null
            ? "no policy was consumed yet, and the unknown blocks entries" : null),
        new("kill_switch", c => c.Policy!.Value.KillSwitch
            ? $"policy {c.Policy.Value.PolicyVersion}: {c.Policy.Value.Reason ?? c.Policy.Value.ReasonCode}" : null),
        new("halted", c => c.Policy!.Value.RiskMode == RiskMode.Halt
            ? $"policy {c.Policy.Value.PolicyVersion}: {c.Policy.Value.Reason ?? c.Policy.Value.ReasonCode}" : null),
        new("symbol_not_allowed", SymbolNotAllowed),
        new("low_confidence", c => c.Intent.Confidence < c.Policy!.Value.MinConfidence
            ? $"confidence {c.Intent.Confidence} is below {c.Policy.Value.MinConfidence}" : null),
        new("market_stale", MarketStale),
        new("exposure_stale", ExposureStale),
        new("venue_unseen", VenueUnseen),
        new("position_unclear", c => c.State?.Difference is { } difference
            ? $"the venue holds {difference.Quantity}, our fills make {c.HeldQuantity}: not yet explained" : null),
        new("foreign_position", c => c.State?.Foreign is { } foreign
            ? $"the venue holds {foreign.Quantity} that this system did not open: close it there, or take it over "
                + $"with './quantum adopt {c.Intent.Symbol}'" : null),
        new("opposite_position", c => c.HeldQuantity * c.Intent.Side.Sign() < 0
            ? $"{c.HeldQuantity} is held: one direction per symbol" : null),
        new("position_open", c => c.HeldQuantity != 0 && !c.Settings.AllowPyramiding
            ? $"{c.HeldQuantity} is held already and adding is not allowed" : null),
        new("max_positions", c => c.HeldQuantity == 0 && c.OtherPositions >= c.Policy!.Value.MaxPositions
            ? $"{c.OtherPositions} positions are open or opening, {c.Policy.Value.MaxPositions} are allowed" : null),
        new("min_quantity", c => c.Terms.Quantity < c.Filters!.MinQuantity
            ? $"{c.Intent.PositionSizeUsd} USD at {c.Terms.ReferencePrice} is {c.Terms.Quantity}, "
                + $"the least is {c.Filters.MinQuantity}" : null),
        // One order must be able to close all of it.
        new("max_quantity", c => Math.Abs(c.HeldQuantity) + c.Terms.Quantity > c.Filters!.MaxMarketQuantity
            ? $"quantity {c.Terms.Quantity} beside {c.HeldQuantity} held is above {c.Filters.MaxMarketQuantity}"
            : null),
        new("position_limit", c => c.Filters!.Brackets.MaxNotionalUsd < c.Terms.PositionUsd
            ? $"the position would be {c.Terms.PositionUsd:0.##} USD, "
                + $"{c.Filters.Brackets.MaxNotionalUsd} USD is the most" : null),
        new("min_notional", c => c.Terms.NotionalUsd < c.Filters!.MinNotionalUsd
            ? $"notional {c.Terms.NotionalUsd} USD is below {c.Filters.MinNotionalUsd} USD" : null),
        new("stop_wrong_side", c => c.Terms.StopFraction <= 0
            ? $"stop {c.Terms.FixedStopPrice} is not on the losing side of {c.Terms.ReferencePrice}" : null),
        new("stop_distance", c => c.Terms.StopFraction < c.Settings.MinStopFraction
            || c.Terms.StopFraction > c.Settings.MaxStopFraction
            ? $"stop distance {c.Terms.StopFraction:0.######} is outside {c.Settings.MinStopFraction} "
                + $"to {c.Settings.MaxStopFraction}" : null),
        new("price_moved", PriceMoved),
        new("liquidation_distance", c => c.Terms.Leverage is null
            ? $"stop distance {c.Terms.StopFraction:0.######} is not below half of "
                + $"{c.Terms.Choice.LiquidationFraction(1):0.######} even at leverage 1" : null),
        new("risk_per_trade", RiskPerTrade),
        new("symbol_exposure", SymbolExposure),
        new("gross_exposure", GrossExposure),
        new("free_margin", FreeMargin),
    ];

    /// <summary>The first refusal of a table, or null.</summary>
    public static Reason? FirstRefusal(IReadOnlyList<RiskGate> table, RiskCase riskCase)
    {
        foreach (var gate in table)
            if (gate.Refuses(riskCase) is { } words) return new Reason(gate.Code, words);
        return null;
    }

    private static string? SymbolNotAllowed(RiskCase c)
    {
        var allowed = c.Policy!.Value.AllowedSymbols;
        return allowed.Count == 0 || allowed.Contains(c.Intent.Symbol)
            ? null
            : $"{c.Intent.Symbol} is not among the {allowed.Count} symbols of policy {c.Policy.Value.PolicyVersion}";
    }

    private static string? MarketStale(RiskCase c)
    {
        if (c.Price is null) return $"no price of {c.Intent.Symbol} was consumed yet";
        var ageMs = c.NowMs - c.Price.AtMs;
        return ageMs > c.Settings.MaxMarketAgeMs
            ? $"the last price is {ageMs} ms old, {c.Settings.MaxMarketAgeMs} ms is the limit" : null;
    }

    private static string? ExposureStale(RiskCase c)
    {
        if (c.Exposure is null) return "no exposure was consumed yet";
        var ageMs = c.NowMs - c.ExposureAtMs;
        return ageMs > c.Settings.MaxExposureAgeMs
            ? $"the last exposure is {ageMs} ms old, {c.Settings.MaxExposureAgeMs} ms is the limit" : null;
    }

    // Until the account was compared with the venue, nobody knows what is held.
    private static string? VenueUnseen(RiskCase c)
    {
        if (c.Settings.MaxVenueAgeMs is not { } limitMs) return null;
        if (c.VenueAtMs == 0) return "the account was not compared with the venue yet";
        var ageMs = c.NowMs - c.VenueAtMs;
        return ageMs > limitMs
            ? $"the account was last compared with the venue {ageMs} ms ago, {limitMs} ms is the limit" : null;
    }

    private static string? PriceMoved(RiskCase c)
    {
        if (c.Intent is not { EntryPrice: { } planned, StopLoss: { } stop }) return null;
        var most = Math.Abs(planned - stop) * (decimal)c.Settings.MostPriceMoveShare;
        return Math.Abs(c.Terms.ReferencePrice - planned) > most
            ? $"{c.Terms.ReferencePrice} would be paid, {planned} was planned: farther than {most:0.########}" : null;
    }

    private static string? RiskPerTrade(RiskCase c)
    {
        var lossUsd = c.Terms.NotionalUsd * (decimal)c.Terms.StopFraction;
        var budgetUsd = c.EquityUsd * (decimal)c.Policy!.Value.RiskPerTradeFraction;
        return lossUsd > budgetUsd
            ? $"the loss at the stop would be {lossUsd:0.####} USD, {budgetUsd:0.####} USD is the budget" : null;
    }

    private static string? SymbolExposure(RiskCase c)
    {
        var limitUsd = c.EquityUsd * (decimal)c.Policy!.Value.MaxSymbolExposureFraction;
        var wouldBeUsd = c.SymbolUsd + c.Terms.NotionalUsd;
        return wouldBeUsd > limitUsd
            ? $"{c.Intent.Symbol} would be {wouldBeUsd:0.##} USD, {limitUsd:0.##} USD is the limit" : null;
    }

    private static string? GrossExposure(RiskCase c)
    {
        var limitUsd = c.EquityUsd * (decimal)c.Policy!.Value.MaxGrossExposureFraction;
        var wouldBeUsd = c.GrossUsd + c.Terms.NotionalUsd;
        return wouldBeUsd > limitUsd
            ? $"gross exposure would be {wouldBeUsd:0.##} USD, {limitUsd:0.##} USD is the limit" : null;
    }

    private static string? FreeMargin(RiskCase c)
    {
        var needUsd = c.Terms.MarginUsd * (1 + c.Settings.MarginBufferFraction);
        var freeUsd = c.EquityUsd - c.MarginUsedUsd;
        return needUsd > freeUsd ? $"margin of {needUsd:0.##} USD is needed, {freeUsd:0.##} USD is free" : null;
    }
}
