using Quantum.Feeds;

namespace Quantum.Backtest.Sweeps;

/// <summary>
/// Successive halving (Jamieson and Talwalkar 2016, Non-stochastic Best Arm Identification and Hyperparameter
/// Optimization): every trial gets a first short run, the best part of them a longer one, and so on. All of its rungs
/// lie in the days that the first window chooses by, so no day that judges has a say in who is left. It ends while
/// several are left: one alone leaves the windows nothing to choose among, and overfitting nothing to be measured by.
/// </summary>
/// <param name="KeepOneIn">Of so many trials of a rung one goes on, from 2, but never less than eight in all.</param>
/// <param name="Rungs">End of each rung's run, UTC epoch ms, rising; the trials left run over the whole span.</param>
public sealed record HalvingPlan(int KeepOneIn, IReadOnlyList<long> Rungs)
{
    /// <summary>So many trials run over the whole span, or all where fewer are given.</summary>
    public const int LeastLeft = 8;

    /// <summary>By fewer days a ratio says nothing of a trial, and the spread of many nothing of the trials.</summary>
    private const int LeastDays = 5;

    /// <summary>
    /// Rungs as long as half of the trials at least can go and there are days to shorten; none where that is never so.
    /// </summary>
    public static HalvingPlan Of(int trials, SweepWindow first, int keepOneIn)
    {
        if (keepOneIn < 2) throw new SweepException($"--halving is {keepOneIn}: one in how many goes on, 2 or more.");
        var rungs = new List<long>();
        var days = (first.TestFromMs - first.TrainFromMs) / CandleInterval.DayMs / keepOneIn;
        for (var left = trials; 2 * Kept(left, keepOneIn) <= left && days >= LeastDays; left = Kept(left, keepOneIn))
        {
            rungs.Insert(0, first.TrainFromMs + days * CandleInterval.DayMs);
            days /= keepOneIn;
        }

        return new(keepOneIn, rungs);
    }

    /// <summary>How many of a rung's trials go on.</summary>
    public static int Kept(int trials, int keepOneIn) => Math.Max(trials / keepOneIn, Math.Min(trials, LeastLeft));
}
