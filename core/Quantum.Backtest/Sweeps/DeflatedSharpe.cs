using MathNet.Numerics.Distributions;
using Quantum.Backtest.Figures;

namespace Quantum.Backtest.Sweeps;

/// <summary>
/// The deflated Sharpe ratio (Bailey and Lopez de Prado 2014, The Deflated Sharpe Ratio: Correcting for Selection Bias,
/// Backtest Overfitting and Non-Normality, Journal of Portfolio Management 40): how probable it is that the best
/// trial's true ratio is above the best that so many trials without any skill would be expected to show.
/// </summary>
public static class DeflatedSharpe
{
    private const double EulerMascheroni = 0.577215664901532860606512090082;

    /// <summary>Of the best trial among all, by daily returns; probability, 0 to 1.</summary>
    /// <param name="best">The best trial's daily returns.</param>
    /// <param name="ratios">Sharpe ratios of all trials, per day; of less than all they would flatter.</param>
    /// <param name="tried">All trials, those without a ratio included.</param>
    /// <param name="days">
    /// Days of the runs that the ratios are of, where those were shorter than the best one's; null: as long.
    /// </param>
    public static Figure Of(
        IReadOnlyList<double> best, IReadOnlyList<double> ratios, int tried, int? days = null)
    {
        if (ratios.Count < 2) return Figure.None("it needs two trials whose Sharpe ratio is defined");
        var moments = Moments.Of(best);
        if (moments.Count < 2 || moments.Deviation == 0) return Figure.None("the best trial's days have no deviation");
        var variance = Math.Pow(Moments.Of(ratios).Deviation, 2);
        if (days is { } run) variance = Math.Max(variance - Chance(run), 0) + Chance(moments.Count);
        return Probability(moments.Mean / moments.Deviation, ExpectedBest(Math.Max(tried, ratios.Count), variance),
            moments);
    }

    /// <summary>
    /// What chance alone makes of the variance of ratios of so many days, from 4: their mean over their deviation is
    /// Student's t with n - 1 degrees of freedom over the root of n.
    /// </summary>
    internal static double Chance(int days) => (days - 1.0) / (days - 3) / days;

    /// <summary>The highest ratio that so many trials without skill are expected to show.</summary>
    /// <param name="trials">From 2; as if they were independent, which flatters nobody.</param>
    /// <param name="variance">Of the trials' ratios.</param>
    internal static double ExpectedBest(int trials, double variance) => Math.Sqrt(variance)
        * ((1 - EulerMascheroni) * Normal.InvCDF(0, 1, 1 - 1.0 / trials)
            + EulerMascheroni * Normal.InvCDF(0, 1, 1 - 1.0 / (trials * Math.E)));

    /// <summary>
    /// Probability that the true ratio is above a benchmark (Bailey and Lopez de Prado 2012, The Sharpe Ratio Efficient
    /// Frontier), both per day.
    /// </summary>
    internal static Figure Probability(double ratio, double benchmark, in Moments moments)
    {
        var error = RiskRatios.SharpeError(ratio, moments);
        return double.IsFinite(error) && error > 0
            ? Figure.Of(Normal.CDF(0, 1, (ratio - benchmark) / error))
            : Figure.None("its days are too few or too skewed for an error of the ratio");
    }
}
