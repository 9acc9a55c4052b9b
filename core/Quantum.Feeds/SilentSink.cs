namespace Quantum.Feeds;

/// <summary>Hears nothing: what a feed pushes into while it goes to where it left off.</summary>
internal sealed class SilentSink : IMarketSink
{
    public static readonly SilentSink Instance = new();

    public void Tick(long atMs, in MarketTick tick)
    {
    }

    public void Data(long atMs, in MarketData state)
    {
    }

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
