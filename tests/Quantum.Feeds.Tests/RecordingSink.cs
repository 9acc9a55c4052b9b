using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Feeds.Tests;

/// <summary>Remembers what a feed tells, each as one line of text besides the events themselves.</summary>
internal sealed class RecordingSink(CancellationTokenSource? stop = null, int stopAfterSteps = int.MaxValue)
    : IMarketSink
{
    public List<string> Lines { get; } = [];
    public List<(long AtMs, MarketTick Tick)> Ticks { get; } = [];
    public List<(long AtMs, MarketData State)> States { get; } = [];
    public List<(long AtMs, MarketKline Kline)> Klines { get; } = [];
    public List<(long AtMs, ExchangeRaw Quote)> Quotes { get; } = [];
    public List<(long AtMs, BookTop Top)> Books { get; } = [];
    public List<long> Steps { get; } = [];

    /// <summary>In which symbols something is at stake.</summary>
    public Func<Symbol, bool> Watches { get; init; } = _ => false;

    /// <summary>The side held in all of them, or null.</summary>
    public PositionSide? Side { get; init; }

    public bool IsWatched(Symbol symbol, long openMs) => Watches(symbol);

    public PositionSide? HeldSide(Symbol symbol, long openMs) => Side;

    public void Tick(long atMs, in MarketTick tick)
    {
        Ticks.Add((atMs, tick));
        Lines.Add($"{atMs} {tick}");
    }

    public void Data(long atMs, in MarketData state)
    {
        States.Add((atMs, state));
        Lines.Add($"{atMs} {state}");
    }

    public void Kline(long atMs, in MarketKline kline)
    {
        Klines.Add((atMs, kline));
        Lines.Add($"{atMs} {kline}");
    }

    public void Quote(long atMs, in ExchangeRaw quote)
    {
        Quotes.Add((atMs, quote));
        Lines.Add($"{atMs} {quote}");
    }

    // No line: what is at stake is told by ticks, states and quotes.
    public void Book(long atMs, in BookTop top) => Books.Add((atMs, top));

    public void Step(long atMs)
    {
        Steps.Add(atMs);
        Lines.Add($"step {atMs}");
        if (Steps.Count >= stopAfterSteps) stop?.Cancel();
    }

    public static RecordingSink Of(IMarketFeed feed, long afterMs = 0)
    {
        var sink = new RecordingSink();
        feed.Run(sink, CancellationToken.None, afterMs);
        return sink;
    }
}
