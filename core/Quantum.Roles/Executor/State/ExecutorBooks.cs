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

/// <summary>The latest time consumed.</summary>
internal sealed class ExecutorClock
{
    /// <summary>UTC epoch ms; null before the first.</summary>
    public long? LatestMs { get; set; }
}

/// <summary>The risk policy in force; null until the first was consumed.</summary>
internal sealed class KnownPolicy
{
    /// <summary>Under which name it is saved.</summary>
    public const string Key = "policy";

    public PolicyUpdated? Policy { get; set; }
}

/// <summary>The account as portfolio last told it.</summary>
internal sealed class KnownExposure
{
    public PortfolioExposure? Exposure { get; set; }

    /// <summary>UTC epoch ms of that exposure.</summary>
    public long AtMs { get; set; }
}

/// <summary>When the venue last told of the whole account, and what of it was passed on.</summary>
internal sealed class VenueWord
{
    /// <summary>When its positions and balance were last read, UTC epoch ms; 0 before the first time.</summary>
    public long AtMs { get; set; }

    /// <summary>
    /// When the venue last told of something that moved its cash, UTC epoch ms; 0 before the first time.
    /// </summary>
    public long MovedAtMs { get; set; }

    /// <summary>The cash that a result last told of, USD; null before the first one and once it moved since.</summary>
    public decimal? ToldUsd { get; set; }
}

/// <summary>The last trade price of a symbol.</summary>
internal sealed class KnownPrice
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
    public decimal For(Side side) => (side == Side.Buy ? AskPrice : BidPrice) ?? Price;
}

/// <summary>Ids of the last intents of a symbol, so that one that comes twice ends once.</summary>
internal sealed class SeenIntents
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
