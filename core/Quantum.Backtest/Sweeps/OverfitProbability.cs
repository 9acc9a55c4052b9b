using Quantum.Backtest.Figures;

namespace Quantum.Backtest.Sweeps;

/// <summary>
/// Probability of backtest overfitting by combinatorially symmetric cross-validation (Bailey, Borwein, Lopez de Prado
/// and Zhu 2015, The Probability of Backtest Overfitting, Journal of Computational Finance 20): the days are cut into
/// blocks,
/// each half of the blocks chooses once by its Sharpe ratio, and the other half judges. The probability is the share of
/// the splits in which the chosen trial ends at or below the median of all.
/// </summary>
/// <param name="Probability">0 to 1; near or above a half the choice is worth no more than a draw.</param>
/// <param name="LossProbability">Share of the splits in which the chosen trial lost in the half that judges.</param>
/// <param name="Blocks">So many blocks; 0 when undefined.</param>
/// <param name="Splits">So many splits; 0 when undefined.</param>
public sealed record OverfitProbability(Figure Probability, Figure LossProbability, int Blocks, int Splits)
{
    private const int MostBlocks = 16;
    private const int LeastBlocks = 4;
    private const int LeastDaysPerBlock = 2;

    /// <param name="trials">One row of daily returns a trial, all of the same days.</param>
    /// <param name="blocks">An even number; null: up to 16, as the days allow.</param>
    public static OverfitProbability Of(IReadOnlyList<IReadOnlyList<double>> trials, int? blocks = null)
    {
        if (trials.Count < 2) return None($"it compares trials, and there is {(trials.Count == 1 ? "one" : "none")}");
        var days = trials[0].Count;
        if (trials.FirstOrDefault(trial => trial.Count != days) is { } other)
            throw new ArgumentException($"trials of {days} and of {other.Count} days cannot be compared.");
        var cut = blocks ?? Math.Min(MostBlocks, days / LeastDaysPerBlock / 2 * 2);
        if (cut < LeastBlocks || cut > days || cut % 2 != 0)
            return None($"it needs {LeastBlocks * LeastDaysPerBlock} whole UTC days, and there are {days}");
        var sums = trials.Select(trial => BlockSums.Of(trial, cut)).ToArray();
        var (below, lost, splits) = (0, 0, 0);
        var inside = new double[trials.Count];
        var outside = new double[trials.Count];
        for (var mask = 0; mask < 1 << cut; mask++)
        {
            if (int.PopCount(mask) != cut / 2) continue;
            for (var i = 0; i < sums.Length; i++)
                (inside[i], outside[i]) = (sums[i].Sharpe(mask), sums[i].Sharpe(~mask & ((1 << cut) - 1)));
            var best = Array.IndexOf(inside, inside.Max());
            splits++;
            if (RankOf(outside, best) * 2 <= trials.Count + 1) below++;
            if (outside[best] < 0) lost++;
        }

        return new(Figure.Of((double)below / splits), Figure.Of((double)lost / splits), cut, splits);
    }

    private static OverfitProbability None(string why) => new(Figure.None(why), Figure.None(why), 0, 0);

    // From 1 for the worst; equal ones share the mean of their ranks.
    private static double RankOf(double[] scores, int of)
    {
        var (worse, equal) = (0, 0);
        foreach (var score in scores)
        {
            if (score < scores[of]) worse++;
            else if (score == scores[of]) equal++;
        }

        return worse + (equal + 1) / 2.0;
    }

    /// <summary>Sums of a trial's blocks, from which any union of them has its ratio.</summary>
    private sealed class BlockSums(int[] counts, double[] sums, double[] squares)
    {
        // Below this a variance is what the rounding of equal numbers leaves.
        private const double Rounding = 1e-20;

        public static BlockSums Of(IReadOnlyList<double> returns, int blocks)
        {
            var (counts, sums, squares) = (new int[blocks], new double[blocks], new double[blocks]);
            for (var block = 0; block < blocks; block++)
            {
                for (var i = returns.Count * block / blocks; i < returns.Count * (block + 1) / blocks; i++)
                {
                    counts[block]++;
                    sums[block] += returns[i];
                    squares[block] += returns[i] * returns[i];
                }
            }

            return new(counts, sums, squares);
        }

        /// <summary>Per day; a trial that did nothing has 0, as doing nothing has.</summary>
        public double Sharpe(int mask)
        {
            var (count, sum, square) = (0, 0.0, 0.0);
            for (var block = 0; block < counts.Length; block++)
            {
                if ((mask >> block & 1) == 0) continue;
                count += counts[block];
                sum += sums[block];
                square += squares[block];
            }

            var variance = (square - sum * sum / count) / (count - 1);
            if (variance > Rounding) return sum / count / Math.Sqrt(variance);
            return sum == 0 ? 0 : sum > 0 ? double.MaxValue : double.MinValue;
        }
    }
}
