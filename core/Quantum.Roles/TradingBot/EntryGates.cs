using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

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
}

/// <summary>
/// The gates between a signal and a sizing request, in order. The first that closes names the reason under which the
/// signal is counted; a missing fact closes its gate.
/// </summary>
internal static class EntryGates
{
    private delegate bool Closes(in EntryQuestion question);

    private static readonly (string Reason, Closes Closes)[] s_gates =
    [
        ("symbol_unknown", (in EntryQuestion q) =>
            q.Settings.Symbols is { } book && book.Find(q.Signal.Symbol) is null),
        ("policy_unknown", (in EntryQuestion q) => q.System.Policy is null),
        ("kill_switch", (in EntryQuestion q) => q.Policy.KillSwitch),
        ("halted", (in EntryQuestion q) => q.Policy.RiskMode == RiskMode.Halt),
        ("symbol_not_allowed", (in EntryQuestion q) => !Allows(q.Policy, q.Signal.Symbol)),
        ("signal_stale", (in EntryQuestion q) =>
            q.System.NowMs - q.Signal.CandleCloseTimeMs > q.Settings.SignalFreshnessMs),
        ("low_confidence", (in EntryQuestion q) => q.Signal.Confidence < q.Policy.MinConfidence),
        ("atr_unknown", (in EntryQuestion q) => q.Signal.AtrValue is null),
        ("portfolio_unknown", (in EntryQuestion q) => q.System.Portfolio is null),
        ("portfolio_stale", (in EntryQuestion q) =>
            q.System.NowMs - q.System.PortfolioAtMs > q.Settings.PortfolioFreshnessMs),
        ("no_equity", (in EntryQuestion q) => q.System.Portfolio!.Value.TotalEquityUsd <= 0),
        ("position_open", (in EntryQuestion q) => q.Symbol.PositionQuantity != 0),
        ("in_flight", (in EntryQuestion q) => q.Symbol.Pending is not null),
        ("cooldown", (in EntryQuestion q) => q.System.NowMs < q.Symbol.CooldownUntilMs),
        ("max_positions", (in EntryQuestion q) => q.System.Portfolio!.Value.NumPositions >= q.Policy.MaxPositions),
        ("gross_exposure", (in EntryQuestion q) =>
            EntryRoom.LeftUsd(q.System, q.UnderWayUsd) is var room
            && (room <= 0 || room < EntryRoom.LeastUsd(q.Settings.Symbols?.Find(q.Signal.Symbol), q.Signal.Price))),
        ("funding_extreme", (in EntryQuestion q) =>
            q.FundingRate is { } rate && Math.Abs(rate) >= q.Settings.FundingLimitFraction),
    ];

    /// <summary>The reason of the first closed gate, or null when the way is free.</summary>
    public static string? FirstClosed(in EntryQuestion question)
    {
        foreach (var (reason, closes) in s_gates)
            if (closes(in question)) return reason;
        return null;
    }

    private static bool Allows(PolicyUpdated policy, Symbol symbol) =>
        policy.AllowedSymbols.Count == 0 || policy.AllowedSymbols.Contains(symbol);
}
