using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Bench.Latency;

/// <summary>A symbol whose price stands still until it rises, then by one price step at a time.</summary>
internal sealed class SteppedMarket(string symbol, decimal price, decimal priceStep)
{
    // Far enough that the trailing stop is in force.
    private const decimal FirstRiseFraction = 0.003m;

    public Symbol Symbol { get; } = Symbol.Parse(symbol);

    /// <summary>Quote currency.</summary>
    public decimal Price { get; private set; } = price;

    /// <summary>New highs so far, from 0.</summary>
    public int Steps { get; private set; }

    public void Step() =>
        Price += ++Steps == 1 ? Math.Round(Price * FirstRiseFraction / priceStep) * priceStep : priceStep;

    public MarketTick Tick() => new()
    {
        Symbol = Symbol, Price = Price, Quantity = 5, BidPrice = Price - priceStep, AskPrice = Price,
    };

    public MarketData State() => new()
    {
        Symbol = Symbol, LastPrice = Price, MarkPrice = Price, BidPrice = Price - priceStep, AskPrice = Price,
    };
}
