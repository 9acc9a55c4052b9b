namespace Quantum.Roles.ExitBrain;

/// <summary>All that ExitBrain remembers, by symbol.</summary>
internal sealed class ExitBrainBooks(RoleState state)
{
    /// <summary>The key of the whole market among the regimes.</summary>
    public const string Market = "*";

    public StateMap<OpenTrade> Trades { get; } = state.Map<OpenTrade>(
        OpenTrade.Key, symbol => throw new InvalidOperationException($"no trade is open in {symbol}"));

    /// <summary>The newest price of each held symbol.</summary>
    public StateMap<ExitPrice> Prices { get; } = state.Map("prices", _ => new ExitPrice());

    public StateMap<VenueComparison> Venues { get; } = state.Map("venues", _ => new VenueComparison());

    public StateMap<ExitRegime> Regimes { get; } = state.Map("regimes", _ => new ExitRegime(Regime.Unknown));

    /// <summary>Positions told by the venue without a price, waiting for one.</summary>
    public StateMap<AdoptedPosition> Adopted { get; } =
        state.Map("adopted", _ => new AdoptedPosition("", null, "", 0m, 1));

    public StateCell<ExitPolicy> Policy { get; } = state.Cell("policy", () => new ExitPolicy(0, false));

    public StateCell<ExitClock> Clock { get; } = state.Cell("clock", () => new ExitClock());

    /// <summary>The later of the clock and the input, UTC epoch ms.</summary>
    public long NowMs(long atMs) => Math.Max(atMs, Clock.Value.NowMs);

    /// <summary>
    /// The clock was set back: what was noted of a time to come counts from now; a price of then is none, or every
    /// later one would be passed over until then.
    /// </summary>
    /// <param name="nowMs">Now, UTC epoch ms.</param>
    /// <param name="mostLeftMs">The most that a deadline may lie ahead, ms.</param>
    public void SetBack(long nowMs, long mostLeftMs)
    {
        Clock.Touch().NowMs = nowMs;
        foreach (var (name, price) in Prices.All)
            if (price.AtMs > nowMs) Prices.Remove(name);
        foreach (var (name, venue) in Venues.All)
            if (venue.AtMs > nowMs) Venues.Remove(name);
        foreach (var (name, _) in Trades.All) Trades.Touch(name).SetBack(nowMs, nowMs + mostLeftMs);
    }

    /// <summary>Takes a price.</summary>
    public void Price(Symbol symbol, decimal price, long atMs)
    {
        var known = Prices.Touch(symbol.Name);
        (known.Price, known.AtMs) = (price, atMs);
    }

    /// <summary>The newest price, unless it is too old to decide on.</summary>
    public decimal? FreshPrice(Symbol symbol, long nowMs, long staleAfterMs) =>
        Prices.Find(symbol.Name) is { } price && nowMs - price.AtMs <= staleAfterMs ? price.Price : null;

    /// <summary>How the venues compare, unless that is too old.</summary>
    public VenueComparison? FreshVenue(Symbol symbol, long nowMs, long staleAfterMs) =>
        Venues.Find(symbol.Name) is { } venue && nowMs - venue.AtMs <= staleAfterMs ? venue : null;

    /// <summary>The symbol's regime, else the market's.</summary>
    public Regime RegimeOf(Symbol symbol) =>
        Regimes.Find(symbol.Name) is { Regime: not Regime.Unknown } own
            ? own.Regime
            : Regimes.Find(Market)?.Regime ?? Regime.Unknown;
}

/// <summary>A price and its time, UTC epoch ms.</summary>
internal sealed class ExitPrice
{
    public decimal Price { get; set; }

    public long AtMs { get; set; }
}

/// <summary>How the venues compare.</summary>
internal sealed class VenueComparison
{
    /// <summary>Mean mid, quote currency.</summary>
    public decimal MidPrice { get; set; }

    /// <summary>Fraction; null when unknown.</summary>
    public double? Divergence { get; set; }

    /// <summary>Per 8 hours; null when unknown.</summary>
    public double? FundingSpreadFraction { get; set; }

    /// <summary>UTC epoch ms.</summary>
    public long AtMs { get; set; }
}

/// <summary>The regime last told.</summary>
internal sealed record ExitRegime(Regime Regime);

/// <summary>A position without a price: signed base quantity and leverage.</summary>
internal sealed record AdoptedPosition(
    string TradeId, string? PositionId, string CorrelationId, decimal Quantity, int Leverage);

/// <summary>The policy last told: whether it asks for protection, and whether for no position at all.</summary>
internal sealed record ExitPolicy(long Version, bool IsProtective, bool IsFlattening = false);

/// <summary>The latest clock, UTC epoch ms.</summary>
internal sealed class ExitClock
{
    public long NowMs { get; set; }
}
