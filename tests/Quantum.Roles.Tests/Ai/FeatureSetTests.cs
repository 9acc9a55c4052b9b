using System.Text.Json;
using FsCheck.Xunit;
using Quantum.Contracts.Wire;
using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Tests.Ai;

/// <summary>Features against their definitions, and what holds for every market.</summary>
public sealed class FeatureSetTests
{
    public static TheoryData<string> Names => [.. FeatureSet.Names];

    /// <summary>Against <see cref="ReferenceFeatures"/>, on walks of three seeds and lengths.</summary>
    [Theory, MemberData(nameof(Names))]
    public void A_feature_is_what_its_definition_gives(string name)
    {
        Assert.True(ReferenceFeatures.All.ContainsKey(name), $"{name} has no reference: add it to ReferenceFeatures.");
        foreach (var (candles, seed) in ((int, ulong)[])[(90, 42), (150, 7), (300, 4_711)])
        {
            var walk = TestCandles.Walk(candles, seed);
            var value = TestCandles.FeaturesOf(TestCandles.WindowOf(walk))[FeatureSet.Names.ToList().IndexOf(name)];
            Assert.Equal(ReferenceFeatures.All[name](walk), value, 1e-9);
        }
    }

    [Fact]
    public void What_the_model_looks_at_are_those_of_all_that_tell_a_direction()
    {
        var window = TestCandles.WindowOf(TestCandles.Walk(150, 42));
        var all = TestCandles.FeaturesOf(window);
        var directional = new double[FeatureSet.Directional.Count];
        FeatureSet.ComputeDirectional(window, directional);
        Assert.Equal(
            all.Where((_, place) => FeatureSet.All[place].Parity == FeatureParity.Odd), directional);
        Assert.InRange(directional.Length, 1, all.Length - 1);
    }

    [Fact]
    public void No_reference_stands_for_a_feature_that_is_gone() =>
        Assert.Equal(FeatureSet.Names.Order(), ReferenceFeatures.All.Keys.Order());

    [Fact]
    public void The_average_true_range_is_what_its_definition_gives()
    {
        var walk = TestCandles.Walk(150, 42);
        Assert.Equal(ReferenceFeatures.AtrFraction(walk), TestCandles.WindowOf(walk).AtrFraction(), 1e-12);
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
