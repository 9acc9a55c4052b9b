using Quantum.Feeds;

namespace Quantum.Venue.Engine;

/// <summary>Brings a feed's events onto the loop's thread, to all who hear the market, in their order.</summary>
internal sealed class MarketInlet(VenueLoop loop, IReadOnlyList<IMarketSink> sinks) : IMarketSink
{
    public void Tick(long atMs, in MarketTick tick)
    {
        var told = tick;
        loop.Post(() =>
        {
            foreach (var sink in sinks) sink.Tick(atMs, in told);
        });
    }

    public void Data(long atMs, in MarketData state)
    {
        var told = state;
        loop.Post(() =>
        {
            foreach (var sink in sinks) sink.Data(atMs, in told);
        });
    }

    public void Kline(long atMs, in MarketKline kline)
    {
        var told = kline;
        loop.Post(() =>
        {
            foreach (var sink in sinks) sink.Kline(atMs, in told);
        });
    }

    public void Quote(long atMs, in ExchangeRaw quote)
    {
        var told = quote;
        loop.Post(() =>
        {
            foreach (var sink in sinks) sink.Quote(atMs, in told);
        });
    }

    public void Step(long atMs) => loop.Ask(() =>
    {
        foreach (var sink in sinks) sink.Step(atMs);
        return true;
    }).GetAwaiter().GetResult();

    public bool IsWatched(Symbol symbol, long openMs) =>
        loop.Ask(() => sinks.Any(sink => sink.IsWatched(symbol, openMs))).GetAwaiter().GetResult();

    public PositionSide? HeldSide(Symbol symbol, long openMs) =>
        loop.Ask(() => sinks.Select(sink => sink.HeldSide(symbol, openMs)).FirstOrDefault(side => side is not null))
            .GetAwaiter().GetResult();
}
