using System.Collections.Immutable;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>
/// Settles funding: longs pay rate x notional at mark when the rate is positive, shorts get it. The moments are the
/// feed's own where it tells them; else those of the symbol's interval, counted from the last one told or from
/// midnight UTC. The rate is the last one told before the moment; an unknown one settles nothing. An isolated position
/// pays from its own margin.
/// </summary>
internal sealed class Funding(VenueSettings settings, VenueBooks books, Updates updates)
{
    // The first moment of all symbols, while it is known for the symbols as they were listed: most inputs settle none.
    private ImmutableArray<KeyValuePair<string, VenueSymbol>> _listed;
    private long? _dueMs;

    /// <summary>Takes the rate and the next moment of a symbol.</summary>
    public void Told(in MarketData state, long atMs)
    {
        var market = books.Markets.Touch(state.Symbol.Name);
        market.FundingRateFraction = (decimal?)state.FundingRate;
        if (state.NextFundingAtMs is not { } nextMs || nextMs <= atMs) return;
        // Only one that is told soon after the last has passed is the very next: else one in between may be missing.
        if (market.NextFundingAtMs is { } lastMs && lastMs <= atMs && (atMs - lastMs) * 2 < nextMs - lastMs)
            market.FundingEveryMs = nextMs - lastMs;
        market.NextFundingAtMs = nextMs;
        // Not before the first moment is set, which asks for it then.
        if (books.Symbols.Find(state.Symbol.Name) is { NextFundingMs: not 0 } known && known.NextFundingMs != nextMs)
        {
            books.Symbols.Touch(state.Symbol.Name).NextFundingMs = nextMs;
            _dueMs = null;
        }
    }

    public void OnTime(long atMs, Outbox outbox)
    {
        if (_listed == books.Symbols.All && atMs < _dueMs) return;
        foreach (var (name, symbol) in books.Symbols.All)
            if (symbol.NextFundingMs == 0 || atMs >= symbol.NextFundingMs) Settle(name, symbol, atMs, outbox);
        _listed = books.Symbols.All;
        _dueMs = long.MaxValue;
        foreach (var (_, symbol) in _listed) _dueMs = Math.Min(_dueMs.Value, symbol.NextFundingMs);
    }

    private void Settle(string name, VenueSymbol symbol, long atMs, Outbox outbox)
    {
        var market = books.Markets.Find(name);
        var everyMs = market?.FundingEveryMs ?? settings.Symbols.Find(symbol.Symbol)?.FundingMs ?? 8 * 3_600_000L;
        var dueMs = symbol.NextFundingMs;
        // The value itself is the map's: touching it only marks it for the commit.
        books.Symbols.Touch(name).NextFundingMs = After(atMs, market?.NextFundingAtMs ?? 0, everyMs);
        if (dueMs == 0 || symbol.Quantity == 0 || market?.FundingRateFraction is not { } rate) return;
        for (; dueMs <= atMs; dueMs += everyMs)
            Pay(name, symbol, -symbol.Quantity * market.Mark * rate, dueMs, outbox);
    }

    // The first moment behind an instant, of those that lie whole intervals from a known one.
    private static long After(long atMs, long knownMs, long everyMs) =>
        knownMs > atMs ? knownMs : knownMs + ((atMs - knownMs) / everyMs + 1) * everyMs;

    private void Pay(string name, VenueSymbol symbol, decimal fundingUsd, long dueMs, Outbox outbox)
    {
        var account = books.Account.Touch();
        account.FundingUsd += fundingUsd;
        account.CashUsd += fundingUsd;
        if (symbol.IsIsolated) symbol.IsolatedMarginUsd += fundingUsd;
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
