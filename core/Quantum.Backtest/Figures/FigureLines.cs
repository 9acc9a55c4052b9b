namespace Quantum.Backtest.Figures;

/// <summary>The figures under their names, as the terminal and the report show them.</summary>
public static class FigureLines
{
    /// <summary>Account and trades.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(BacktestFigures figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return [.. OfAccount(figures)];
    }

    private static IEnumerable<(string Name, string Value)> OfAccount(BacktestFigures figures)
    {
        yield return ("equity", $"{Said.Usd(figures.StartUsd)} to {Said.Usd(figures.EndUsd)} USD");
        yield return ("return", Said.Percent(figures.ReturnFraction));
        yield return ("return a year", Said.Share(figures.AnnualReturn));
        yield return ("volatility a year", Said.Share(figures.AnnualVolatility));
        yield return ("Sharpe", Said.Value(figures.Sharpe));
        yield return ("Sortino", Said.Value(figures.Sortino));
        yield return ("Calmar", Said.Value(figures.Calmar));
        yield return ("deepest drawdown", Depth(figures.DeepestDrawdown));
        yield return ("longest drawdown", Length(figures.LongestDrawdown));
        yield return ("closed trades", $"{Said.Count(figures.Trades.Trades)}, {Said.Count(figures.Trades.Wins)} won, "
            + $"{Said.Count(figures.Trades.Losses)} lost");
        yield return ("win rate", Said.Share(figures.Trades.WinRate));
        yield return ("profit factor", Said.Value(figures.Trades.ProfitFactor));
        yield return ("expectancy", Said.Value(figures.Trades.ExpectancyR, " R"));
        yield return ("a trade's mean", Said.Value(figures.Trades.ExpectancyUsd, " USD"));
        yield return ("mean time held", figures.Trades.Trades == 0 ? "no trade" : Said.Span(figures.Trades.MeanHeldMs));
        yield return ("time in the market", Said.Percent(figures.TimeInMarket));
        yield return ("exposure over equity", $"mean {Said.Number(figures.MeanExposure)}, "
            + $"highest {Said.Number(figures.PeakExposure)}");
        yield return ("turnover", $"{Said.Usd(figures.TurnoverUsd)} USD"
            + (figures.TurnoverPerDay.Value is { } turns ? $", {Said.Number(turns)} times equity a day" : ""));
        yield return ("fees", $"{Said.Usd(figures.FeesUsd)} USD");
        yield return ("funding", $"{Said.Usd(figures.FundingUsd)} USD");
        yield return ("span", $"{Said.Number(Math.Round(figures.Days, 2))} days, "
            + $"{Said.Count(figures.WholeDays)} whole UTC days");
    }

    /// <summary>What doing something simpler would have made.</summary>
    internal static IEnumerable<(string Name, string Value)> Beside(BacktestFigures figures)
    {
        yield return ("do nothing", $"{Said.Percent(0)}, no drawdown");
        foreach (var hold in figures.BuyAndHold)
        {
            yield return ($"hold {hold.Name}", hold.ReturnFraction.Value is null
                ? Said.Share(hold.ReturnFraction)
                : $"{Said.Share(hold.ReturnFraction)}, deepest drawdown {Said.Percent(hold.DrawdownFraction)}, "
                    + $"Sharpe {Said.Value(hold.Sharpe)}");
        }
    }

    private static string Depth(Drawdown fall) => fall.DepthFraction <= 0 ? "none"
        : $"{Said.Percent(fall.DepthFraction)} ({Said.Usd((decimal)fall.DepthUsd)} USD), {Said.Minute(fall.PeakMs)} to "
            + $"{Said.Minute(fall.TroughMs)}";

    private static string Length(Drawdown fall) => fall.DepthFraction <= 0 ? "none"
        : $"{Said.Span(fall.LengthMs)} from {Said.Minute(fall.PeakMs)}, "
            + (fall.IsRecovered ? "made up for" : "not made up for at the end");
}
