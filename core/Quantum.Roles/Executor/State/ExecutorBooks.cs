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
}
