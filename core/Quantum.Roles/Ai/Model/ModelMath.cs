namespace Quantum.Roles.Ai.Model;

/// <summary>The few pieces of arithmetic that training and prediction share.</summary>
internal static class ModelMath
{
    /// <summary>1 / (1 + e^-x), without overflow on either side.</summary>
    public static double Logistic(double x)
    {
        if (x >= 0) return 1 / (1 + Math.Exp(-x));
        var e = Math.Exp(x);
        return e / (1 + e);
    }

    /// <summary>-ln of the probability that was given to what happened; a certainty that failed costs 35.</summary>
    public static double LogLoss(double probabilityUp, bool rose) =>
        -Math.Log(Math.Max(rose ? probabilityUp : 1 - probabilityUp, 1e-15));

    /// <summary>
    /// x' C x for the covariance C whose inverse has the Cholesky factor L, given as its lower half: |L^-1 x|^2.
    /// </summary>
    public static double QuadraticForm(IReadOnlyList<double> factor, ReadOnlySpan<double> x)
    {
        Span<double> solved = stackalloc double[x.Length];
        var sum = 0.0;
        for (int j = 0, at = 0; j < x.Length; j++)
        {
            var left = x[j];
            for (var k = 0; k < j; k++) left -= factor[at++] * solved[k];
            solved[j] = left / factor[at++];
            sum += solved[j] * solved[j];
        }

        return sum;
    }

    /// <summary>
    /// Solves a symmetric positive definite system in place by Cholesky's factorisation; false when it is not one.
    /// </summary>
    public static bool TrySolve(double[] matrix, double[] right)
    {
        var n = right.Length;
        for (var j = 0; j < n; j++)
        {
            for (var i = j; i < n; i++)
            {
                var sum = matrix[i * n + j];
                for (var k = 0; k < j; k++) sum -= matrix[i * n + k] * matrix[j * n + k];
                if (i > j) matrix[i * n + j] = sum / matrix[j * n + j];
                else if (sum > 0 && double.IsFinite(sum)) matrix[j * n + j] = Math.Sqrt(sum);
                else return false;
            }
        }

        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++) right[i] -= matrix[i * n + k] * right[k];
            right[i] /= matrix[i * n + i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++) right[i] -= matrix[k * n + i] * right[k];
            right[i] /= matrix[i * n + i];
        }

        return true;
    }
}
