using Quantum.Backtest.Figures;

namespace Quantum.Backtest.Sweeps;

/// <summary>What trials are compared by.</summary>
public enum TrialScore { Sharpe, Sortino, Return }

/// <summary>Calculates what trials are compared by.</summary>
internal static class TrialScores
{
    /// <summary>The score over the days of a part of the run; undefined where a figure of a backtest would
    /// be.</summary>
    public static Figure Of(this TrialScore score, IReadOnlyList<double> returns) => score switch
    {
        TrialScore.Sharpe => RiskRatios.Sharpe(returns),
        TrialScore.Sortino => RiskRatios.Sortino(returns),
        _ => returns.Count == 0 ? Figure.None("there is no whole day in it") : Figure.Of(Growth(returns) - 1),
    };

    /// <summary>End over start.</summary>
    public static double Growth(IEnumerable<double> returns) => returns.Aggregate(1.0, (all, r) => all * (1 + r));
}
