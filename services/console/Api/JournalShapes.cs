using System.Text.Json.Nodes;

namespace Quantum.Console.Api;

/// <summary>A page of closed trades, newest first.</summary>
/// <param name="Trades">Those that fit.</param>
/// <param name="Searched">Trades that were looked through for it, from 0.</param>
/// <param name="Next">What `before` is for the next page; null when there is none.</param>
internal sealed record TradePage(IReadOnlyList<TradeShape> Trades, int Searched, string? Next);

/// <summary>A closed trade; money in USD, prices in quote currency.</summary>
/// <param name="EntryId">Its entry's id, by which pages go on.</param>
/// <param name="TradeId">Its id, by which `GET /trades/{id}` tells why.</param>
/// <param name="Symbol">Whose.</param>
/// <param name="Side">long or short.</param>
/// <param name="Quantity">Base quantity, above 0.</param>
/// <param name="EntryPrice">Volume-weighted.</param>
/// <param name="ExitPrice">Volume-weighted.</param>
/// <param name="NotionalUsd">At entry.</param>
/// <param name="Leverage">From 1.</param>
/// <param name="PnlUsd">Net of fees and funding.</param>
/// <param name="RMultiple">The same over the loss at the first stop; null when there was no stop.</param>
/// <param name="FeesUsd">All.</param>
/// <param name="FundingUsd">Received (+) or paid (-).</param>
/// <param name="OpenedAtMs">UTC epoch ms.</param>
/// <param name="ClosedAtMs">UTC epoch ms.</param>
/// <param name="Reason">What closed it.</param>
/// <param name="Regime">At entry.</param>
/// <param name="Confidence">At entry, 0 to 1; null when unknown.</param>
/// <param name="IntentId">The intent that opened it; null when none did.</param>
/// <param name="ModelVersion">The model's; null when unknown.</param>
/// <param name="Exploration">True when it was entered to learn.</param>
internal sealed record TradeShape(
    string EntryId, string TradeId, string Symbol, string Side, decimal? Quantity, decimal? EntryPrice,
    decimal? ExitPrice, decimal? NotionalUsd, long? Leverage, decimal? PnlUsd, decimal? RMultiple, decimal? FeesUsd,
    decimal? FundingUsd, long? OpenedAtMs, long? ClosedAtMs, string Reason, string? Regime, decimal? Confidence,
    string? IntentId, string? ModelVersion, bool Exploration)
{
    public static TradeShape Of(StreamEntry entry) => new(
        entry.Id, entry["trade_id"], entry["symbol"], entry["side"], entry.Money("quantity"),
        entry.Money("entry_price"), entry.Money("exit_price"), entry.Money("notional_usd"), entry.Whole("leverage"),
        entry.Money("pnl_usd"), entry.Money("r_multiple"), entry.Money("fees_usd"), entry.Money("funding_usd"),
        entry.Whole("opened_at_ms"), entry.Whole("closed_at_ms"), entry["reason"], entry.Words("regime"),
        entry.Money("confidence"), entry.Words("intent_id"), entry.Words("model_version"),
        entry["exploration"] == "true");
}

/// <summary>Why a trade was made and what became of it.</summary>
/// <param name="Id">What was asked for.</param>
/// <param name="Steps">Every event that led to it or followed, in the order of their time.</param>
/// <param name="NotSearchedWhole">Streams of which only the newest entries were searched.</param>
internal sealed record StoryShape(string Id, IReadOnlyList<EntryShape> Steps, IReadOnlyList<string> NotSearchedWhole);

/// <summary>The policy in force.</summary>
/// <param name="Version">From 1.</param>
/// <param name="RiskMode">normal, defensive or halt.</param>
/// <param name="KillSwitch">True stops every entry.</param>
/// <param name="FlattenSinceMs">Since when every position is being closed, UTC epoch ms; null when it is not.</param>
/// <param name="UpdatedBy">Who changed it last.</param>
/// <param name="Reason">Why.</param>
/// <param name="AtMs">When, UTC epoch ms.</param>
/// <param name="Limits">By their names on the wire.</param>
/// <param name="Trip">What made it stricter; null when nothing did.</param>
/// <param name="ExecutorVersion">The version that the executor goes by; null before it has taken one.</param>
internal sealed record PolicyShape(
    string Version, string RiskMode, bool KillSwitch, long? FlattenSinceMs, string UpdatedBy, string Reason, long AtMs,
    IReadOnlyDictionary<string, JsonNode?> Limits, TripInForce? Trip, long? ExecutorVersion)
{
    public static PolicyShape Of(PolicyInForce policy, ExecutorsPolicy? executor) => new(
        policy.Version, policy.RiskMode, policy.KillSwitch, policy.FlattenSinceMs, policy.UpdatedBy, policy.Reason,
        policy.AtMs, policy.Limits, policy.Trip, executor?.Version);
}
