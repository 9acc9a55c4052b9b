using Quantum.Backtest.Results;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Backtest.Running;

/// <summary>The candles that were played, kept for drawing.</summary>
internal sealed class BarBook(BacktestTape tape, long fromMs)
{
    private readonly Dictionary<Symbol, List<Bar>> _bars = [];

    public void Take(in MarketKline kline)
    {
        if (kline.OpenTimeMs < fromMs) return;
        if (!_bars.TryGetValue(kline.Symbol, out var bars))
            _bars[kline.Symbol] = bars = new List<Bar>((int)(tape.Candles / Math.Max(1, tape.Feed.Symbols.Count)));
        bars.Add(new Bar(
            kline.OpenTimeMs, (double)kline.Open, (double)kline.High, (double)kline.Low, (double)kline.Close));
    }

    public IReadOnlyList<SymbolBars> End() =>
    [
        .. tape.Feed.Symbols.Select(symbol => new SymbolBars(
            symbol, tape.IntervalMs, _bars.GetValueOrDefault(symbol) ?? [], tape.Missing.GetValueOrDefault(symbol))),
    ];
}
