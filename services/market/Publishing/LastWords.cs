using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Feeds;

namespace Quantum.Market.Publishing;

/// <summary>The newest tick and state of each symbol of a tape.</summary>
public sealed class LastWords : IMarketSink
{
    private readonly SortedDictionary<Symbol, MarketTick> _ticks = [];
    private readonly SortedDictionary<Symbol, MarketData> _states = [];

    /// <summary>The newest tick of each symbol.</summary>
    public IReadOnlyDictionary<Symbol, MarketTick> Ticks => _ticks;

    /// <summary>The newest state of each symbol.</summary>
    public IReadOnlyDictionary<Symbol, MarketData> States => _states;

    public void Tick(long atMs, in MarketTick tick) => _ticks[tick.Symbol] = tick;

    public void Data(long atMs, in MarketData state) => _states[state.Symbol] = state;

    public void Kline(long atMs, in MarketKline kline)
    {
    }

    public void Quote(long atMs, in ExchangeRaw quote)
    {
    }

    public void Step(long atMs)
    {
    }
}
