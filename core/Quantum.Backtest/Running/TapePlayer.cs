using Quantum.Feeds;
using Quantum.InProcess;

namespace Quantum.Backtest.Running;

/// <summary>
/// Plays a feed into a run in this process, before its first event: what the feed tells of an instant is a step of the
/// run. Candles are walked where the run's own orders and positions are: without that their fills would know how a
/// candle ends.
/// </summary>
internal sealed class TapePlayer : IMarketSink
{
    private readonly InProcessRun _run;
    private readonly Action<int>? _between;
    private readonly StakeBook _stakes = new();
    private readonly RecentKeys<string> _idTexts = new();
    private int _steps;

    /// <param name="between">Called behind each step with its number, from 1.</param>
    public TapePlayer(InProcessRun run, Action<int>? between = null)
    {
        (_run, _between) = (run, between);
        run.Observe(
            StreamCatalog.OrderCommand, (in OrderCommand command, in Input _) => _stakes.Take(in command));
        run.Observe(
            StreamCatalog.PortfolioExposure, (in PortfolioExposure exposure, in Input _) => _stakes.Take(in exposure));
    }

    public bool IsWatched(Symbol symbol, long openMs) => _stakes.IsWatched(symbol, openMs);

    public PositionSide? HeldSide(Symbol symbol, long openMs) => _stakes.HeldSide(symbol, openMs);

    public void Tick(long atMs, in MarketTick tick) => _run.Offer(StreamCatalog.MarketTick, tick, atMs);

    public void Data(long atMs, in MarketData state) => _run.Offer(StreamCatalog.MarketData, state, atMs);

    public void Quote(long atMs, in ExchangeRaw quote) => _run.Offer(StreamCatalog.ExchangeRaw, quote, atMs);

    public void Kline(long atMs, in MarketKline kline)
    {
        if (!_idTexts.TryGet(kline.Symbol.Name, out var idText))
            _idTexts.Put(kline.Symbol.Name, idText = $"kline-{kline.Symbol}-");
        _run.Offer(StreamCatalog.MarketKlines, kline, atMs, idText, kline.OpenTimeMs);
    }

    public void Step(long atMs)
    {
        _run.Settle();
        _between?.Invoke(++_steps);
    }
}
