using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;

namespace Quantum.Roles.Executor.State;

/// <summary>The latest time consumed.</summary>
public sealed class ClockState
{
    /// <summary>UTC epoch ms; null before the first.</summary>
    public long? LatestMs { get; set; }
}

/// <summary>The risk policy in force; null until the first was consumed.</summary>
public sealed class PolicyState
{
    public PolicyUpdated? Policy { get; set; }
}

/// <summary>The account as portfolio last told it.</summary>
public sealed class AccountState
{
    public PortfolioExposure? Exposure { get; set; }

    /// <summary>UTC epoch ms of that exposure.</summary>
    public long AtMs { get; set; }
}

/// <summary>The last trade price of a symbol.</summary>
public sealed class PriceState
{
    /// <summary>Quote currency, above 0.</summary>
    public decimal Price { get; set; }

    /// <summary>Best bid, or null.</summary>
    public decimal? BidPrice { get; set; }

    /// <summary>Best ask, or null.</summary>
    public decimal? AskPrice { get; set; }

    /// <summary>UTC epoch ms.</summary>
    public long AtMs { get; set; }

    /// <summary>What an order of that side would pay or get now, before impact.</summary>
    public decimal Touch(Side side) => (side == Side.Buy ? AskPrice : BidPrice) ?? Price;
}

/// <summary>Ids of the last intents of a symbol, so that one that comes twice ends once.</summary>
public sealed class SeenIntents
{
    private const int Kept = 64;

    /// <summary>Newest last.</summary>
    public List<string> Ids { get; init; } = [];

    /// <summary>False when the intent was seen before.</summary>
    public bool TryAdd(string id)
    {
        if (Ids.Contains(id)) return false;
        Ids.Add(id);
        if (Ids.Count > Kept) Ids.RemoveAt(0);
        return true;
    }
}

/// <summary>The executor's state cells, each saved in the commit that touched it.</summary>
public sealed class ExecutorBooks
{
    public ExecutorBooks(RoleState state)
    {
        ArgumentNullException.ThrowIfNull(state);
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
