namespace Quantum.Venue.Accounts;

/// <summary>Numbers orders, conditional orders, trades and transactions over all accounts of a run.</summary>
internal sealed class VenueIds
{
    // Beyond what a double holds exactly, as the exchange's own: a client that reads them as such must fail here.
    private long _orders = 8_389_765_600_000_000_000;
    private long _conditionals = 4_000_000_000_000_000;
    private long _trades = 5_000_000_000;
    private long _transactions = 9_000_000_000;

    public long NextOrder() => ++_orders;

    public long NextConditional() => ++_conditionals;

    public long NextTrade() => ++_trades;

    public long NextTransaction() => ++_transactions;
}
