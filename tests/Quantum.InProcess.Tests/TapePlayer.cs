using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Feeds;

namespace Quantum.InProcess.Tests;

/// <summary>
/// Plays a feed into a run in this process, before its first event. Candles are walked where the run's own orders and
/// positions are: without that their fills would know how a candle ends.
/// </summary>
internal sealed class TapePlayer : IMarketSink
{
    private readonly InProcessRun _run;
    private readonly Action<int>? _between;
    private readonly StakeBook _stakes = new();
    private int _steps;

    /// <param name="run">The run.</param>
    /// <param name="between">Called behind each step with its number, from 1.</param>
    public TapePlayer(InProcessRun run, Action<int>? between = null)
    {
        (_run, _between) = (run, between);
        run.Observe(
            StreamCatalog.OrderCommand,
            (in OrderCommand command, in Input input) => _stakes.Take(in command, input.AtMs));
        run.Observe(StreamCatalog.ExecutionResult, (in ExecutionResult result, in Input _) => _stakes.Take(in result));
    }

    public bool IsWatched(Symbol symbol, long openMs) => _stakes.IsWatched(symbol, openMs);

    public PositionSide? HeldSide(Symbol symbol, long openMs) => _stakes.HeldSide(symbol);

    public void Tick(long atMs, in MarketTick tick) => _run.Publish(StreamCatalog.MarketTick, tick, atMs);

    public void Data(long atMs, in MarketData state) => _run.Publish(StreamCatalog.MarketData, state, atMs);

    public void Quote(long atMs, in ExchangeRaw quote) => _run.Publish(StreamCatalog.ExchangeRaw, quote, atMs);

    public void Kline(long atMs, in MarketKline kline) => _run.Publish(
        StreamCatalog.MarketKlines, kline, atMs, $"kline-{kline.Symbol}-{kline.OpenTimeMs}");

    public void Step(long atMs)
    {
        _run.AdvanceTo(atMs);
        _between?.Invoke(++_steps);
    }
}
