using System.Numerics;

namespace Quantum.Roles.Ai.Model;

/// <summary>
/// Bayesian linear regression without a constant (Bishop 2006, 3.3), the closed form of ridge regression: with r the
/// results of spread s, o rows that count as one, and a prior of deviation w s for each coefficient, the curvature is
/// A = X'X / o + I / w^2, the coefficients are A^-1 X'r / o, and their covariance is s^2 A^-1.
/// </summary>
/// <param name="Weights">One per column, R.</param>
/// <param name="Factor">Row by row the lower half of Cholesky's factor of A.</param>
/// <param name="SpreadR">s: root mean square of the results, R.</param>
internal sealed record RidgeFit(double[] Weights, double[] Factor, double SpreadR)
{
    /// <param name="rows">Inputs.</param>
    /// <param name="results">What the trade made, R, per row.</param>
    /// <param name="weightSpread">w, above 0.</param>
    /// <param name="overlap">Rows that count as one, because their outcomes overlap; from 1.</param>
    public static RidgeFit Solve(
        FeatureRows rows, ReadOnlySpan<double> results, double weightSpread, double overlap)
    {
        var (columns, width) = (FeatureRows.Columns, FeatureRows.Width);
        var sums = new double[columns * width];
        Span<double> right = stackalloc double[width];
        right.Clear();
        var squares = 0.0;
        for (var r = 0; r < results.Length; r++)
        {
            squares += results[r] * results[r];
            AddRow(rows[r], results[r], overlap, sums, right);
        }

        var matrix = new double[columns * columns];
        for (var j = 0; j < columns; j++)
        {
            sums.AsSpan(j * width, j + 1).CopyTo(matrix.AsSpan(j * columns));
            matrix[j * columns + j] += 1 / (weightSpread * weightSpread);
        }

        var weights = right[..columns].ToArray();
        if (!ModelMath.TrySolve(matrix, weights))
            throw new InvalidOperationException("a curvature with a prior has no root: a feature is no number.");
        var half = new List<double>(columns * (columns + 1) / 2);
        for (var j = 0; j < columns; j++)
            for (var k = 0; k <= j; k++) half.Add(matrix[j * columns + k]);
        return new RidgeFit(weights, [.. half], Math.Max(Math.Sqrt(squares / results.Length), 1e-9));
    }

    // Each sum has its place in a vector and is brought forward row by row, as it would be alone: the same bits. Only
    // the lower half is read; what whole vectors add beside it is not.
    private static void AddRow(
        ReadOnlySpan<double> row, double result, double overlap, Span<double> sums, Span<double> right)
    {
        Span<double> scaled = stackalloc double[FeatureRows.Width];
        for (var k = 0; k < row.Length; k += Vector<double>.Count)
        {
            var values = new Vector<double>(row[k..]);
            (values / new Vector<double>(overlap)).CopyTo(scaled[k..]);
            var added = values * new Vector<double>(result) / new Vector<double>(overlap);
            (new Vector<double>(right[k..]) + added).CopyTo(right[k..]);
        }

        for (var j = 0; j < FeatureRows.Columns; j++)
        {
            var own = new Vector<double>(scaled[j]);
            var target = sums.Slice(j * FeatureRows.Width, FeatureRows.Width);
            for (var k = 0; k <= j; k += Vector<double>.Count)
                (new Vector<double>(target[k..]) + own * new Vector<double>(row[k..])).CopyTo(target[k..]);
        }
    }
}
