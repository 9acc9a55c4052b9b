namespace Quantum.Roles.Ai.Model;

/// <summary>What fitting gave.</summary>
/// <param name="Weights">One per column.</param>
/// <param name="Iterations">Newton steps made, from 1.</param>
/// <param name="Converged">False when the last step was still large or the figures left the finite.</param>
internal sealed record LogisticFitResult(double[] Weights, int Iterations, bool Converged);

/// <summary>
/// Logistic regression by Newton's method (iteratively reweighted least squares; Hastie, Tibshirani, Friedman, 4.4.1)
/// with a Gaussian prior per coefficient: minimises the log loss summed over the rows, divided by
/// <c>overlap</c>, plus (w - prior)^2 / (2 * spread^2).
/// </summary>
internal static class LogisticFit
{
    private const double Tolerance = 1e-8;

    /// <param name="rows">Row-major inputs, the constant included if wanted.</param>
    /// <param name="rose">What happened, per row.</param>
    /// <param name="prior">Where each coefficient is pulled to.</param>
    /// <param name="spread">How far from there it is expected, above 0, per coefficient.</param>
    /// <param name="overlap">Rows that count as one, because their outcomes overlap; from 1.</param>
    /// <param name="mostIterations">Newton steps at most, from 1.</param>
    public static LogisticFitResult Solve(
        ReadOnlySpan<double> rows, ReadOnlySpan<bool> rose, double[] prior, double[] spread, double overlap,
        int mostIterations)
    {
        var columns = prior.Length;
        var weights = prior.ToArray();
        var gradient = new double[columns];
        var hessian = new double[columns * columns];
        for (var iteration = 1; iteration <= mostIterations; iteration++)
        {
            Accumulate(rows, rose, weights, gradient, hessian, overlap);
            for (var j = 0; j < columns; j++)
            {
                var precision = 1 / (spread[j] * spread[j]);
                gradient[j] += precision * (weights[j] - prior[j]);
                hessian[j * columns + j] += precision;
            }

            if (!ModelMath.TrySolve(hessian, gradient)) return new LogisticFitResult(weights, iteration, false);
            var largest = 0.0;
            for (var j = 0; j < columns; j++)
            {
                weights[j] -= gradient[j];
                largest = Math.Max(largest, Math.Abs(gradient[j]));
            }

            if (!double.IsFinite(largest)) return new LogisticFitResult(weights, iteration, false);
            if (largest < Tolerance) return new LogisticFitResult(weights, iteration, true);
        }

        return new LogisticFitResult(weights, mostIterations, false);
    }

    private static void Accumulate(
        ReadOnlySpan<double> rows, ReadOnlySpan<bool> rose, double[] weights, double[] gradient, double[] hessian,
        double overlap)
    {
        var columns = weights.Length;
        Array.Clear(gradient);
        Array.Clear(hessian);
        for (var r = 0; r < rose.Length; r++)
        {
            var row = rows.Slice(r * columns, columns);
            var logit = 0.0;
            for (var j = 0; j < columns; j++) logit += weights[j] * row[j];
            var p = ModelMath.Logistic(logit);
            var slope = (p - (rose[r] ? 1 : 0)) / overlap;
            var curvature = p * (1 - p) / overlap;
            for (var j = 0; j < columns; j++)
            {
                gradient[j] += slope * row[j];
                var scaled = curvature * row[j];
                for (var k = 0; k <= j; k++) hessian[j * columns + k] += scaled * row[k];
            }
        }
    }
}
