using Quantum.Backtest.Results;

namespace Quantum.Backtest.Running;

/// <summary>The candles that were played, kept for drawing.</summary>
internal sealed class BarBook(BacktestTape tape, long fromMs)
{
    private readonly Dictionary<Symbol, PackedBars> _bars = [];

    public void Take(in MarketKline kline)
    {
        if (kline.OpenTimeMs < fromMs) return;
        if (!_bars.TryGetValue(kline.Symbol, out var bars)) _bars[kline.Symbol] = bars = new PackedBars();
        bars.Add(in kline);
    }

    public IReadOnlyList<SymbolBars> End()
    {
        foreach (var bars in _bars.Values) bars.Finish();
        return
        [
            .. tape.Feed.Symbols.Select(symbol => new SymbolBars(
                symbol, tape.IntervalMs, (IReadOnlyList<Bar>?)_bars.GetValueOrDefault(symbol) ?? [],
                tape.Missing.GetValueOrDefault(symbol))),
        ];
    }
}
