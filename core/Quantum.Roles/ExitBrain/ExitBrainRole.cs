namespace Quantum.Roles.ExitBrain;

/// <summary>
/// Takes positions apart: a plan for each from its ILF metadata and regime, exits as reduce-only intents, a resting
/// stop that only tightens, and one <c>trade.closed</c> per round trip.
/// </summary>
public sealed class ExitBrainRole : Role
{
    /// <summary>Venue comparisons come several times a second; one a second is enough to remember.</summary>
    private const long VenueStepMs = 1_000;

    private readonly ExitBrainSettings _settings;
    private readonly ExitBrainBooks _books;
    private readonly Trades _trades;
    private readonly SentExits _sent;

    public ExitBrainRole(ExitBrainSettings? settings = null)
    {
        _settings = (settings ?? new ExitBrainSettings()).Checked();
        _books = new ExitBrainBooks(State);
        _trades = new Trades(_books, _settings);
        _sent = new SentExits(_settings);
        On(StreamCatalog.ExecutionResult, OnResult);
        On(StreamCatalog.PolicyUpdated, OnPolicy);
        On(StreamCatalog.MetaRegime, OnRegime);
        On(StreamCatalog.ExchangeNormalized, OnVenues);
        On(StreamCatalog.MarketTick, OnTick);
        OnClock(OnClockStrike);
    }

    public override string Name => RoleNames.ExitBrain;

    /// <summary>What is held of a symbol with its plan; null when nothing is.</summary>
    internal OpenTrade? TradeOf(Symbol symbol) => _books.Trades.Find(symbol.Name);

    private void OnResult(in ExecutionResult result, in Input input, Outbox outbox)
    {
        var nowMs = _books.NowMs(input.AtMs);
        _trades.Book(in result, in input, outbox);
        if (_books.Trades.Find(result.Symbol.Name) is not { } trade) return;
        _sent.Take(trade, in result, nowMs, outbox);
        Judge(trade, nowMs, outbox);
    }

    private void OnTick(in MarketTick tick, in Input input, Outbox outbox)
    {
        var name = tick.Symbol.Name;
        if (_books.Adopted.Find(name) is { } adopted)
            _trades.OpenAdopted(tick.Symbol, adopted, tick.Price, input.AtMs, outbox);
        if (_books.Trades.Find(name) is not { } trade) return;
        var nowMs = _books.NowMs(input.AtMs);
        if (!IsUsable(in tick, input.AtMs, nowMs, outbox)) return;
        _books.Price(tick.Symbol, tick.Price, input.AtMs);
        Judge(trade, nowMs, outbox);
    }

    private void OnVenues(in ExchangeNormalized venues, in Input input, Outbox outbox)
    {
        if (_books.Venues.Find(venues.Symbol.Name) is { } known && input.AtMs - known.AtMs < VenueStepMs) return;
        var venue = _books.Venues.Touch(venues.Symbol.Name);
        (venue.MidPrice, venue.Divergence) = (venues.MidPrice, venues.ExchangeDivergence);
        (venue.FundingSpreadFraction, venue.AtMs) = (venues.FundingSpreadFraction, input.AtMs);
    }

    private void OnRegime(in MetaRegime regime, in Input input, Outbox outbox)
    {
        var key = regime.Symbol?.Name ?? ExitBrainBooks.Market;
        var before = _books.Regimes.Find(key)?.Regime ?? Regime.Unknown;
        if (before == regime.Regime) return;
        _books.Regimes.Set(key, new ExitRegime(regime.Regime));
        if (regime.Regime == Regime.Volatile) TightenAll(regime.Symbol, ExitReasons.VolatilityStop, input.AtMs, outbox);
    }

    private void OnPolicy(in PolicyUpdated policy, in Input input, Outbox outbox)
    {
        var known = _books.Policy.Value;
        if (policy.PolicyVersion <= known.Version) return;
        var isProtective = policy.KillSwitch || policy.RiskMode is RiskMode.Defensive or RiskMode.Halt;
        var isFlattening = policy.FlattenSinceMs is not null;
        _books.Policy.Set(new ExitPolicy(policy.PolicyVersion, isProtective, isFlattening));
        if (isFlattening && !known.IsFlattening) CloseAll(input.AtMs, outbox);
        if (isProtective && !known.IsProtective) TightenAll(null, ExitReasons.PolicyStop, input.AtMs, outbox);
    }

    // The operator's word does not wait for the pause after an exit that was refused.
    private void CloseAll(long atMs, Outbox outbox)
    {
        foreach (var (name, trade) in _books.Trades.All)
        {
            _books.Trades.Touch(name).ExitNotBeforeMs = 0;
            Judge(trade, _books.NowMs(atMs), outbox);
        }
    }

    private void TightenAll(Symbol? only, string reason, long atMs, Outbox outbox)
    {
        foreach (var (name, trade) in _books.Trades.All)
        {
            if (only is { } symbol && symbol != trade.Symbol) continue;
            _books.Trades.Touch(name).TightenReason = reason;
            Judge(trade, _books.NowMs(atMs), outbox);
        }
    }

    private void OnClockStrike(in Input input, Outbox outbox)
    {
        if (SetBackClock.Is(input.AtMs, _books.Clock.Value.NowMs))
        {
            outbox.Count("clock", "set_back");
            _books.SetBack(input.AtMs, _settings.ExitDeadlineMs);
        }

        var nowMs = _books.NowMs(input.AtMs);
        _books.Clock.Touch().NowMs = nowMs;
        foreach (var (_, trade) in _books.Trades.All) Judge(trade, nowMs, outbox);
    }

    private void Judge(OpenTrade trade, long nowMs, Outbox outbox)
    {
        var price = _books.FreshPrice(trade.Symbol, nowMs, _settings.PriceStaleAfterMs);
        var changed = _sent.GiveUp(trade, nowMs, outbox);
        if (price is { } fresh) changed |= Watch(trade, fresh, nowMs);
        else outbox.Count("exit", "stale_price", trade.Symbol.Name);
        if (ExitRules.Decide(trade, price, nowMs, _books.Policy.Value.IsFlattening, _settings) is { } wish)
            changed |= _sent.TrySend(trade, wish, nowMs, outbox);
        if (trade.Exit is null or { TargetCount: > 0 }) changed |= _sent.TryMoveStop(trade, nowMs, outbox);
        if (changed) _books.Trades.Touch(trade.Symbol.Name);
    }

    private bool Watch(OpenTrade trade, decimal price, long nowMs)
    {
        var changed = false;
        if (trade.IsTighter(price, trade.BestPrice))
        {
            trade.BestPrice = price;
            changed = true;
        }

        if (StopRules.Tighter(trade, price, _settings) is { } place)
        {
            (trade.Stop.Price, trade.Stop.Reason) = (place.Price, place.Reason);
            changed = true;
        }

        if (trade.TightenReason is not null)
        {
            trade.TightenReason = null;
            changed = true;
        }

        var isBeyond = trade.HasReached(trade.Stop.Price, price);
        if (isBeyond == trade.Stop.BreachedAtMs.HasValue) return changed;
        trade.Stop.BreachedAtMs = isBeyond ? nowMs : null;
        return true;
    }

    private bool IsUsable(in MarketTick tick, long atMs, long nowMs, Outbox outbox)
    {
        if (_books.Prices.Find(tick.Symbol.Name)?.AtMs > atMs) return false;
        if (nowMs - atMs > _settings.PriceStaleAfterMs)
        {
            outbox.Count("price", "stale_price", tick.Symbol.Name);
            return false;
        }

        if (_books.FreshVenue(tick.Symbol, nowMs, _settings.PriceStaleAfterMs) is { } venue
            && Math.Abs(tick.Price - venue.MidPrice) > _settings.MaxPriceDeviationFraction * venue.MidPrice)
        {
            outbox.Count("price", "outlier", tick.Symbol.Name);
            return false;
        }

        return true;
    }
}
