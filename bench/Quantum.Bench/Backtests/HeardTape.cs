using Quantum.Contracts.Events;
using Quantum.Feeds;

namespace Quantum.Bench.Backtests;

/// <summary>A feed's ticks and states in memory: what reading files costs is measured elsewhere.</summary>
internal sealed class HeardTape : IMarketSink
{
    private readonly List<(long AtMs, MarketTick? Tick, MarketData? State)> _heard = [];

    public HeardTape(IMarketFeed feed) => feed.Run(this, CancellationToken.None);

    public void Play(IMarketSink sink, int most)
    {
        foreach (var (atMs, tick, state) in _heard.Take(most))
        {
            if (tick is { } print) sink.Tick(atMs, in print);
            else if (state is { } now) sink.Data(atMs, in now);
            else sink.Step(atMs);
        }
    }

    public void Tick(long atMs, in MarketTick tick) => _heard.Add((atMs, tick, null));

    public void Data(long atMs, in MarketData state) => _heard.Add((atMs, null, state));

    public void Kline(long atMs, in MarketKline kline)
    {
    }

    public void Quote(long atMs, in ExchangeRaw quote)
    {
    }

    public void Step(long atMs) => _heard.Add((atMs, null, null));
}
