using System.Text.Json;
using FsCheck.Xunit;
using Quantum.Contracts.Wire;
using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Tests.Ai;

/// <summary>Features against reference values, and what holds for every market.</summary>
public sealed class FeatureSetTests
{
    /// <summary>
    /// Computed by a separate Python script from the definitions over the whole history, without any running average:
    /// the walk of seed 42, after that many candles. First the ATR fraction, then the features in order.
    /// </summary>
    public static TheoryData<int, double, double[]> Reference => new()
    {
        {
            90, 0.009153136981169395,
            [
                0.367637968527, 0.90696379017, 1.14307063578, 1.21405397173, 0.434084646845, 1.06979510927,
                0.103874928994, 2.73301685008, 0.779387413438, 0.843224961831, 0.583656788838, 0.306587703939,
                0.254899356001, -4.66940479797, 0.0643772207699, -0.0470464284073, 0.944089020393, -0.329690645263,
            ]
        },
        {
            150, 0.00761522756219907,
            [
                -0.145377270345, -0.114976165974, 0.744975486127, 0.714250695934, 0.294399715031, 1.38631708864,
                0.0758880536015, 2.10467221866, 0.387951173612, 0.700223686704, 0.427402102293, -0.295569515271,
                0.132504908317, -4.85946518573, -0.224456708432, 0.381145997395, 0.826589749127, -0.562804927695,
            ]
        },
        {
            300, 0.009002233221251939,
            [
                -0.0989275220652, -0.282472056317, -0.274673673363, -0.384527958777, -0.104268070147,
                -0.0223087336906, -0.0479320799177, -0.628657526155, -0.44089401499, -0.251936751705,
                -0.158837533691, -0.151380478702, 0.0282181012588, -4.71536534279, -0.152441928733,
                -0.282618770495, 0.313163806484, -0.949699126202,
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Reference))]
    public void Features_are_what_an_independent_computation_gives(int candles, double atrFraction, double[] expected)
    {
        var window = TestCandles.WindowOf(TestCandles.Walk(candles, 42));
        Assert.Equal(atrFraction, window.AtrFraction(), 1e-12);
        var features = TestCandles.FeaturesOf(window);
        Assert.Equal(expected.Length, features.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(
                Math.Abs(expected[i] - features[i]) < 1e-9,
                $"{FeatureSet.Names[i]}: {features[i]}, want {expected[i]}");
    }

    [Property(MaxTest = 50)]
    public void A_mirrored_market_turns_odd_features_round_and_leaves_even_ones(ulong seed)
    {
        var candles = TestCandles.Walk(FeatureWindow.WarmUpCandles + 30, seed);
        var features = TestCandles.FeaturesOf(TestCandles.WindowOf(candles));
        var mirrored = TestCandles.FeaturesOf(TestCandles.WindowOf(candles.Select(c => c with
        {
            Open = 1 / c.Open, High = 1 / c.Low, Low = 1 / c.High, Close = 1 / c.Close,
        })));
        for (var i = 0; i < features.Length; i++)
        {
            var sign = FeatureSet.All[i].Parity == FeatureParity.Odd ? -1 : 1;
            Assert.Equal(sign * features[i], mirrored[i], 1e-8);
        }
    }

    [Property(MaxTest = 50)]
    public void Features_have_no_unit(ulong seed)
    {
        var candles = TestCandles.Walk(FeatureWindow.WarmUpCandles + 30, seed);
        var features = TestCandles.FeaturesOf(TestCandles.WindowOf(candles));
        var scaled = TestCandles.FeaturesOf(TestCandles.WindowOf(candles.Select(c => c with
        {
            Open = c.Open * 977, High = c.High * 977, Low = c.Low * 977, Close = c.Close * 977, Volume = c.Volume * 31,
        })));
        for (var i = 0; i < features.Length; i++) Assert.Equal(features[i], scaled[i], 1e-8);
    }

    [Property(MaxTest = 30)]
    public void A_window_that_was_saved_goes_on_as_if_nothing_had_happened(ulong seed)
    {
        var candles = TestCandles.Walk(FeatureWindow.WarmUpCandles + 40, seed);
        var through = TestCandles.WindowOf(candles);
        var saved = JsonSerializer.SerializeToUtf8Bytes(
            TestCandles.WindowOf(candles.Take(70)), WireJson.StateOptions);
        var loaded = JsonSerializer.Deserialize<FeatureWindow>(saved, WireJson.StateOptions)!;
        foreach (var candle in candles.Skip(70)) loaded.Add(in candle);
        Assert.Equal(TestCandles.FeaturesOf(through), TestCandles.FeaturesOf(loaded));
        Assert.True(saved.Length < 2_500, $"a window takes {saved.Length} bytes");
    }

    [Fact]
    public void A_market_that_stands_still_has_finite_features()
    {
        var still = Enumerable.Range(0, 120)
            .Select(i => new Candle(TestCandles.Start + i * Candle.LengthMs, 5, 5, 5, 5, 0));
        Assert.All(TestCandles.FeaturesOf(TestCandles.WindowOf(still)), f => Assert.True(double.IsFinite(f)));
    }

    [Fact]
    public void Nothing_looks_across_a_gap()
    {
        var window = TestCandles.WindowOf(TestCandles.Walk(100, 1));
        var late = new Candle(window.LastOpenTimeMs + 2 * Candle.LengthMs, 5, 5, 5, 5, 1);
        Assert.Throws<InvalidOperationException>(() => window.Add(in late));

        window.Reset();
        Assert.False(window.IsReady());
        var after = TestCandles.Walk(FeatureWindow.WarmUpCandles, 2, late.OpenTimeMs);
        foreach (var candle in after) window.Add(in candle);
        Assert.Equal(TestCandles.FeaturesOf(TestCandles.WindowOf(after)), TestCandles.FeaturesOf(window));
    }

    [Fact]
    public void Features_of_a_window_that_is_not_ready_are_refused()
    {
        var window = TestCandles.WindowOf(TestCandles.Walk(FeatureWindow.WarmUpCandles - 1, 1));
        var error = Assert.Throws<InvalidOperationException>(() => TestCandles.FeaturesOf(window));
        Assert.Contains("89 candles", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_follows_names_order_and_versions()
    {
        var all = FeatureSet.All;
        Assert.Equal(FeatureSet.Hash, FeatureSet.HashOf(all));
        Assert.Equal(16, FeatureSet.Hash.Length);
        Assert.NotEqual(FeatureSet.Hash, FeatureSet.HashOf(all.Reverse()));
        Assert.NotEqual(FeatureSet.Hash, FeatureSet.HashOf(all.Skip(1)));
        Assert.NotEqual(FeatureSet.Hash, FeatureSet.HashOf(all.Select((f, i) => i == 3 ? f with { Version = 2 } : f)));
        Assert.Equal(all.Count, all.Select(f => f.Name).Distinct().Count());
    }
}
