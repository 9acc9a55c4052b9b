using Quantum.Backtest.Results;

namespace Quantum.Backtest.Figures;

/// <summary>How much was held how long: each point of the account holds until the next.</summary>
/// <param name="TimeInMarket">Share of the time with anything held, 0 to 1.</param>
/// <param name="Mean">Gross exposure over equity, mean over the time.</param>
/// <param name="Peak">The highest.</param>
/// <param name="MeanEquityUsd">Mean over the time, USD.</param>
internal readonly record struct ExposureFigures(double TimeInMarket, double Mean, double Peak, double MeanEquityUsd)
{
    public static ExposureFigures Of(BacktestOutcome outcome)
    {
        double inMarket = 0, mean = 0, peak = 0, equity = 0;
        var span = (double)(outcome.ToMs - outcome.FromMs);
        var now = new EquityPoint(outcome.FromMs, outcome.StartEquityUsd, outcome.StartEquityUsd, 0);
        foreach (var point in outcome.Equity.Append(new(outcome.ToMs, 0, 0, 0)))
        {
            var share = Math.Max(Math.Min(point.AtMs, outcome.ToMs) - now.AtMs, 0) / span;
            var ratio = now.EquityUsd > 0 ? (double)(now.ExposureUsd / now.EquityUsd) : 0;
            if (now.ExposureUsd > 0) inMarket += share;
            mean += ratio * share;
            equity += (double)now.EquityUsd * share;
            peak = Math.Max(peak, ratio);
            now = point;
        }

        return new(inMarket, mean, peak, equity);
    }
}
