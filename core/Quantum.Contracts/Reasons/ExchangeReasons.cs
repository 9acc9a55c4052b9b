using static Quantum.Contracts.Reasons.ReasonUse;
using R = Quantum.Contracts.Catalog.RoleNames;

namespace Quantum.Contracts.Reasons;

/// <summary>What an exchange says of orders, beyond the words that the simulated venue has too.</summary>
internal static class ExchangeReasons
{
    private static readonly ReasonUse s_gateway = On(R.Venue, "order.update");

    public static IReadOnlyList<ReasonCode> All { get; } =
    [
        new("order_unresolved", "the venue does not say what became of the order before", s_gateway),
        new("not_there_yet", "the venue does not have it by now, and it may still arrive", s_gateway),
        new("send_limit", "the symbol has had as many orders as it may in a minute before another entry", s_gateway),
        new("entries_blocked", "the account, or this symbol, is not as entries need it", s_gateway),
        new("not_replicated", "no replica of Redis confirmed the entry's record in time: it was not sent", s_gateway),
        new("governance_silent", "governance has recorded nothing for too long: no entry goes unwatched", s_gateway),
        new("rate_limited", "the account's request budget does not allow it in time", s_gateway),
        new("banned", "the exchange refuses this address for a while", s_gateway),
        new("venue_unavailable", "the exchange does not serve at the moment: it was not done", s_gateway),
        new("venue_unknown", "the exchange does not know itself whether it was done", s_gateway),
        new("no_answer", "no answer that can be read came back: it may have been done", s_gateway),
        new("clock", "the request's time is outside the exchange's receive window", s_gateway),
        new("unauthorized", "the exchange does not take the key, or the key may not do this", s_gateway),
        new("malformed", "the exchange does not understand the request", s_gateway),
        new("wrong_endpoint", "the exchange takes this kind of order elsewhere", s_gateway),
        new("market_closed", "the symbol is not traded at the moment", s_gateway),
        new("position_mode", "the account is in hedge mode, and only one-way mode is used", s_gateway),
        new("only_reduces", "the account or the symbol may only reduce positions", s_gateway),
        new("setup_blocked", "leverage or margin mode stays while a position or an order is open", s_gateway),
        new("margin_mode", "the margin mode could not be set", s_gateway),
        new("leverage_not_in_force", "the exchange has another leverage than the order asks for", s_gateway),
        new("leverage_unconfirmed", "the exchange did not say which leverage is in force", s_gateway),
        new("no_liquidity", "the book has nothing to take", s_gateway),
        new("self_trade", "it would have traded with an order of the same account", s_gateway),
        new("trigger_rejected", "the stop's trigger was hit and the exchange refused its order", s_gateway),
        new("settlement", "the exchange settled a symbol that it takes off its list", s_gateway),
        new("adl", "the exchange closed it against the position of a liquidated account", s_gateway),
    ];
}
