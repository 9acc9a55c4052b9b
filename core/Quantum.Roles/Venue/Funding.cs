using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>
/// Settles funding at 00:00, 08:00 and 16:00 UTC: longs pay rate x notional at mark when the rate is positive, shorts
/// get it. An unknown rate settles nothing.
/// </summary>
internal sealed class Funding(VenueBooks books, Updates updates)
{
    private const long IntervalMs = 8 * 3_600_000;

    public void OnTime(long atMs, Outbox outbox)
    {
        foreach (var (name, symbol) in books.Symbols.All)
            if (symbol.NextFundingMs == 0 || atMs >= symbol.NextFundingMs) Settle(name, symbol, atMs, outbox);
    }

    private void Settle(string name, VenueSymbol symbol, long atMs, Outbox outbox)
    {
        var dueMs = symbol.NextFundingMs;
        // The value itself is the map's: touching it only marks it for the commit.
        books.Symbols.Touch(name).NextFundingMs = (atMs / IntervalMs + 1) * IntervalMs;
        if (dueMs == 0 || symbol.Quantity == 0) return;
        if (books.Markets.Find(name) is not { FundingRateFraction: { } rate } market) return;
        for (; dueMs <= atMs; dueMs += IntervalMs)
        {
            var fundingUsd = -symbol.Quantity * market.Mark * rate;
            var account = books.Account.Touch();
            account.FundingUsd += fundingUsd;
            account.CashUsd += fundingUsd;
            updates.TellAccount(outbox, UpdateKind.Funding, symbol, new OrderUpdate
            {
                Kind = UpdateKind.Funding,
                Symbol = symbol.Symbol,
                Status = OrderStatus.Accepted,
                VenueTradeId = $"funding-{name}-{dueMs}",
                LastFillQuantity = 0,
                CumulativeQuantity = 0,
                FeeUsd = 0,
                FundingUsd = fundingUsd,
            });
        }
    }
}
