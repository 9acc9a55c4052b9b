using static Quantum.Contracts.Reasons.ReasonUse;
using R = Quantum.Contracts.Catalog.RoleNames;

namespace Quantum.Contracts.Reasons;

/// <summary>Why nothing was entered: the gates of the trading bot and of the executor, under the same words.</summary>
internal static class EntryReasons
{
    private static readonly ReasonUse s_denied = On(R.Executor, "execution.result");
    private static readonly ReasonUse s_unsent = On(R.Venue, "order.update");
    private static readonly ReasonUse s_gate = Counted(R.TradingBot, "signal_without_intent");

    public static IReadOnlyList<ReasonCode> All { get; } =
    [
        new("signal", "a signal passed every gate and was sized", On(R.TradingBot, "trade.intent")),
        new("exploration", "no model is good enough, and it is made to learn", On(R.TradingBot, "trade.intent")),

        // The same gate on both sides.
        new("policy_unknown", "no policy was published yet", s_denied, s_gate),
        new("kill_switch", "the kill switch is on", s_denied, s_unsent, s_gate),
        new("halted", "the risk mode is halt", s_denied, s_unsent, s_gate),
        new("symbol_not_allowed", "policy does not name the symbol", s_denied, s_gate),
        new("low_confidence", "its confidence is below policy's least", s_denied, s_gate),
        new("position_open", "a position is held already", s_denied, s_gate),
        new("max_positions", "as many positions as policy allows are open or opening", s_denied, s_gate),
        new("gross_exposure", "gross exposure would pass policy's limit", s_denied, s_gate),

        // The trading bot's own.
        new("exploration_budget", "the day's budget for trades that are made to learn is used up", s_gate),
        new("least_size_unknown", "the least order is not known, and only that may be made to learn", s_gate),
        new("signal_stale", "the signal is too old", s_gate),
        new("atr_unknown", "the signal tells no ATR, so there is no stop to size for", s_gate),
        new("portfolio_unknown", "the portfolio has not spoken yet", s_gate),
        new("portfolio_stale", "the portfolio has not spoken for too long", s_gate,
            On(R.Governance, "policy.updated")),
        new("no_equity", "there is no equity", s_gate),
        new("in_flight", "another wish for the symbol is under way", s_gate),
        new("cooldown", "the symbol rests after its last entry or exit", s_gate),
        new("funding_extreme", "funding is at or beyond its limit", s_gate),
        new("sizing_refused", "the sizing agent refused", s_gate),
        new("sizing_unavailable", "the sizing agent could not be reached", s_gate),
        new("sizing_timeout", "the sizing agent gave no answer in time", s_gate),
        new("result_missing", "the intent's result never came", s_gate),
        new("late", "nobody waits for this size any more", Counted(R.TradingBot, "sizing_without_request")),

        // The executor's own.
        new("exploration_not_allowed", "it is made to learn, and this system trades real orders", s_denied),
        new("mode_missing", "the intent does not say its mode, and this system trades real orders", s_denied),
        new("mode_mismatch", "it is of another mode than this system", s_denied, On(R.SimVenue, "order.update"),
            Counted(R.Executor, "policy"), Counted(R.Executor, "exposure"), Counted(R.Executor, "tick"),
            Counted(R.Executor, "order_update"), Counted(R.Executor, "control")),
        new("symbol_unknown", "no filters are known for the symbol", s_denied, On(R.SimVenue, "order.update"),
            Counted(R.Executor, "order_update")),
        new("market_stale", "the last price is too old", s_denied),
        new("exposure_stale", "the last exposure is too old", s_denied),
        new("venue_unseen", "the account was not compared with the venue, or too long ago", s_denied),
        new("position_unclear", "the venue holds another quantity than the fills make, and it is not yet known why",
            s_denied),
        new("foreign_position", "the venue holds what this system did not open", s_denied,
            Counted(R.Executor, "account")),
        new("opposite_position", "the other direction is held", s_denied),
        new("min_quantity", "it is less than the least quantity", s_denied),
        new("max_quantity", "it is more than the largest quantity", s_denied),
        new("position_limit", "the position would be above the largest that its brackets allow", s_denied,
            On(R.SimVenue, "order.update")),
        new("min_notional", "it is worth less than the least notional", s_denied, On(R.SimVenue, "order.update")),
        new("stop_wrong_side", "the stop is not on the losing side of the price", s_denied),
        new("price_moved", "the price has gone since the trade was found worth its cost", s_denied),
        new("stop_distance", "the stop is too near or too far", s_denied),
        new("liquidation_distance", "the stop is not nearer than half the way to liquidation", s_denied),
        new("risk_per_trade", "the loss at the stop would pass policy's budget", s_denied),
        new("symbol_exposure", "the symbol's exposure would pass policy's limit", s_denied),
        new("free_margin", "the free margin does not carry it with its buffer", s_denied),
    ];
}
