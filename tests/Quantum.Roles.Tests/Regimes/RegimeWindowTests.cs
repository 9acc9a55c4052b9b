using FsCheck.Xunit;
using Quantum.Contracts.Units;
using Quantum.Roles.Regimes;

namespace Quantum.Roles.Tests.Regimes;

/// <summary>The reading of a window against values computed elsewhere, at each threshold, and its symmetry.</summary>
public sealed class RegimeWindowTests
{
    private static readonly RegimeSettings s_settings = new();

    /// <summary>Reference values from an independent computation (population deviation, least squares).</summary>
    [Fact]
    public void Volatility_and_trend_are_the_reference_values()
    {
        var reading = RegimeWindow.Read([.. Wave(50)], s_settings);

        Assert.Equal(0.0020213005171567716, reading.Volatility!.Value, 15);
        Assert.Equal(8.775348897052944e-05, reading.Trend!.Value, 15);
        Assert.Equal((Regime.Volatile, 0.85), (reading.Regime, reading.Confidence));
    }

    /// <summary>Vectors and sums beside each other change no bit of what one sum behind the other gives.</summary>
    [Fact]
    public void It_gives_the_very_bits_of_the_plain_sums()
    {
        var random = new Random(3);
        for (var count = 10; count <= 400; count++)
        {
            var closes = new double[count];
            for (var (i, price) = (0, 97.31); i < count; i++)
                closes[i] = price *= 1 + (random.NextDouble() - 0.5) / 200;
            var reading = RegimeWindow.Read(closes, s_settings with { WindowCandles = count });
            var returns = closes.Skip(1).Select((close, i) => close / closes[i] - 1).ToArray();
            var mean = returns.Aggregate(0.0, (sum, one) => sum + one) / (count - 1);
            var squares = returns.Aggregate(0.0, (sum, one) => sum + (one - mean) * (one - mean));
            var (middle, crossed, squared) = ((count - 1) / 2d, 0.0, 0.0);
            for (var i = 0; i < count; i++)
            {
                crossed += (i - middle) * (closes[i] - closes[0]);
                squared += (i - middle) * (i - middle);
            }

            Assert.Equal(Math.Sqrt(squares / (count - 1)), reading.Volatility);
            Assert.Equal(crossed / squared / closes[^1], reading.Trend);
        }
    }

    [Fact]
    public void Fewer_candles_than_the_window_are_unknown() => Assert.Equal(
        new RegimeReading(Regime.Unknown, 0, null, null), RegimeWindow.Read([.. Wave(49)], s_settings));

    /// <summary>
    /// Steps up and down by turns: sigma is the step, there is no trend. 0.015 per 8 h is 0.000685 a candle.
    /// </summary>
    [Theory]
    [InlineData(0, Regime.Range, 0.9)]
    [InlineData(0.000683, Regime.Range, 0.9)]
    [InlineData(0.000687, Regime.Uncertain, 0.5)]
    [InlineData(0.001366, Regime.Uncertain, 0.5)]
    [InlineData(0.001372, Regime.Volatile, 0.85)]
    public void Without_a_trend_volatility_decides(double step, Regime regime, double confidence)
    {
        var reading = RegimeWindow.Read(Walk(i => i % 2 == 0 ? step : -step), s_settings);

        Assert.Equal((regime, confidence), (reading.Regime, reading.Confidence));
    }

    /// <summary>
    /// A drift a candle on steps of 0.0002: the score is 50 drift / (0.0002 sqrt 50), from 1.25 at 0.0000354.
    /// </summary>
    [Theory]
    [InlineData(0.000034, Regime.Range)]
    [InlineData(0.000037, Regime.Bull)]
    [InlineData(-0.000034, Regime.Range)]
    [InlineData(-0.000037, Regime.Bear)]
    public void A_drift_beyond_the_noise_is_a_trend(double drift, Regime regime) =>
        Assert.Equal(regime, RegimeWindow.Read(Walk(i => drift + (i % 2 == 0 ? 0.0002 : -0.0002)), s_settings).Regime);

    [Theory]
    [InlineData(0.000019, Regime.Range)]
    [InlineData(0.000021, Regime.Bull)]
    public void A_drift_that_does_not_pay_the_fees_is_none(double drift, Regime regime) =>
        Assert.Equal(regime, RegimeWindow.Read(Walk(_ => drift), s_settings).Regime);

    [Fact]
    public void Confidence_of_a_trend_rises_to_a_cap()
    {
        Assert.Equal(0.95, RegimeWindow.Read(Walk(_ => 0.0005), s_settings).Confidence);
        var near = RegimeWindow.Read(Walk(i => 0.000037 + (i % 2 == 0 ? 0.0002 : -0.0002)), s_settings).Confidence;
        Assert.InRange(near, 0.8, 0.82);
    }

    /// <summary>The scale of the price says nothing; a market upside down is a bear for a bull.</summary>
    [Property(MaxTest = 200)]
    public void Readings_ignore_the_price_scale_and_mirror(byte[] steps, byte scale)
    {
        var closes = new List<double> { 1_000 };
        for (var i = 1; i < 50; i++)
            closes.Add(closes[^1] + ((steps.Length == 0 ? 0 : steps[i % steps.Length]) - 110) / 200d);
        var reading = RegimeWindow.Read([.. closes], s_settings);
        var scaled = RegimeWindow.Read([.. closes.Select(close => close * (1 << (scale % 12)))], s_settings);

        Assert.Equal(reading, scaled);
        Assert.InRange(reading.Confidence, 0.5, 0.95);
        Assert.NotEqual(Regime.Unknown, reading.Regime);
        if (reading.Regime is not (Regime.Bull or Regime.Bear)) return;
        var mirrored = RegimeWindow.Read([.. closes.Select(close => 2_000 - close)], s_settings);
        Assert.NotEqual(reading.Regime, mirrored.Regime);
    }

    private static IEnumerable<double> Wave(int count) =>
        Enumerable.Range(0, count).Select(i => 1_000 + (3 * Math.Sin(i)) + (0.1 * i));

    private static double[] Walk(Func<int, double> step)
    {
        var closes = new List<double> { 1_000 };
        for (var i = 1; i < 50; i++) closes.Add(closes[^1] * (1 + step(i)));
        return [.. closes];
    }
}
