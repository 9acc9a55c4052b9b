using Quantum.Backtest.Figures;

namespace Quantum.Backtest.Sweeps;

/// <summary>Which trial one window chose by its first days, and what that made in the days after.</summary>
/// <param name="Trial">The chosen trial's number; null when no trial had a score.</param>
/// <param name="TrainScore">Of the days it was chosen by.</param>
/// <param name="TestScore">Of the days that judge.</param>
/// <param name="TestReturn">Of the days that judge, fraction.</param>
/// <param name="MedianTestReturn">What the median of all trials made in the same days, fraction.</param>
/// <param name="TestTrades">Its trades that closed in the days that judge.</param>
public sealed record WindowChoice(
    SweepWindow Window, int? Trial, Figure TrainScore, Figure TestScore, Figure TestReturn, Figure MedianTestReturn,
    int TestTrades)
{
    internal static WindowChoice Of(SweepWindow window, IReadOnlyList<TrialResult> results, TrialScore score)
    {
        var scored = results.Select(result => (Result: result,
            Score: score.Of(result.Between(window.TrainFromMs, window.TestFromMs)))).ToList();
        var best = scored.Where(one => one.Score.Value is not null)
            .OrderByDescending(one => one.Score.Value).ThenBy(one => one.Result.Trial).FirstOrDefault();
        var returns = results.Select(result => ReturnOf(result, window)).Order().ToList();
        var median = returns.Count == 0 ? Figure.None("no trial ran")
            : Figure.Of((returns[(returns.Count - 1) / 2] + returns[returns.Count / 2]) / 2);
        if (best.Result is not { } chosen)
        {
            var none = Figure.None("no trial has a score in the days to choose by");
            return new(window, null, none, none, none, median, 0);
        }

        return new(window, chosen.Trial, best.Score, score.Of(chosen.Between(window.TestFromMs, window.TestToMs)),
            Figure.Of(ReturnOf(chosen, window)), median,
            chosen.Trades.Count(trade => trade.ExitAtMs >= window.TestFromMs && trade.ExitAtMs < window.TestToMs));
    }

    private static double ReturnOf(TrialResult result, SweepWindow window) =>
        TrialScores.Growth(result.Between(window.TestFromMs, window.TestToMs)) - 1;
}
