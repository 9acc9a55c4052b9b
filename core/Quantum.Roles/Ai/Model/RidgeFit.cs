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
    /// <param name="rows">Row-major inputs.</param>
    /// <param name="results">What the trade made, R, per row.</param>
    /// <param name="columns">Inputs of a row.</param>
    /// <param name="weightSpread">w, above 0.</param>
    /// <param name="overlap">Rows that count as one, because their outcomes overlap; from 1.</param>
    public static RidgeFit Solve(
        ReadOnlySpan<double> rows, ReadOnlySpan<double> results, int columns, double weightSpread, double overlap)
    {
        var matrix = new double[columns * columns];
        var right = new double[columns];
        var squares = 0.0;
        for (var r = 0; r < results.Length; r++)
        {
            var row = rows.Slice(r * columns, columns);
            squares += results[r] * results[r];
            for (var j = 0; j < columns; j++)
            {
                right[j] += row[j] * results[r] / overlap;
                var scaled = row[j] / overlap;
                for (var k = 0; k <= j; k++) matrix[j * columns + k] += scaled * row[k];
            }
        }

        for (var j = 0; j < columns; j++) matrix[j * columns + j] += 1 / (weightSpread * weightSpread);
        if (!ModelMath.TrySolve(matrix, right))
            throw new InvalidOperationException("a curvature with a prior has no root: a feature is no number.");
        var half = new List<double>(columns * (columns + 1) / 2);
        for (var j = 0; j < columns; j++)
            for (var k = 0; k <= j; k++) half.Add(matrix[j * columns + k]);
        return new RidgeFit(right, [.. half], Math.Max(Math.Sqrt(squares / results.Length), 1e-9));
    }
}
