using System.Collections.Concurrent;
using System.Security.Cryptography;
using Quantum.Feeds;
using Quantum.Roles.Venue;
using Quantum.Venue.Engine;

namespace Quantum.Venue.Accounts;

/// <summary>
/// All accounts. Keys may be looked up on any thread; the market reaches them, and time, on the loop's thread alone.
/// </summary>
internal sealed class AccountBook : IMarketSink, IDisposable
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const int KeyLength = 64;
    private const long RoleStrikeMs = 1_000;

    private readonly ConcurrentDictionary<string, Account> _byKey = new(StringComparer.Ordinal);
    private readonly List<Account> _all = [];
    private readonly VenueCore _core;
    private readonly Marks _marks = new();
    private readonly VenueIds _ids = new();
    private readonly ForcedOrders _forced;
    private long _struckMs;

    public AccountBook(VenueCore core)
    {
        _core = core;
        _forced = new ForcedOrders(core.Streams);
        core.Hear(this);
        core.Loop.Struck += OnStruck;
    }

    public IReadOnlyList<Account> All => _all;

    public Account? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>Adds an account; null when the key is taken. On the loop's thread, or before it starts.</summary>
    /// <param name="key">Empty: made up.</param>
    /// <param name="secret">Empty: made up.</param>
    /// <param name="rules">How its orders are filled and charged, and what it owns at the start.</param>
    public (Account Account, string Secret)? Open(string key, string secret, VenueSettings rules)
    {
        if (key.Length == 0) key = RandomNumberGenerator.GetString(Letters, KeyLength);
        if (secret.Length == 0) secret = RandomNumberGenerator.GetString(Letters, KeyLength);
        var account = new Account(key, secret, rules, _core, _marks, _ids, _forced);
        if (!_byKey.TryAdd(key, account)) return null;
        _all.Add(account);
        return (account, secret);
    }

    public void Tick(long atMs, in MarketTick tick)
    {
        _marks.Take(in tick);
        foreach (var account in _all)
        {
            account.Role.Tick(atMs, in tick);
            account.Ledger.Take(atMs);
            account.Ledger.FindTriggered(tick.Symbol, atMs);
        }
    }

    public void Data(long atMs, in MarketData state)
    {
        _marks.Take(in state);
        foreach (var account in _all)
        {
            account.Role.Data(atMs, in state);
            account.Ledger.Take(atMs);
            account.Ledger.FindTriggered(state.Symbol, atMs);
            MarginCalls.Check(account, state.Symbol, atMs);
        }
    }

    public void Kline(long atMs, in MarketKline kline)
    {
        // A closed candle moves no order: its prices came as ticks.
    }

    public void Quote(long atMs, in ExchangeRaw quote)
    {
        // Quotes of other venues fill nothing here.
    }

    public void Step(long atMs)
    {
    }

    public bool IsWatched(Symbol symbol, long openMs) => _all.Exists(account =>
        account.FindHolding(symbol) is { Quantity: not 0 } || account.Orders.LiveOf(symbol) > 0
        || account.Orders.WaitingOf(symbol) > 0);

    public PositionSide? HeldSide(Symbol symbol, long openMs)
    {
        foreach (var account in _all)
            if (account.FindHolding(symbol) is { Quantity: not 0 and var held })
                return held > 0 ? PositionSide.Long : PositionSide.Short;
        return null;
    }

    public void Dispose()
    {
        foreach (var account in _all) account.Dispose();
        _forced.Dispose();
    }

    private void OnStruck(long atMs)
    {
        var strikesRoles = Math.Abs(atMs - _struckMs) >= RoleStrikeMs;
        if (strikesRoles) _struckMs = atMs;
        _forced.Strike(atMs);
        foreach (var account in _all)
        {
            if (strikesRoles)
            {
                account.Role.Strike(atMs);
                account.Ledger.Take(atMs);
            }

            account.Ledger.CompleteDeferrals(atMs);
            account.Stream.Release();
            foreach (var symbol in account.Countdowns.TakeDue(atMs)) account.Trading.CancelAll(symbol, atMs);
            if (account.Stream.ListenKey is { } key && atMs >= account.Stream.ExpiresMs)
            {
                account.Events.ListenKeyExpired(key, atMs);
                account.Stream.Close();
            }
        }
    }
}
