namespace Quantum.Backtest.Figures;

/// <summary>The moments of a row of numbers.</summary>
/// <param name="Count">How many.</param>
/// <param name="Mean">0 without any.</param>
/// <param name="Deviation">Sample deviation (n - 1 in the denominator), 0 or more; 0 below two numbers.</param>
/// <param name="Skewness">Third standardised moment (n in the denominator); 0 without deviation.</param>
/// <param name="Kurtosis">Fourth standardised moment, 3 for the normal law; 3 without deviation.</param>
internal readonly record struct Moments(int Count, double Mean, double Deviation, double Skewness, double Kurtosis)
{
    // What the mean's own rounding leaves of numbers that are all the same.
    private const double Rounding = 1e-12;

    public static Moments Of(IReadOnlyList<double> values)
    {
        var count = values.Count;
        if (count == 0) return new(0, 0, 0, 0, 3);
        var mean = values.Average();
        double second = 0, third = 0, fourth = 0;
        foreach (var value in values)
        {
            var off = value - mean;
            second += off * off;
            third += off * off * off;
            fourth += off * off * off * off;
        }

        var deviation = Math.Sqrt(second / Math.Max(count - 1, 1));
        if (deviation <= Rounding * Math.Max(Math.Abs(mean), double.Epsilon)) return new(count, mean, 0, 0, 3);
        var variance = second / count;
        return new(count, mean, deviation, third / count / Math.Pow(variance, 1.5),
            fourth / count / (variance * variance));
    }
}
