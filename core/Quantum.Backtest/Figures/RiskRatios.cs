namespace Quantum.Backtest.Figures;

/// <summary>Return for risk, from returns per whole UTC day, a year being 365 of them and the riskless rate
/// 0.</summary>
internal static class RiskRatios
{
    /// <summary>Crypto trades every day of the year.</summary>
    public const double DaysPerYear = 365;

    /// <summary>Days below which no deviation is told.</summary>
    private const int LeastDays = 2;

    /// <summary>
    /// Mean over sample deviation, times the root of 365 (Sharpe 1994, The Sharpe Ratio, Journal of Portfolio
    /// Management 21). The error is that for returns that are not normal (Mertens 2002, as in Bailey and Lopez de Prado
    /// 2012, The Sharpe Ratio Efficient Frontier).
    /// </summary>
    public static Figure Sharpe(IReadOnlyList<double> returns)
    {
        if (TooFew(returns) is { } few) return few;
        var moments = Moments.Of(returns);
        if (moments.Deviation == 0) return Figure.None("every day returned the same: there is no deviation");
        var ratio = moments.Mean / moments.Deviation;
        var year = Math.Sqrt(DaysPerYear);
        return Figure.Of(ratio * year, SharpeError(ratio, moments) * year);
    }

    /// <summary>Standard error of a Sharpe ratio per period; NaN when the moments allow none.</summary>
    public static double SharpeError(double ratio, in Moments moments) => Math.Sqrt(
        (1 - moments.Skewness * ratio + (moments.Kurtosis - 1) / 4 * ratio * ratio) / (moments.Count - 1));

    /// <summary>
    /// Mean over target downside deviation, times the root of 365: the root of the mean of min(return, 0) squared over
    /// ALL days, those that gained counting as 0 (Sortino and Price 1994, Performance Measurement in a Downside Risk
    /// Framework, Journal of Investing 3). The target is 0.
    /// </summary>
    public static Figure Sortino(IReadOnlyList<double> returns)
    {
        if (TooFew(returns) is { } few) return few;
        var downside = Math.Sqrt(returns.Average(r => Math.Min(r, 0) * Math.Min(r, 0)));
        return downside == 0
            ? Figure.None("no day lost: there is no downside")
            : Figure.Of(returns.Average() / downside * Math.Sqrt(DaysPerYear));
    }

    /// <summary>Sample deviation of the daily returns, times the root of 365, fraction.</summary>
    public static Figure Volatility(IReadOnlyList<double> returns) => TooFew(returns)
        ?? Figure.Of(Moments.Of(returns).Deviation * Math.Sqrt(DaysPerYear));

    /// <summary>Compound return per 365 days, fraction.</summary>
    /// <param name="growth">End over start, of equity.</param>
    /// <param name="days">Length of the run, days.</param>
    public static Figure AnnualReturn(double growth, double days)
    {
        if (days < LeastDays) return Figure.None($"the run covers {Said.Number(days)} days, a year's rate needs two");
        return growth <= 0
            ? Figure.None("the account was lost")
            : Figure.Of(Math.Pow(growth, DaysPerYear / days) - 1);
    }

    /// <summary>
    /// Compound return per 365 days over the deepest drawdown of the whole run (Young 1991, Calmar Ratio, Futures 20;
    /// his window was 36 months).
    /// </summary>
    public static Figure Calmar(Figure annualReturn, double drawdownFraction)
    {
        if (annualReturn.Value is not { } rate) return annualReturn;
        return drawdownFraction <= 0
            ? Figure.None("there was no drawdown")
            : Figure.Of(rate / drawdownFraction);
    }

    private static Figure? TooFew(IReadOnlyList<double> returns) => returns.Count < LeastDays
        ? Figure.None($"it needs the returns of two whole UTC days at least, and the run has {returns.Count}")
        : null;
}
