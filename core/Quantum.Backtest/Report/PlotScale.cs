namespace Quantum.Backtest.Report;

/// <summary>Values between the lower and the upper edge of a drawing.</summary>
/// <param name="Low">At the lower edge.</param>
/// <param name="High">At the upper edge, above low.</param>
internal readonly record struct PlotScale(double Low, double High)
{
    /// <summary>Holds all values, with some air; at least a hair wide.</summary>
    public static PlotScale Over(IEnumerable<double> values, double air = 0.06)
    {
        var (low, high) = (double.MaxValue, double.MinValue);
        foreach (var value in values) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high) return new(0, 1);
        var width = Math.Max(high - low, Math.Max(Math.Abs(high), 1e-9) * 1e-6);
        return new(low - width * air, high + width * air);
    }

    /// <summary>Distance from the upper edge, 0 to 100.</summary>
    public double Down(double value) => (High - value) / (High - Low) * 100;

    /// <summary>Round values inside, at most as many as told.</summary>
    public IEnumerable<double> Marks(int most)
    {
        var raw = (High - Low) / most;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        for (var mark = Math.Ceiling(Low / step); mark * step <= High; mark++) yield return mark == 0 ? 0 : mark * step;
    }

    /// <summary>A mark's text with as many decimals as its neighbours need.</summary>
    public string Label(double mark, string unit = "")
    {
        var digits = Math.Clamp((int)Math.Ceiling(1 - Math.Log10(High - Low)) + 1, 0, 8);
        var text = mark.ToString($"#,0.{new string('#', digits)}", CultureInfo.InvariantCulture);
        return text + unit;
    }
}
