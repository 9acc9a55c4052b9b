using static Quantum.Contracts.Reasons.ReasonUse;
using R = Quantum.Contracts.Catalog.RoleNames;

namespace Quantum.Contracts.Reasons;

/// <summary>Why orders, intents and trades ended as they did.</summary>
internal static class TradingReasons
{
    private static readonly ReasonUse s_result = On(R.Executor, "execution.result");
    private static readonly ReasonUse s_venue = On(R.SimVenue, "order.update");
    private static readonly ReasonUse s_exit = On(R.ExitBrain, "trade.intent");
    private static readonly ReasonUse s_closed = On(R.ExitBrain, "trade.closed");

    public static IReadOnlyList<ReasonCode> All { get; } =
    [
        // How an intent ended.
        new("filled", "all of it was filled", s_result),
        new("superseded", "a newer intent took its place", s_result),
        new("stale", "its deadline had passed before anything was sent", s_result),
        new("no_deadline", "it has no readable time or deadline", s_result),
        new("future_time", "its time lies ahead of the clock", s_result),
        new("set_back", "the machine's clock was set back: what was noted of a later time counts from now",
            Counted(R.Executor, "clock"), Counted(R.ExitBrain, "clock"), Counted(R.Portfolio, "clock"),
            Counted(R.Governance, "clock"), Counted(R.TradingBot, "clock")),
        new("no_clock", "the executor has not heard the clock since its start", s_result),
        new("deadline", "its time ended before the order did", s_result, s_venue),
        new("exit_first", "an exit of the position goes before the rest of its entry", s_result),
        new("closed_early", "the position was closed while its entry still worked", s_result),
        new("position_closed", "the position was closed before its stop was moved", s_result),
        new("no_position", "no position is open in the symbol", s_result),
        new("other_position", "it names another position than the open one", s_result),
        new("wrong_side", "its side does not reduce the position", s_result),
        new("stop_moved", "the stop rests at its new price", s_result),
        new("stop_not_tighter", "a stop only tightens", s_result),
        new("rejected", "the venue rejected the order without a code of ours", s_result),
        new("venue_expired", "the venue let the order expire", s_result),
        new("canceled_by_venue", "the venue cancelled the order", s_result),
        new("venue_lost", "the venue does not have the order", s_result),
        new("venue_silent", "the venue gave no answer for too long", s_result),
        new("late_fill", "an order filled whose intent had already ended", s_result),
        new("late_fee", "the venue told the fee after the total of the fills", s_result),
        new("funding", "funding was paid or received", s_result),
        new("position_adjusted", "the venue holds another quantity than the fills make", s_result, s_closed,
            Counted(R.ExitBrain, "exitbrain"), Counted(R.Portfolio, "portfolio")),
        new("balance", "the venue told what cash it has", s_result),
        new("stray", "a live order of ours that nobody remembers is cancelled", Counted(R.Executor, "order")),
        new("stop_not_there", "the venue has no stop where one should rest", Counted(R.Executor, "unprotected")),
        new("unconfirmed", "the venue has not confirmed a stop for all of the position: once a second",
            Counted(R.Executor, "unprotected")),
        new("nothing_to_reduce", "a reducing fill of a position that is gone from the books",
            Counted(R.Executor, "order")),
        new("nothing_to_adopt", "no position is there to be taken over", Counted(R.Executor, "control")),
        new("balance_adjusted", "the venue has other cash than was booked", Counted(R.Portfolio, "portfolio")),
        new("balance_restored", "the venue's cash is again as it was before the last correction",
            Counted(R.Portfolio, "portfolio")),
        new("duplicate", "this intent or word was seen before", Counted(R.Executor, "intent"),
            Counted(R.Executor, "control")),

        // What the venue says.
        new("no_market", "the venue has no price yet", s_venue),
        new("precision", "quantity or price is no multiple of its step", s_venue),
        new("quantity", "the quantity is outside what the venue takes", s_venue),
        new("client_order_id", "the client order id is none that the venue takes", s_venue),
        new("price_range", "the price is outside what the venue takes", s_venue),
        new("percent_price", "the price is too far from the mark, or a stop's limit from its trigger", s_venue),
        new("price_missing", "a limit order names no price", s_venue),
        new("time_in_force", "only an order with a limit price has a time in force", s_venue),
        new("close_position", "only a stop or take profit at market closes all that is held, one of each a side",
            s_venue),
        new("max_orders", "as many orders as the venue takes are live", s_venue),
        new("max_algo_orders", "as many conditional orders as the venue takes are live", s_venue),
        new("gtx_would_take", "it was to rest as a maker and would take", s_venue),
        new("ioc_rest", "what could not be taken at once expires, as asked", s_venue),
        new("fok_unfilled", "not all of it could be taken at once", s_venue),
        new("position_gone", "the position that it was to close is closed", s_venue),
        new("margin_mode_blocked", "the margin mode stays while a position or an order is open", s_venue),
        new("leverage_blocked", "the leverage of an open isolated position is not lowered", s_venue),
        new("no_isolated_position", "only an isolated position has a margin of its own", s_venue),
        new("leverage_not_allowed", "the leverage is above the symbol's", s_venue),
        new("reduce_only_rejected", "there is nothing left to reduce", s_venue),
        new("would_trigger", "the price is already beyond the trigger", s_venue),
        new("insufficient_margin", "the free margin does not carry it", s_venue),
        new("canceled", "it was taken back, as asked", s_venue),
        new("not_found", "the venue knows no such order", s_venue),
        new("liquidation", "equity did not cover what the positions must keep", s_venue, s_result, s_closed),

        // Why a position was reduced or closed.
        new("stop_loss", "the price reached the first stop", s_result, s_exit, s_closed),
        new("break_even", "the price came back to the entry after the first target", s_exit, s_closed),
        new("profit_lock", "the price came back to the first target after the second", s_exit, s_closed),
        new("trailing_stop", "the price fell back from its best by the trailing distance", s_exit, s_closed),
        new("volatility_stop", "the stop was tightened for a volatile market", s_exit, s_closed),
        new("operator_flatten", "an operator had every position closed", s_result, s_exit, s_closed),
        new("operator_close", "an operator had this position closed", s_result, s_closed),
        new("operator_stop", "an operator had tightened the stop", s_result, s_closed),
        new("policy_stop", "the stop was tightened for a protective policy", s_exit, s_closed),
        new("time_stop", "it was held for as long as is allowed", s_exit, s_closed),
        new("first_target_missed", "no target was reached in its time", s_exit, s_closed),
        new("liquidation_guard", "the price came too near to liquidation", s_exit, s_closed),
        new("take_profit_*", "the price reached that target", s_exit, s_closed),
        new("move_stop", "the resting stop is to be tightened", s_exit),
        new("unprotected", "no stop could be placed for the position", s_result, s_closed),
        new("exit", "an exit nobody gave a reason for closed it", s_closed),

        // What exits wait for.
        new("stale_price", "there is no fresh price to decide on", Counted(R.ExitBrain, "exit"),
            Counted(R.ExitBrain, "price")),
        new("outlier", "the price is too far from the other venues'", Counted(R.ExitBrain, "price")),
        new("no_result", "its result never came", Counted(R.ExitBrain, "exit"), Counted(R.ExitBrain, "move_stop")),
        new("target_joined_next", "its share was too small for the venue", Counted(R.ExitBrain, "exit")),
        new("fewer_targets", "parts of the ladder were too small for the venue: it has fewer targets from the start",
            Counted(R.ExitBrain, "plan")),

        // What the books notice.
        new("closing", "the position is being closed for want of a stop", Counted(R.Executor, "unprotected")),
        new("beyond_limit", "the position has stood without a confirmed stop for longer than is allowed",
            Counted(R.Executor, "protection")),
        new("close_refused", "the venue refuses to close a position that no stop protects",
            Counted(R.Executor, "emergency_close")),
        new("close_over", "the position whose close was refused is closed or protected",
            Counted(R.Executor, "emergency_close")),
        new("not_ours", "the order is none of ours", Counted(R.Executor, "order")),
        new("position_differs_from_venue", "our fills make another quantity than the venue holds",
            Counted(R.Portfolio, "portfolio")),
        new("dropped", "the event log was away for longer than ticks could wait", Counted(R.MarketPublisher, "tick")),
        new("matched", "both books of the trade agree", Counted(R.Portfolio, "settlement")),
        new("differs", "the two books of the trade do not agree", Counted(R.Portfolio, "settlement")),
        new("unmatched", "the other book never told of the trade", Counted(R.Portfolio, "settlement")),
    ];
}
