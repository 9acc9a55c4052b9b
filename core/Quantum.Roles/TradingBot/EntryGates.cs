using Quantum.Roles.Gates;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.TradingBot;

/// <summary>What a gate looks at: one signal against everything the bot knows.</summary>
internal readonly record struct EntryQuestion
{
    public required SignalGenerated Signal { get; init; }
    public required BotSystemState System { get; init; }
    public required BotSymbolState Symbol { get; init; }
    public required double? FundingRate { get; init; }
    public required TradingBotSettings Settings { get; init; }

    /// <summary>Notional asked for and not yet filled, over all symbols, USD.</summary>
    public required decimal UnderWayUsd { get; init; }

    public PolicyUpdated Policy => System.Policy!.Value;
    public PortfolioSnapshot Portfolio => System.Portfolio!.Value;
}

/// <summary>
/// The gates between a signal and a sizing request, in order. The first that closes names the reason under which the
/// signal is counted; a missing fact closes its gate.
/// </summary>
internal static class EntryGates
{
    private delegate GateReading Reads(in EntryQuestion question);

    private static readonly (string Reason, Reads Reads)[] s_gates =
    [
        ("symbol_unknown", (in EntryQuestion q) => q.Settings.Symbols is { } book
            ? GateReading.Known(book.Find(q.Signal.Symbol) is not null) : GateReading.NotAsked),
        ("policy_unknown", (in EntryQuestion q) => GateReading.Known(q.System.Policy is not null)),
        ("kill_switch", (in EntryQuestion q) => GateReading.Is(q.Policy.KillSwitch ? "on" : "off", "off")),
        ("halted", (in EntryQuestion q) =>
            GateReading.Not(WireNames.Of(q.Policy.RiskMode), WireNames.Of(RiskMode.Halt))),
        ("symbol_not_allowed", (in EntryQuestion q) => Allows(q.Policy, q.Signal.Symbol)),
        ("signal_stale", (in EntryQuestion q) => GateReading.AtMost(
            q.System.NowMs - q.Signal.CandleCloseTimeMs, q.Settings.SignalFreshnessMs, "ms")),
        ("low_confidence", (in EntryQuestion q) => GateReading.AtLeast(q.Signal.Confidence, q.Policy.MinConfidence)),
        ("atr_unknown", (in EntryQuestion q) => GateReading.Known(q.Signal.AtrValue is not null)),
        ("portfolio_unknown", (in EntryQuestion q) => GateReading.Known(q.System.Portfolio is not null)),
        ("portfolio_stale", (in EntryQuestion q) => GateReading.AtMost(
            q.System.NowMs - q.System.PortfolioAtMs, q.Settings.PortfolioFreshnessMs, "ms")),
        ("no_equity", (in EntryQuestion q) => GateReading.Above(q.Portfolio.TotalEquityUsd, 0, "USD")),
        ("position_open", (in EntryQuestion q) => GateReading.Is(q.Symbol.PositionQuantity, 0, "held")),
        ("in_flight", (in EntryQuestion q) =>
            GateReading.Is(q.Symbol.Pending is null ? "none" : q.Symbol.Pending.RequestId, "none")),
        ("cooldown", (in EntryQuestion q) => GateReading.AtMost(
            Math.Max(0, q.Symbol.CooldownUntilMs - q.System.NowMs), 0, "ms left")),
        ("max_positions", (in EntryQuestion q) =>
            GateReading.Below(q.Portfolio.NumPositions, q.Policy.MaxPositions, "positions")),
        ("gross_exposure", (in EntryQuestion q) => Room(in q)),
        ("funding_extreme", (in EntryQuestion q) => q.FundingRate is { } rate
            ? GateReading.Below(Math.Abs(rate), q.Settings.FundingLimitFraction, "in 8 h") : GateReading.NotAsked),
    ];

    /// <summary>The reason of the first closed gate, or null when the way is free.</summary>
    /// <param name="question">The signal and all that is known.</param>
    /// <param name="reading">What the last gate that was asked found, and what it asks for.</param>
    public static string? FirstClosed(in EntryQuestion question, out GateReading reading)
    {
        reading = default;
        foreach (var (reason, reads) in s_gates)
        {
            reading = reads(in question);
            if (!reading.IsOpen) return reason;
        }

        return null;
    }

    /// <summary>All gates with their figures, of a question to which all are open.</summary>
    public static IEnumerable<PassedGate> Passed(EntryQuestion question) =>
        s_gates.Select(gate => gate.Reads(in question).Passed(gate.Reason));

    private static GateReading Allows(PolicyUpdated policy, Symbol symbol) => policy.AllowedSymbols.Count == 0
        ? GateReading.NotAsked
        : GateReading.Is(policy.AllowedSymbols.Contains(symbol) ? "allowed" : "not allowed", "allowed");

    private static GateReading Room(in EntryQuestion q)
    {
        var room = EntryRoom.LeftUsd(q.System, q.UnderWayUsd);
        return EntryRoom.LeastUsd(q.Settings.Symbols?.Find(q.Signal.Symbol), q.Signal.Price) is { } least and > 0
            ? GateReading.AtLeast(room, least, "USD left")
            : GateReading.Above(room, 0, "USD left");
    }
}

/// <summary>How much may be entered, and the least that can be.</summary>
internal static class EntryRoom
{
    // A least order must still be one when the price has moved a little.
    private const decimal Slack = 1.05m;

    /// <summary>
    /// Notional that policy leaves for one more entry, USD, from 0: the smaller of the gross and the symbol limit, less
    /// what is asked for or filled and not yet in the portfolio's snapshot.
    /// </summary>
    public static decimal LeftUsd(BotSystemState system, decimal underWayUsd)
    {
        var policy = system.Policy!.Value;
        var portfolio = system.Portfolio!.Value;
        var gross = portfolio.TotalEquityUsd * (decimal)policy.MaxGrossExposureFraction
            - portfolio.TotalExposureUsd - system.UnbookedUsd - underWayUsd;
        var symbol = portfolio.TotalEquityUsd * (decimal)policy.MaxSymbolExposureFraction;
        return Math.Max(0, Math.Min(gross, symbol));
    }

    /// <summary>
    /// Notional of the least order, USD, with a little to spare; null where the symbol's filters are not known.
    /// </summary>
    public static decimal? LeastUsd(SymbolFilters? filters, decimal price)
    {
        if (filters is null) return null;
        var steps = Math.Ceiling(
            Math.Max(filters.MinQuantity, filters.MinNotionalUsd * Slack / price) / filters.StepSize);
        return Math.Ceiling(steps * filters.StepSize * price * 101m) / 100m;
    }
}
