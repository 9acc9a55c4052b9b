using Quantum.Backtest.Figures;
using Quantum.Backtest.Results;

namespace Quantum.Backtest.Report;

/// <summary>Candles put together so that no more than a few hundred are drawn.</summary>
/// <param name="At">Start of the first, UTC epoch ms.</param>
/// <param name="Step">Length of one, ms.</param>
/// <param name="Items">Place from 0, open, high, low, close.</param>
internal sealed record DrawnBars(long At, long Step, IReadOnlyList<double[]> Items)
{
    private const int Digits = 7;

    /// <param name="bars">The recorded candles; null when there are none.</param>
    /// <param name="fromMs">First moment to be seen, UTC epoch ms.</param>
    /// <param name="toMs">Last moment to be seen, UTC epoch ms.</param>
    /// <param name="most">At most so many.</param>
    public static DrawnBars Of(SymbolBars? bars, long fromMs, long toMs, int most)
    {
        if (bars is null) return new(fromMs, 1, []);
        var first = HoldFigures.FirstAtOrAfter(bars.Items, fromMs - bars.IntervalMs + 1);
        var end = HoldFigures.FirstAtOrAfter(bars.Items, toMs);
        if (first >= end) return new(fromMs, bars.IntervalMs, []);
        var at = bars.Items[first].OpenAtMs;
        var candles = (bars.Items[end - 1].OpenAtMs - at) / bars.IntervalMs + 1;
        var step = bars.IntervalMs * ((candles + most - 1) / most);
        var items = new List<double[]>();
        for (var i = first; i < end; i++)
        {
            var bar = bars.Items[i];
            var place = (bar.OpenAtMs - at) / step;
            if (items.Count > 0 && items[^1][0] == place)
            {
                items[^1][2] = Math.Max(items[^1][2], Short(bar.High));
                items[^1][3] = Math.Min(items[^1][3], Short(bar.Low));
                items[^1][4] = Short(bar.Close);
                continue;
            }

            items.Add([place, Short(bar.Open), Short(bar.High), Short(bar.Low), Short(bar.Close)]);
        }

        return new(at, step, items);
    }

    /// <summary>A price with the seven digits that a drawing can show.</summary>
    public static double Short(double price)
    {
        if (price == 0 || !double.IsFinite(price)) return price;
        var decimals = Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(price)));
        return Math.Round(price, Math.Clamp(decimals, 0, 15));
    }
}
