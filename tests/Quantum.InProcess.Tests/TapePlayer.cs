using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Feeds;
using Quantum.InProcess;

namespace Quantum.InProcess.Tests;

/// <summary>Plays a feed into a run in this process.</summary>
/// <param name="run">The run.</param>
/// <param name="between">Called behind each step with its number, from 1.</param>
internal sealed class TapePlayer(InProcessRun run, Action<int>? between = null) : IMarketSink
{
    private int _steps;

    public void Tick(long atMs, in MarketTick tick) => run.Publish(StreamCatalog.MarketTick, tick, atMs);

    public void Data(long atMs, in MarketData state) => run.Publish(StreamCatalog.MarketData, state, atMs);

    public void Quote(long atMs, in ExchangeRaw quote) => run.Publish(StreamCatalog.ExchangeRaw, quote, atMs);

    public void Kline(long atMs, in MarketKline kline) => run.Publish(
        StreamCatalog.MarketKlines, kline, atMs, $"kline-{kline.Symbol}-{kline.OpenTimeMs}");

    public void Step(long atMs)
    {
        run.AdvanceTo(atMs);
        between?.Invoke(++_steps);
    }
}
