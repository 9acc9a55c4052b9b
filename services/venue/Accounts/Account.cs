using Quantum.Roles.Venue;
using Quantum.Venue.Engine;
using Quantum.Venue.Faults;

namespace Quantum.Venue.Accounts;

/// <summary>Who trades. Key and secret are known to all threads, the rest is the loop's thread's alone.</summary>
internal sealed class Account : IDisposable
{
    private readonly Dictionary<Symbol, Holding> _holdings = [];

    public Account(string key, string secret, VenueSettings rules, VenueCore core, Marks marks, VenueIds ids,
        ForcedOrders forced)
    {
        (Key, Secret, Rules, Marks, Ids, Forced) = (key, Encoding.UTF8.GetBytes(secret), rules, marks, ids, forced);
        WalletUsd = rules.StartBalanceUsd;
        Limits = new RateLimits(core.Options);
        Faults = new FaultBook(core.Clock);
        Stream = new UserStream(core.Streams, Faults, core.Options.ListenKeySeconds * 1000L);
        Events = new UserEvents(Stream);
        Role = new AccountRole(rules);
        Ledger = new Ledger(this);
        Trading = new Trading(this);
        Figures = new Figures(this);
    }

    public string Key { get; }

    public byte[] Secret { get; }

    public VenueSettings Rules { get; }

    public Marks Marks { get; }

    public VenueIds Ids { get; }

    /// <summary>Everybody is told of a liquidation.</summary>
    public ForcedOrders Forced { get; }

    public RateLimits Limits { get; }

    public FaultBook Faults { get; }

    public UserStream Stream { get; }

    public UserEvents Events { get; }

    public AccountRole Role { get; }

    public OrderStore Orders { get; } = new();

    public Ledger Ledger { get; }

    public Trading Trading { get; }

    public Figures Figures { get; }

    public Countdowns Countdowns { get; } = new();

    /// <summary>Replies that wait for the end of an order.</summary>
    public List<Deferral> Deferrals { get; } = [];

    /// <summary>USD.</summary>
    public decimal WalletUsd { get; set; }

    /// <summary>The symbols that were ever set or held.</summary>
    public IEnumerable<Holding> Holdings => _holdings.Values;

    public Holding? FindHolding(Symbol symbol) => _holdings.GetValueOrDefault(symbol);

    /// <summary>The symbol's, made when it is the first time.</summary>
    public Holding HoldingOf(Symbol symbol)
    {
        if (_holdings.TryGetValue(symbol, out var known)) return known;
        return _holdings[symbol] = new Holding(symbol);
    }

    /// <summary>Digits behind the point of a symbol's average prices.</summary>
    public int AverageDecimalsOf(Symbol symbol) => JsonFields.AverageDecimalsOf(Rules.Symbols.Find(symbol)!.TickSize);

    public void Dispose() => Events.Dispose();
}
