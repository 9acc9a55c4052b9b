using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;

namespace Quantum.Roles.Executor.State;

/// <summary>The executor's state cells, each saved in the commit that touched it.</summary>
internal sealed class ExecutorBooks
{
    public ExecutorBooks(RoleState state)
    {
        Clock = state.Cell("clock", () => new ClockState());
        Policy = state.Cell("policy", () => new PolicyState());
        Account = state.Cell("account", () => new AccountState());
        Prices = state.Map("price", _ => new PriceState());
        Seen = state.Map("seen", _ => new SeenIntents());
        Symbols = state.Map("symbol", name => new SymbolState { Symbol = Symbol.Parse(name) });
    }

    public StateCell<ClockState> Clock { get; }
    public StateCell<PolicyState> Policy { get; }
    public StateCell<AccountState> Account { get; }
    public StateMap<PriceState> Prices { get; }
    public StateMap<SeenIntents> Seen { get; }
    public StateMap<SymbolState> Symbols { get; }

    /// <summary>The last price of a symbol, or null.</summary>
    public PriceState? PriceOf(Symbol symbol) => Prices.Find(symbol.Name);
}
