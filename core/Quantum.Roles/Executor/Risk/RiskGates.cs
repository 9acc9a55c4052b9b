using Quantum.Roles.Gates;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.Executor.Risk;

/// <summary>One row of the risk table.</summary>
/// <param name="Code">The reason code of its refusal.</param>
/// <param name="Reads">What it finds and asks for; open or closed by that.</param>
/// <param name="Words">Why it refuses, with the values; asked only where it is closed.</param>
internal sealed record RiskGate(string Code, Func<RiskCase, GateReading> Reads, Func<RiskCase, string> Words);

/// <summary>
/// Every gate an entry passes, in order; the first refusal counts. What is unknown or old refuses: gates fail closed.
/// Later rows rely on earlier ones having passed.
/// </summary>
internal static class RiskGates
{
    /// <summary>Gates for every intent, exits included: they protect from acting for another system.</summary>
    public static IReadOnlyList<RiskGate> Every { get; } =
    [
        new("mode_missing",
            c => c.Settings.Mode.IsReal() ? GateReading.Known(c.IntentMode is not null) : GateReading.NotAsked,
            c => $"the intent does not say its mode, and this system is {c.Settings.Mode}"),
        new("mode_mismatch",
            c => c.IntentMode is { } mode
                ? GateReading.Is(WireNames.Of(mode), WireNames.Of(c.Settings.Mode)) : GateReading.NotAsked,
            c => $"the intent is of mode {c.IntentMode}, this system is {c.Settings.Mode}"),
        new("symbol_unknown", c => GateReading.Known(c.Filters is not null),
            c => SymbolFilterBook.Unknown(c.Intent.Symbol)),
    ];

    /// <summary>Gates for entries.</summary>
    public static IReadOnlyList<RiskGate> Entry { get; } =
    [
        .. Every,
        new("exploration_not_allowed",
            c => c.Intent.IsExploration()
                ? GateReading.Not(c.Settings.Mode.IsReal() ? "real" : "not real", "real") : GateReading.NotAsked,
            c => $"the trade is made to learn, and this system is {c.Settings.Mode}"),
        new("policy_unknown", c => GateReading.Known(c.Policy is not null),
            _ => "no policy was consumed yet, and the unknown blocks entries"),
        new("kill_switch", c => GateReading.Is(c.Policy!.Value.KillSwitch ? "on" : "off", "off"), PolicyWords),
        new("halted",
            c => GateReading.Not(WireNames.Of(c.Policy!.Value.RiskMode), WireNames.Of(RiskMode.Halt)), PolicyWords),
        new("symbol_not_allowed", Allowed,
            c => $"{c.Intent.Symbol} is not among the {c.Policy!.Value.AllowedSymbols.Count} symbols of policy "
                + c.Policy.Value.PolicyVersion),
        new("low_confidence", c => GateReading.AtLeast(c.Intent.Confidence, c.Policy!.Value.MinConfidence),
            c => $"confidence {c.Intent.Confidence} is below {c.Policy!.Value.MinConfidence}"),
        new("market_stale",
            c => GateReading.AtMost(c.NowMs - c.Price?.AtMs, c.Settings.MaxMarketAgeMs, "ms"), MarketStale),
        new("exposure_stale",
            c => GateReading.AtMost(
                c.Exposure is null ? default(long?) : c.NowMs - c.ExposureAtMs, c.Settings.MaxExposureAgeMs, "ms"),
            ExposureStale),
        new("venue_unseen",
            c => c.Settings.MaxVenueAgeMs is { } limitMs
                ? GateReading.AtMost(c.VenueAtMs == 0 ? default(long?) : c.NowMs - c.VenueAtMs, limitMs, "ms")
                : GateReading.NotAsked,
            VenueUnseen),
        new("position_unclear",
            c => GateReading.Is(
                c.State?.Difference is { } other ? $"the venue holds {other.Quantity}" : "as ours", "as ours"),
            c => $"the venue holds {c.State!.Difference!.Quantity}, our fills make {c.HeldQuantity}: "
                + "not yet explained"),
        new("foreign_position",
            c => GateReading.Is(c.State?.Foreign is { } foreign ? $"{foreign.Quantity} held" : "none", "none"),
            c => $"the venue holds {c.State!.Foreign!.Quantity} that this system did not open: close it there, or take "
                + $"it over with './quantum adopt {c.Intent.Symbol} --reason … --yes'"),
        .. Room, .. Order, .. Money,
    ];

    private static IEnumerable<RiskGate> Room =>
    [
        new("opposite_position", c => GateReading.AtLeast(c.HeldQuantity * c.Intent.Side.Sign(), 0, "held this way"),
            c => $"{c.HeldQuantity} is held: one direction per symbol"),
        new("position_open",
            c => c.Settings.AllowPyramiding ? GateReading.NotAsked : GateReading.Is(c.HeldQuantity, 0, "held"),
            c => $"{c.HeldQuantity} is held already and adding is not allowed"),
        new("max_positions",
            c => c.HeldQuantity == 0
                ? GateReading.Below(c.OtherPositions, c.Policy!.Value.MaxPositions, "positions") : GateReading.NotAsked,
            c => $"{c.OtherPositions} positions are open or opening, {c.Policy!.Value.MaxPositions} are allowed"),
    ];

    private static IEnumerable<RiskGate> Order =>
    [
        new("min_quantity", c => GateReading.AtLeast(c.Terms.Quantity, c.Filters!.MinQuantity),
            c => $"{c.Intent.PositionSizeUsd} USD at {c.Terms.ReferencePrice} is {c.Terms.Quantity}, "
                + $"the least is {c.Filters!.MinQuantity}"),
        // One order must be able to close all of it.
        new("max_quantity",
            c => GateReading.AtMost(Math.Abs(c.HeldQuantity) + c.Terms.Quantity, c.Filters!.MaxMarketQuantity),
            c => $"quantity {c.Terms.Quantity} beside {c.HeldQuantity} held is above {c.Filters!.MaxMarketQuantity}"),
        new("position_limit",
            c => GateReading.AtMost(c.Terms.PositionUsd, c.Filters!.Brackets.MaxNotionalUsd, "USD"),
            c => $"the position would be {c.Terms.PositionUsd:0.##} USD, "
                + $"{c.Filters!.Brackets.MaxNotionalUsd} USD is the most"),
        new("min_notional", c => GateReading.AtLeast(c.Terms.NotionalUsd, c.Filters!.MinNotionalUsd, "USD"),
            c => $"notional {c.Terms.NotionalUsd} USD is below {c.Filters!.MinNotionalUsd} USD"),
        new("stop_wrong_side", c => GateReading.Above(c.Terms.StopFraction, 0, "of the price"),
            c => $"stop {c.Terms.FixedStopPrice} is not on the losing side of {c.Terms.ReferencePrice}"),
        new("stop_distance",
            c => GateReading.Within(
                c.Terms.StopFraction, c.Settings.MinStopFraction, c.Settings.MaxStopFraction, "of the price"),
            c => $"stop distance {c.Terms.StopFraction:0.######} is outside {c.Settings.MinStopFraction} "
                + $"to {c.Settings.MaxStopFraction}"),
        new("price_moved", PriceMoved,
            c => $"{c.Terms.ReferencePrice} would be paid, {c.Intent.EntryPrice} was planned: farther than "
                + $"{MostMove(c):0.########}"),
    ];

    private static IEnumerable<RiskGate> Money =>
    [
        new("liquidation_distance",
            c => GateReading.AtLeast(c.Terms.Leverage, 1, "leverage that keeps the stop before it"),
            c => $"stop distance {c.Terms.StopFraction:0.######} is not below half of "
                + $"{c.Terms.Choice.LiquidationFraction(1):0.######} even at leverage 1"),
        new("risk_per_trade", c => GateReading.AtMost(LossUsd(c), BudgetUsd(c), "USD"),
            c => $"the loss at the stop would be {LossUsd(c):0.####} USD, {BudgetUsd(c):0.####} USD is the budget"),
        new("symbol_exposure",
            c => GateReading.AtMost(
                c.SymbolUsd + c.Terms.NotionalUsd, Share(c, c.Policy!.Value.MaxSymbolExposureFraction), "USD"),
            c => $"{c.Intent.Symbol} would be {c.SymbolUsd + c.Terms.NotionalUsd:0.##} USD, "
                + $"{Share(c, c.Policy!.Value.MaxSymbolExposureFraction):0.##} USD is the limit"),
        new("gross_exposure",
            c => GateReading.AtMost(
                c.GrossUsd + c.Terms.NotionalUsd, Share(c, c.Policy!.Value.MaxGrossExposureFraction), "USD"),
            c => $"gross exposure would be {c.GrossUsd + c.Terms.NotionalUsd:0.##} USD, "
                + $"{Share(c, c.Policy!.Value.MaxGrossExposureFraction):0.##} USD is the limit"),
        new("free_margin", c => GateReading.AtMost(NeedUsd(c), c.EquityUsd - c.MarginUsedUsd, "USD"),
            c => $"margin of {NeedUsd(c):0.##} USD is needed, {c.EquityUsd - c.MarginUsedUsd:0.##} USD is free"),
    ];

    /// <summary>The first refusal of a table, or null.</summary>
    public static Reason? FirstRefusal(IReadOnlyList<RiskGate> table, RiskCase riskCase)
    {
        foreach (var gate in table)
            if (!gate.Reads(riskCase).IsOpen) return new Reason(gate.Code, gate.Words(riskCase));
        return null;
    }

    /// <summary>Every gate of a table with its figures, of a case that passes it.</summary>
    public static IReadOnlyList<PassedGate> Passed(IReadOnlyList<RiskGate> table, RiskCase riskCase) =>
        [.. table.Select(gate => gate.Reads(riskCase).Passed(gate.Code))];

    private static string PolicyWords(RiskCase c) =>
        $"policy {c.Policy!.Value.PolicyVersion}: {c.Policy.Value.Reason ?? c.Policy.Value.ReasonCode}";

    private static GateReading Allowed(RiskCase c)
    {
        var allowed = c.Policy!.Value.AllowedSymbols;
        return allowed.Count == 0
            ? GateReading.NotAsked
            : GateReading.Is(allowed.Contains(c.Intent.Symbol) ? "allowed" : "not allowed", "allowed");
    }

    private static string MarketStale(RiskCase c) => c.Price is null
        ? $"no price of {c.Intent.Symbol} was consumed yet"
        : $"the last price is {c.NowMs - c.Price.AtMs} ms old, {c.Settings.MaxMarketAgeMs} ms is the limit";

    private static string ExposureStale(RiskCase c) => c.Exposure is null
        ? "no exposure was consumed yet"
        : $"the last exposure is {c.NowMs - c.ExposureAtMs} ms old, {c.Settings.MaxExposureAgeMs} ms is the limit";

    // Until the account was compared with the venue, nobody knows what is held.
    private static string VenueUnseen(RiskCase c) => c.VenueAtMs == 0
        ? "the account was not compared with the venue yet"
        : $"the account was last compared with the venue {c.NowMs - c.VenueAtMs} ms ago, "
            + $"{c.Settings.MaxVenueAgeMs} ms is the limit";

    private static GateReading PriceMoved(RiskCase c) => MostMove(c) is { } most
        ? GateReading.AtMost(Math.Abs(c.Terms.ReferencePrice - c.Intent.EntryPrice!.Value), most)
        : GateReading.NotAsked;

    // How far the price may be from the planned one, quote currency; null where none was planned.
    private static decimal? MostMove(RiskCase c) => c.Intent is { EntryPrice: { } planned, StopLoss: { } stop }
        ? Math.Abs(planned - stop) * (decimal)c.Settings.MostPriceMoveShare : null;

    private static decimal LossUsd(RiskCase c) => c.Terms.NotionalUsd * (decimal)c.Terms.StopFraction;

    private static decimal BudgetUsd(RiskCase c) => Share(c, c.Policy!.Value.RiskPerTradeFraction);

    private static decimal NeedUsd(RiskCase c) => c.Terms.MarginUsd * (1 + c.Settings.MarginBufferFraction);

    private static decimal Share(RiskCase c, double fraction) => c.EquityUsd * (decimal)fraction;
}

/// <summary>
/// Proof that an entry passed every gate of the risk table. The constructor is private and the only way to it is
/// <see cref="Judge"/>, so an entry order cannot be built from an intent that was not judged.
/// </summary>
internal sealed class ApprovedEntry
{
    private ApprovedEntry(TradeIntent intent, EntryTerms terms, IReadOnlyList<PassedGate> gates)
    {
        Intent = intent;
        Terms = terms;
        Gates = gates;
    }

    public TradeIntent Intent { get; }

    public EntryTerms Terms { get; }

    /// <summary>Every gate that it passed, with its figures.</summary>
    public IReadOnlyList<PassedGate> Gates { get; }

    /// <summary>Runs the whole table over a case; null with the first refusal, or the proof.</summary>
    public static ApprovedEntry? Judge(RiskCase riskCase, out Reason? refusal)
    {
        refusal = RiskGates.FirstRefusal(RiskGates.Entry, riskCase);
        return refusal is null
            ? new ApprovedEntry(riskCase.Intent, riskCase.Terms, RiskGates.Passed(RiskGates.Entry, riskCase))
            : null;
    }
}
