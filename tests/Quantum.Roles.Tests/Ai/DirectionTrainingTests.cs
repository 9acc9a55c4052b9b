using System.Diagnostics;
using Quantum.Roles.Ai.Features;
using Quantum.Roles.Ai.Model;
using Quantum.Roles.Learning;
using Xunit.Abstractions;

namespace Quantum.Roles.Tests.Ai;

/// <summary>What training learns, what it refuses, and what the artefact carries.</summary>
public sealed class DirectionTrainingTests(ITestOutputHelper output)
{
    private static readonly TrainingSettings s_settings = new();

    [Fact]
    public void A_market_that_comes_back_is_learnt_better_than_a_coin()
    {
        var model = Trained(SamplesOf(Walks(pull: 0.1)));
        output.WriteLine(model.Metrics.ToString());
        Assert.True(model.Metrics.LogLoss < Math.Log(2) - 0.01, $"log loss {model.Metrics.LogLoss}");
        Assert.True(model.Metrics.Accuracy > 0.55, $"accuracy {model.Metrics.Accuracy}");
        Assert.True(model.Metrics.Brier < 0.245, $"Brier {model.Metrics.Brier}");
    }

    [Fact]
    public void A_market_that_cannot_be_foretold_leaves_the_model_near_a_coin()
    {
        var model = Trained(SamplesOf(Walks(pull: 0)));
        output.WriteLine(model.Metrics.ToString());
        Assert.InRange(model.Metrics.LogLoss, Math.Log(2) - 0.02, Math.Log(2) + 0.02);
    }

    [Fact]
    public void Confidence_on_candles_never_seen_does_not_promise_more_than_comes_true()
    {
        var model = Trained(SamplesOf(Walks(pull: 0.1)));
        var fresh = SamplesOf(Enumerable.Range(100, 6).Select(seed => TestCandles.Walk(3000, (ulong)seed, pull: 0.1)));
        var bold = fresh.Samples.Where(s => Math.Abs(model.ProbabilityUp(s.Features) - 0.5) > 0.05).ToArray();
        Assert.True(bold.Length > 1_000, $"{bold.Length} bold predictions");
        var said = bold.Average(s => Math.Max(model.ProbabilityUp(s.Features), 1 - model.ProbabilityUp(s.Features)));
        var was = bold.Average(s => model.ProbabilityUp(s.Features) > 0.5 == s.Rose ? 1.0 : 0.0);
        output.WriteLine($"said {said}, was {was}");
        Assert.InRange(said, 0.55, was + 0.02);
    }

    [Fact]
    public void The_same_candles_give_the_same_artefact_and_version()
    {
        var first = Trained(SamplesOf(Walks(pull: 0.1)));
        var second = Trained(SamplesOf(Walks(pull: 0.1)));
        Assert.Equal(first.ToArtifact(), second.ToArtifact());
        Assert.NotEqual(first.Version, Trained(SamplesOf(Walks(pull: 0.11))).Version);
    }

    [Fact]
    public void The_artefact_carries_its_provenance_and_comes_back_unchanged()
    {
        var model = Trained(SamplesOf(Walks(pull: 0.1)));
        var back = DirectionModel.FromArtifact(model.ToArtifact(), out _)!;
        Assert.Equal(model.ToArtifact(), back.ToArtifact());
        Assert.Equal(("direction-logit", FeatureSet.Hash, 15), (back.Name, back.FeatureHash, back.HorizonCandles));
        Assert.Equal(["A", "B", "C"], back.Symbols);
        Assert.True(back.TrainedFromMs < back.TrainedToMs);
        Assert.Matches(@"^\d{12}-\d+-[0-9a-f]{8}$", back.Version);
        Assert.True(model.ToArtifact().Length < 8_000);
    }

    [Fact]
    public void A_model_of_other_features_refuses_to_predict()
    {
        var model = Trained(SamplesOf(Walks(pull: 0))) with { FeatureHash = "0123456789abcdef" };
        var error = Assert.Throws<InvalidOperationException>(() => model.ProbabilityUp(new double[FeatureSet.Count]));
        Assert.Contains("0123456789abcdef", error.Message, StringComparison.Ordinal);
    }

    private static readonly Dictionary<string, Func<DirectionModel, DirectionModel>> s_damage = new()
    {
        ["2 weights for 18 features"] = m => m with { Weights = [1, 2] },
        ["0 means for 18"] = m => m with { Means = [] },
        ["deviations are not all above 0"] = m => m with { Deviations = [.. m.Deviations.Select(_ => 0.0)] },
        ["calibration slope 0"] = m => m with { CalibrationSlope = 0 },
        ["horizon of 0 candles"] = m => m with { HorizonCandles = 0 },
        ["no version"] = m => m with { Version = "" },
    };

    public static TheoryData<string> Broken => [.. s_damage.Keys];

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_artefact_is_refused_by_name(string problem)
    {
        var artifact = s_damage[problem](Trained(SamplesOf(Walks(pull: 0)))).ToArtifact();
        Assert.Null(DirectionModel.FromArtifact(artifact, out var fault));
        Assert.Contains(problem, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"name\":\"direction-logit\"}")]
    public void What_is_no_artefact_is_refused(string text)
    {
        Assert.Null(DirectionModel.FromArtifact(text, out var fault));
        Assert.Equal("it is not the JSON of a direction model", fault);
    }

    [Fact]
    public void Too_little_data_is_said_with_numbers()
    {
        var outcome = DirectionTraining.Train(SamplesOf([TestCandles.Walk(300, 1)]), s_settings, null);
        Assert.Equal("too_little_data", outcome.ReasonCode);
        Assert.Contains("at least 720", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_is_no_better_than_the_one_in_force_is_refused()
    {
        var samples = SamplesOf(Walks(pull: 0.1));
        var inForce = Trained(samples);
        var outcome = DirectionTraining.Train(samples, s_settings, inForce);
        Assert.Equal("no_improvement", outcome.ReasonCode);
        Assert.Contains(inForce.Version, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_worse_model_in_force_is_replaced_and_one_of_other_features_always()
    {
        var samples = SamplesOf(Walks(pull: 0.1));
        var good = Trained(samples);
        var turned = good with { Weights = [.. good.Weights.Select(w => -w)] };
        Assert.NotNull(DirectionTraining.Train(samples, s_settings, turned).Model);
        Assert.NotNull(DirectionTraining.Train(samples, s_settings, good with { FeatureHash = "other" }).Model);
    }

    [Fact]
    public void Coefficients_that_do_not_settle_are_a_divergence()
    {
        var outcome = DirectionTraining.Train(
            SamplesOf(Walks(pull: 0.1)), s_settings with { MostIterations = 1 }, null);
        Assert.Equal("diverged", outcome.ReasonCode);
    }

    [Fact]
    public void The_parts_keep_a_horizon_apart_and_time_in_order()
    {
        var parts = TrainingParts.Split(SamplesOf(Walks(pull: 0)).Samples, s_settings);
        var horizonMs = s_settings.HorizonCandles * Candle.LengthMs;
        Assert.True(parts.Fit[^1].AtMs + horizonMs < parts.Calibration[0].AtMs);
        Assert.True(parts.Calibration[^1].AtMs + horizonMs < parts.Judgement[0].AtMs);
        Assert.True(parts.Smallest > 500);
    }

    [Fact]
    public void No_sample_reaches_across_a_gap()
    {
        var whole = TestCandles.Walk(400, 1);
        var samples = SamplesOf([[.. whole.Take(200), .. whole.Skip(201)]]);
        // Both sides of the gap warm up by themselves, and the last horizon before it has no label.
        var ties = whole.Length;
        Assert.True(samples.Count <= (200 - 89 - 15) + (199 - 89 - 15));
        Assert.DoesNotContain(samples.Samples, s =>
            s.AtMs > whole[199 - 15].CloseTimeMs && s.AtMs < whole[201 + 89].CloseTimeMs);
        Assert.True(samples.Count > 180, $"{samples.Count} of {ties}");
    }

    [Fact]
    public void Mirrored_candles_give_a_mirrored_model()
    {
        var walks = Walks(pull: 0.1).ToArray();
        var model = Trained(SamplesOf(walks));
        var mirrored = Trained(SamplesOf(walks.Select(w => w.Select(c => c with
        {
            Open = 1 / c.Open, High = 1 / c.Low, Low = 1 / c.High, Close = 1 / c.Close,
        }).ToArray())));
        Assert.Equal(model.Metrics.LogLoss, mirrored.Metrics.LogLoss, 1e-6);
        for (var i = 0; i < FeatureSet.Count; i++)
        {
            // The label turns round: what tells a direction keeps its coefficient, what does not changes its sign.
            var sign = FeatureSet.All[i].Parity == FeatureParity.Odd ? 1 : -1;
            Assert.Equal(sign * model.Weights[i], mirrored.Weights[i], 1e-6);
        }
    }

    [Fact]
    public void Three_days_of_four_recorded_symbols_train_in_well_under_a_second()
    {
        var recorded = new[] { "BTCUSDT", "ETHUSDT", "NEARUSDT", "SOLUSDT" }.Select(RecordedCandles.Find).ToArray();
        var walks = recorded.Contains(null)
            ? [.. Enumerable.Range(1, 4).Select(seed => TestCandles.Walk(4_320, (ulong)seed))]
            : recorded.Select(c => c![..4_320]).ToArray();
        Trained(SamplesOf(walks));
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var samples = SamplesOf(walks);
        var featuresMs = clock.ElapsedMilliseconds;
        var outcome = DirectionTraining.Train(samples, s_settings, null);
        var cpuMs = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds;
        output.WriteLine($"{samples.Count} samples: features {featuresMs} ms, all {clock.ElapsedMilliseconds} ms");
        output.WriteLine($"processor time {cpuMs} ms");
        output.WriteLine($"slope {outcome.Model!.CalibrationSlope}, {outcome.Model.Metrics}");
        Assert.True(clock.ElapsedMilliseconds < 5_000, $"{clock.ElapsedMilliseconds} ms on any machine is too long");
    }

    [Theory]
    [InlineData("HorizonCandles")]
    [InlineData("LeastSamples")]
    [InlineData("MostSamples")]
    [InlineData("FitShare")]
    [InlineData("CalibrationShare")]
    [InlineData("WeightSpread")]
    [InlineData("MostIterations")]
    public void An_impossible_setting_is_refused_by_name(string name)
    {
        var settings = name switch
        {
            "HorizonCandles" => s_settings with { HorizonCandles = 0 },
            "LeastSamples" => s_settings with { LeastSamples = 99 },
            "MostSamples" => s_settings with { MostSamples = 719 },
            "FitShare" => s_settings with { FitShare = 1 },
            "CalibrationShare" => s_settings with { CalibrationShare = 0.35 },
            "WeightSpread" => s_settings with { WeightSpread = double.NaN },
            _ => s_settings with { MostIterations = 0 },
        };
        var error = Assert.Throws<ArgumentException>(() => new ClmRole(new() { Training = settings }));
        Assert.Contains($"{name} ", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("Clm:Training", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<Candle[]> Walks(double pull) =>
        Enumerable.Range(1, 3).Select(seed => TestCandles.Walk(2_000, (ulong)seed, pull: pull));

    private static SampleSet SamplesOf(IEnumerable<Candle[]> walks)
    {
        var samples = new SampleSet(s_settings.HorizonCandles);
        var name = 'A';
        foreach (var walk in walks) samples.Add(name++.ToString(), walk);
        samples.Sort();
        return samples;
    }

    private static DirectionModel Trained(SampleSet samples)
    {
        var outcome = DirectionTraining.Train(samples, s_settings, null);
        Assert.True(outcome.Model is not null, outcome.Error);
        return outcome.Model!;
    }
}
