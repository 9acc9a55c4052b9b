using Quantum.Backtest.Figures;

namespace Quantum.Backtest.Sweeps;

/// <summary>The figures of some days of a run.</summary>
/// <param name="Days">Whole UTC days.</param>
/// <param name="ReturnFraction">Over all of them.</param>
/// <param name="Sharpe">As a backtest's.</param>
/// <param name="Sortino">As a backtest's.</param>
/// <param name="DrawdownFraction">Deepest, of ends of days, 0 or more.</param>
/// <param name="Trades">Closed in them.</param>
public sealed record PartFigures(
    int Days, double ReturnFraction, Figure Sharpe, Figure Sortino, double DrawdownFraction, int Trades)
{
    internal static PartFigures Of(IReadOnlyList<double> returns, int trades)
    {
        var (value, peak, deepest) = (1.0, 1.0, 0.0);
        foreach (var made in returns)
        {
            value *= 1 + made;
            peak = Math.Max(peak, value);
            deepest = Math.Max(deepest, (peak - value) / peak);
        }

        return new(returns.Count, value - 1, RiskRatios.Sharpe(returns), RiskRatios.Sortino(returns), deepest, trades);
    }
}
