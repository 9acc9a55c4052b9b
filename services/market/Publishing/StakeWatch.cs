using Quantum.EventLog;

namespace Quantum.Market.Publishing;

/// <summary>
/// Knows in which symbols of a tape an order or a position may meet a candle's prices: those that are held, and those
/// that had an order within the last candles. Its answers about a candle are kept with the position before they are
/// given, so that a restart inside the candle walks the same path. For one thread.
/// </summary>
/// <param name="store">Tells of orders and positions; asked only while every reader is done.</param>
/// <param name="keys">Names the stream of orders.</param>
/// <param name="start">What was answered about the candle in which the last run ended, or null.</param>
/// <param name="keep">Keeps an answer.</param>
public sealed class StakeWatch(
    IFeedStore store, LogKeys keys, CandleStakes? start, Action<CandleStakes> keep)
{
    /// <summary>An entry's order is taken back before this, ms.</summary>
    private const long OrderLifeMs = 180_000;

    private readonly string[] _orders = [.. keys.KeysOf(StreamCatalog.OrderCommand)];
    private CandleStakes? _stakes = start;

    /// <summary>Whether a symbol's path is walked in the candle that opens then, UTC epoch ms.</summary>
    public bool IsWatched(Symbol symbol, long openMs)
    {
        if (_stakes?.OpenMs != openMs) Open(openMs);
        return _stakes!.Watched.Contains(symbol.Name);
    }

    /// <summary>The side held once that candle's open was told; null when flat.</summary>
    public PositionSide? HeldSide(Symbol symbol, long openMs)
    {
        if (_stakes?.OpenMs != openMs) Open(openMs);
        if (_stakes!.Held is null) Keep(_stakes with { Held = store.HeldQuantities().ToDictionary() });
        return Math.Sign(_stakes.Held!.GetValueOrDefault(symbol.Name)) switch
        {
            > 0 => PositionSide.Long,
            < 0 => PositionSide.Short,
            _ => null,
        };
    }

    private void Open(long openMs)
    {
        var orders = _orders.Sum(store.EntriesAdded);
        var ordered = (_stakes?.OrderedAtMs ?? new Dictionary<string, long>())
            .Where(pair => openMs - pair.Value < OrderLifeMs)
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        if (orders > (_stakes?.Orders ?? 0))
        {
            foreach (var key in _orders)
                foreach (var symbol in store.NewestSymbols(key, orders - (_stakes?.Orders ?? 0)))
                    ordered[symbol] = openMs;
        }

        var held = store.HeldQuantities().Where(pair => pair.Value != 0).Select(pair => pair.Key);
        var next = new CandleStakes
        {
            OpenMs = openMs, Orders = orders, OrderedAtMs = ordered, Watched = [.. held.Union(ordered.Keys).Order()],
        };
        // Where nothing is at stake, nothing can come of it inside the candle either.
        if (next.Watched.Count > 0) Keep(next);
        _stakes = next;
    }

    private void Keep(CandleStakes stakes) => keep(_stakes = stakes);
}
