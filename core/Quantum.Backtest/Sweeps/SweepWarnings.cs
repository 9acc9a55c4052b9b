using Quantum.Backtest.Figures;

namespace Quantum.Backtest.Sweeps;

/// <summary>Holds what a sweep found against how much was tried for it.</summary>
internal static class SweepWarnings
{
    // A choice that ends below the median in so many splits is worth no more than a draw.
    private const double LikeADraw = 0.5;

    // The authors' usual level of significance.
    private const double Unlikely = 0.05;
    private const int FewTrades = 30;
    private const int FewDays = 30;

    public static IReadOnlyList<ResultWarning> Of(SweepResult found) =>
        [.. OfChoices(found), .. OfDropped(found), .. OfOverfit(found), .. OfDeflated(found), .. OfJudges(found)];

    private static IEnumerable<ResultWarning> OfChoices(SweepResult found)
    {
        if (found.Choices.Count(choice => choice.Trial is null) is > 0 and var empty)
        {
            yield return new("nothing_chosen", $"In {Said.Count(empty)} of "
                + $"{Said.Count(found.Choices.Count, "window", "windows")} no trial had a score in the days to choose "
                + "by, as when none trades: nothing was chosen there, and its days are not judged.");
        }
    }

    private static IEnumerable<ResultWarning> OfDropped(SweepResult found)
    {
        if (found.Tried == found.Trials.Count || found.Trials.Count == 0) yield break;
        yield return new("halved", $"The probability of overfitting and the medians are of the "
            + $"{Said.Count(found.Trials.Count, "trial", "trials")} that halving left of {Said.Count(found.Tried)}: "
            + "what choosing those cost is not in them.");
    }

    private static IEnumerable<ResultWarning> OfOverfit(SweepResult found)
    {
        if (found.Overfit.Probability.Value is not { } probability)
        {
            yield return new("overfit_unknown", "How much of it is overfit cannot be told: "
                + $"{found.Overfit.Probability.Undefined}.");
        }
        else if (probability > Unlikely)
        {
            yield return new("overfit", $"The probability of backtest overfitting is {Said.Percent(probability)} over "
                + $"{Said.Count(found.Overfit.Splits)} splits: "
                + (probability >= LikeADraw ? "choosing by these figures is worth no more than a draw."
                    : "so often the chosen trial ended no better than the median in days that had no say."));
        }
    }

    private static IEnumerable<ResultWarning> OfDeflated(SweepResult found)
    {
        if (found.DeflatedSharpe.Value is { } probability && probability < 1 - Unlikely)
        {
            yield return new("lucky_best", $"The best of {Said.Count(found.Tried, "trial", "trials")} has a deflated "
                + $"Sharpe "
                + $"ratio of {Said.Number(probability)}: that its true ratio is above what the luckiest of as many "
                + $"trials "
                + "without skill shows is not certain enough (0.95).");
        }
        else if (found.DeflatedSharpe.Value is null)
        {
            yield return new("deflated_unknown", $"No deflated Sharpe ratio: {found.DeflatedSharpe.Undefined}.");
        }
    }

    private static IEnumerable<ResultWarning> OfJudges(SweepResult found)
    {
        var judged = found.OutOfSample;
        if (judged.Trades < FewTrades || judged.Days < FewDays)
        {
            yield return new("few_judges", $"The choices are judged by {Said.Count(judged.Trades, "trade", "trades")} "
                + $"in {Said.Count(judged.Days, "day", "days")}; below {FewTrades} trades or {FewDays} days chance "
                + $"outweighs "
                + "skill.");
        }

        if (found.Hindsight.ReturnFraction > 0 && judged.ReturnFraction <= 0)
        {
            yield return new("fails_out_of_sample", $"In hindsight the best trial made "
                + $"{Said.SignedPercent(found.Hindsight.ReturnFraction)}, but what was chosen without hindsight made "
                + $"{Said.SignedPercent(judged.ReturnFraction)}.");
        }
    }
}
