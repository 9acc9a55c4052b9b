using Quantum.Backtest.Figures;

namespace Quantum.Backtest.Sweeps;

/// <summary>One trial's line in the table.</summary>
/// <param name="Trial">Its number, from 1.</param>
/// <param name="Settings">Path and value of what is varied.</param>
/// <param name="Score">Over all days, by what the sweep chooses by.</param>
/// <param name="All">The figures of all days.</param>
/// <param name="NetUsd">Sum of its trades, USD.</param>
public sealed record TrialLine(
    int Trial, IReadOnlyList<KeyValuePair<string, string>> Settings, Figure Score, PartFigures All, double NetUsd)
{
    internal static TrialLine Of(Trial trial, TrialResult result, TrialScore score)
    {
        var returns = result.Days.Select(day => day.Return).ToList();
        return new(trial.Number, trial.Settings, score.Of(returns), PartFigures.Of(returns, result.Trades.Count),
            result.Trades.Sum(trade => trade.NetUsd));
    }
}
