namespace Quantum.Venue.Accounts;

/// <summary>The last prices and marks of all symbols, as the accounts are valued at.</summary>
internal sealed class Marks
{
    private readonly Dictionary<Symbol, (decimal Last, decimal? Mark)> _prices = [];

    public void Take(in MarketTick tick) =>
        _prices[tick.Symbol] = (tick.Price, _prices.GetValueOrDefault(tick.Symbol).Mark);

    public void Take(in MarketData state)
    {
        var known = _prices.GetValueOrDefault(state.Symbol).Last;
        _prices[state.Symbol] = (known == 0 ? state.LastPrice : known, state.MarkPrice);
    }

    /// <summary>The mark, or the last price where there is none; 0 when nothing is known.</summary>
    public decimal Of(Symbol symbol) => _prices.TryGetValue(symbol, out var known) ? known.Mark ?? known.Last : 0;
}
