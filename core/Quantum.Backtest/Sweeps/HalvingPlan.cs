using Quantum.Feeds;

namespace Quantum.Backtest.Sweeps;

/// <summary>
/// Successive halving (Jamieson and Talwalkar 2016, Non-stochastic Best Arm Identification and Hyperparameter
/// Optimization): every trial gets a first short run, the best part of them a longer one, and so on. All of its rungs
/// lie in the days that the first window chooses by, so no day that judges has a say in who is left.
/// </summary>
/// <param name="KeepOneIn">Of so many trials of a rung one goes on, from 2.</param>
/// <param name="Rungs">End of each rung's run, UTC epoch ms, rising; the trials left run over the whole span.</param>
public sealed record HalvingPlan(int KeepOneIn, IReadOnlyList<long> Rungs)
{
    private const int LeastDays = 2;

    /// <summary>Rungs as long as there are trials to lose and days to shorten.</summary>
    public static HalvingPlan Of(int trials, SweepWindow first, int keepOneIn)
    {
        if (keepOneIn < 2) throw new SweepException($"--halving is {keepOneIn}: one in how many goes on, 2 or more.");
        var rungs = new List<long>();
        var days = (first.TestFromMs - first.TrainFromMs) / CandleInterval.DayMs;
        for (var left = trials; left >= keepOneIn && days >= LeastDays; left = Kept(left, keepOneIn))
        {
            rungs.Insert(0, first.TrainFromMs + days * CandleInterval.DayMs);
            days /= keepOneIn;
        }

        return new(keepOneIn, rungs);
    }

    /// <summary>How many of a rung's trials go on: at least one.</summary>
    public static int Kept(int trials, int keepOneIn) => Math.Max(trials / keepOneIn, 1);
}
