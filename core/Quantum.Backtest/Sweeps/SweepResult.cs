using Quantum.Backtest.Figures;

namespace Quantum.Backtest.Sweeps;

/// <summary>What a sweep found: first what its choices made in days that had no say in them.</summary>
public sealed record SweepResult
{
    /// <summary>One line a window.</summary>
    public required IReadOnlyList<WindowChoice> Choices { get; init; }

    /// <summary>The days that judge, one after the other, each with the settings chosen before it.</summary>
    public required PartFigures OutOfSample { get; init; }

    /// <summary>The best trial over all days, by the same score: what hindsight would show.</summary>
    public required PartFigures Hindsight { get; init; }

    /// <summary>Trials that ran over the whole span, the best by the score over all days first.</summary>
    public required IReadOnlyList<TrialLine> Trials { get; init; }

    /// <summary>All trials, those that halving dropped included.</summary>
    public required int Tried { get; init; }

    public required OverfitProbability Overfit { get; init; }

    /// <summary>Of the best trial, probability, 0 to 1.</summary>
    public required Figure DeflatedSharpe { get; init; }

    public required IReadOnlyList<ResultWarning> Warnings { get; init; }

    /// <summary>From all results; throws nothing: what cannot be told is told as undefined.</summary>
    /// <param name="plan">What was tried.</param>
    /// <param name="results">Of the trials that ran over the whole span.</param>
    /// <param name="early">The Sharpe ratios a year of all trials over the first rung; null without one.</param>
    public static SweepResult Of(
        SweepPlan plan, IReadOnlyList<TrialResult> results, IReadOnlyList<double>? early = null)
    {
        var choices = plan.Windows.Select(window => WindowChoice.Of(window, results, plan.Score)).ToList();
        var byNumber = results.ToDictionary(result => result.Trial);
        var judged = choices.SelectMany(choice => choice.Trial is { } number
            ? byNumber[number].Between(choice.Window.TestFromMs, choice.Window.TestToMs) : []).ToList();
        var settings = plan.Trials.ToDictionary(trial => trial.Number);
        var lines = results.Select(result => TrialLine.Of(settings[result.Trial], result, plan.Score))
            .OrderByDescending(line => line.Score.Value ?? double.MinValue).ThenBy(line => line.Trial).ToList();
        var best = lines.Count == 0 ? null : byNumber[lines[0].Trial];
        var columns = Common(results);
        // Of those that are left the best alone are there: their ratios lie closer together than all trials' did.
        var ratios = early?.Select(ratio => ratio / Math.Sqrt(RiskRatios.DaysPerYear)).ToList()
            ?? [.. columns.Select(Moments.Of).Where(m => m.Deviation > 0).Select(m => m.Mean / m.Deviation)];
        var found = new SweepResult
        {
            Choices = choices,
            OutOfSample = PartFigures.Of(judged, choices.Sum(choice => choice.TestTrades)),
            Hindsight = PartFigures.Of(best?.Days.Select(day => day.Return).ToList() ?? [], best?.Trades.Count ?? 0),
            Trials = lines, Tried = plan.Trials.Count,
            Overfit = OverfitProbability.Of(columns),
            DeflatedSharpe = best is null ? Figure.None("no trial ran")
                : Sweeps.DeflatedSharpe.Of([.. best.Days.Select(day => day.Return)], ratios, plan.Trials.Count,
                    early is null ? null : plan.DaysOfFirstRung),
            Warnings = [],
        };
        return found with { Warnings = SweepWarnings.Of(found) };
    }

    // A trial whose recording ended a day early must not shift the others' days.
    private static IReadOnlyList<IReadOnlyList<double>> Common(IReadOnlyList<TrialResult> results)
    {
        if (results.Count == 0) return [];
        var days = results.Select(result => result.Days.Select(day => day.StartMs))
            .Aggregate((common, next) => common.Intersect(next)).ToHashSet();
        return [.. results.Select(result =>
            (IReadOnlyList<double>)[.. result.Days.Where(day => days.Contains(day.StartMs)).Select(day =>
                day.Return)])];
    }
}
