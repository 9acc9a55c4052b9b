using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;

namespace Quantum.Roles.Executor.State;

/// <summary>The executor's state cells, each saved in the commit that touched it.</summary>
internal sealed class ExecutorBooks
{
    public ExecutorBooks(RoleState state)
    {
        Clock = state.Cell("clock", () => new ExecutorClock());
        Policy = state.Cell(KnownPolicy.Key, () => new KnownPolicy());
        Account = state.Cell("account", () => new KnownExposure());
        Venue = state.Cell("venue", () => new VenueWord());
        Prices = state.Map("price", _ => new KnownPrice());
        Seen = state.Map("seen", _ => new SeenIntents());
        Symbols = state.Map(SymbolState.Key, name => new SymbolState { Symbol = Symbol.Parse(name) });
    }

    public StateCell<ExecutorClock> Clock { get; }
    public StateCell<KnownPolicy> Policy { get; }
    public StateCell<KnownExposure> Account { get; }
    public StateCell<VenueWord> Venue { get; }
    public StateMap<KnownPrice> Prices { get; }
    public StateMap<SeenIntents> Seen { get; }
    public StateMap<SymbolState> Symbols { get; }

    /// <summary>The last price of a symbol, or null.</summary>
    public KnownPrice? PriceOf(Symbol symbol) => Prices.Find(symbol.Name);

    /// <summary>
    /// The clock was set back: what was noted of a time to come counts from now, or nothing would look after it until
    /// then. How old a price or the account's word is, nobody knows: the next one is taken, and until then it is old.
    /// </summary>
    /// <param name="nowMs">Now, UTC epoch ms.</param>
    /// <param name="mostLeftMs">The most that a deadline may lie ahead, ms.</param>
    public void SetBack(long nowMs, long mostLeftMs)
    {
        foreach (var (name, price) in Prices.All)
            if (price.AtMs > nowMs) Prices.Touch(name).AtMs = 0;
        if (Account.Value.AtMs > nowMs) Account.Touch().AtMs = 0;
        var venue = Venue.Touch();
        if (venue.AtMs > nowMs) venue.AtMs = 0;
        venue.MovedAtMs = Math.Min(venue.MovedAtMs, nowMs);
        foreach (var (name, _) in Symbols.All) Symbols.Touch(name).SetBack(nowMs, mostLeftMs);
    }
}
