using System.Runtime.InteropServices;
using Quantum.Contracts.Events;
using Quantum.Feeds;

namespace Quantum.Bench.Backtests;

/// <summary>A feed's ticks and states in memory: what reading files costs is measured elsewhere.</summary>
internal sealed class HeardTape : IMarketSink
{
    private readonly List<Item> _heard = [];

    public HeardTape(IMarketFeed feed) => feed.Run(this, CancellationToken.None);

    public void Play(IMarketSink sink)
    {
        foreach (ref readonly var item in CollectionsMarshal.AsSpan(_heard))
        {
            if (item.Kind == Kind.Tick) sink.Tick(item.AtMs, in item.Tick);
            else if (item.Kind == Kind.State) sink.Data(item.AtMs, in item.State);
            else sink.Step(item.AtMs);
        }
    }

    public void Tick(long atMs, in MarketTick tick) =>
        _heard.Add(new Item { Kind = Kind.Tick, AtMs = atMs, Tick = tick });

    public void Data(long atMs, in MarketData state) =>
        _heard.Add(new Item { Kind = Kind.State, AtMs = atMs, State = state });

    public void Kline(long atMs, in MarketKline kline)
    {
    }

    public void Quote(long atMs, in ExchangeRaw quote)
    {
    }

    public void Step(long atMs) => _heard.Add(new Item { Kind = Kind.Step, AtMs = atMs });

    private enum Kind { Step, Tick, State }

    private struct Item
    {
        public Kind Kind;
        public long AtMs;
        public MarketTick Tick;
        public MarketData State;
    }
}
