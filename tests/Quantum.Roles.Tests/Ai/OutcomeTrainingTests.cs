using Quantum.Contracts.Settings;
using Quantum.Contracts.Units;
using Quantum.Roles.Ai.Features;
using Quantum.Roles.Ai.Model;
using Quantum.Roles.Ai.Plans;
using Quantum.Roles.Learning;
using Xunit.Abstractions;

namespace Quantum.Roles.Tests.Ai;

/// <summary>What training learns, what it takes for proof, what it refuses, and what the artefact carries.</summary>
public sealed class OutcomeTrainingTests(ITestOutputHelper output)
{
    private const long HorizonMs = 15 * Candle.LengthMs;
    private static readonly TrainingSettings s_settings = new();
    private static readonly EntryPlanSettings s_plan = new() { HoldMs = HorizonMs };
    private static readonly Lazy<OutcomeModel> s_learnt = new(() => Trained(SamplesOf(Walks(pull: 0.1))));

    [Fact]
    public void A_market_that_comes_back_beats_the_base_rate_by_far()
    {
        var metrics = s_learnt.Value.Metrics;
        output.WriteLine(metrics.ToString());
        Assert.True(metrics.LogLoss < metrics.BaseLogLoss - 0.005, $"log loss {metrics.LogLoss}");
        Assert.True(metrics.Evidence > s_settings.LeastEvidence, $"evidence {metrics.Evidence}");
        Assert.True(metrics.Accuracy > 0.54, $"accuracy {metrics.Accuracy}");
        Assert.True(metrics.BaseLogLoss <= Math.Log(2) + 1e-9, $"base {metrics.BaseLogLoss} is worse than a coin");
    }

    [Fact]
    public void Of_twenty_random_walks_one_at_most_proves_anything()
    {
        var proofs = Enumerable.Range(0, 20).Select(i => Trained(SamplesOf(
            Enumerable.Range(0, 3).Select(symbol => TestCandles.Walk(2_000, (ulong)(1_000 + 10 * i + symbol))),
            stride: 5)).Metrics.Evidence).ToArray();
        output.WriteLine(string.Join(" ", proofs.Order().Select(p => $"{p:0.0}")));
        Assert.InRange(proofs.Count(proof => proof >= s_settings.LeastEvidence), 0, 1);
    }

    [Fact]
    public void The_same_moves_under_ten_names_prove_no_more_than_under_one()
    {
        var walk = TestCandles.Walk(3_000, 1, pull: 0.1);
        var one = Trained(SamplesOf([walk])).Metrics;
        var ten = Trained(SamplesOf(Enumerable.Repeat(walk, 10))).Metrics;
        Assert.Equal(10 * one.Samples, ten.Samples);
        Assert.Equal(one.IndependentOutcomes, ten.IndependentOutcomes, one.IndependentOutcomes * 0.01);
        Assert.Equal(one.Evidence, ten.Evidence, 0.05);
    }

    [Fact]
    public void Overlapping_labels_are_no_more_outcomes_than_horizons_pass()
    {
        var walk = TestCandles.Walk(3_000, 1);
        var all = Independence.Count(SamplesOf([walk]).Samples, HorizonMs);
        Assert.InRange(all, 2_800 / 15.0 - 15, 3_000 / 15.0);
        Assert.Equal(all, Independence.Count(SamplesOf([walk], stride: 15).Samples, HorizonMs), all * 0.03);
        var other = Independence.Count(SamplesOf([walk, TestCandles.Walk(3_000, 2)]).Samples, HorizonMs);
        Assert.InRange(other / all, 1.6, 2.0);
    }

    [Fact]
    public void Too_short_a_time_proves_nothing_however_many_samples()
    {
        var blocks = SamplesOf(Enumerable.Range(1, 5).Select(seed =>
            TestCandles.Walk(90 + 15 * 4 * (Evidence.LeastBlocks - 2), (ulong)seed, pull: 0.4)));
        Assert.Equal(0, Trained(blocks).Metrics.Evidence);
    }

    [Fact]
    public void Confidence_on_candles_never_seen_does_not_promise_more_than_comes_true()
    {
        var model = s_learnt.Value;
        var fresh = SamplesOf(Enumerable.Range(100, 4).Select(seed => TestCandles.Walk(2_000, (ulong)seed, pull: 0.1)));
        var bold = fresh.Samples.Where(s => Math.Abs(Up(model, fresh, s) - 0.5) > 0.05).ToArray();
        Assert.True(bold.Length > 500, $"{bold.Length} bold predictions");
        var said = bold.Average(s => Math.Max(Up(model, fresh, s), 1 - Up(model, fresh, s)));
        var was = bold.Average(s => Up(model, fresh, s) > 0.5 == s.Rose ? 1.0 : 0.0);
        output.WriteLine($"said {said}, was {was}");
        Assert.InRange(said, 0.55, was + 0.03);
    }

    [Fact]
    public void The_expected_result_on_candles_never_seen_is_what_the_trades_make()
    {
        var model = s_learnt.Value;
        var fresh = SamplesOf(Enumerable.Range(100, 4).Select(seed => TestCandles.Walk(2_000, (ulong)seed, pull: 0.1)));
        double said = 0, made = 0;
        foreach (var sample in fresh.Samples)
        {
            var buy = model.Expect(fresh.FeaturesOf(in sample), Side.Buy);
            var sell = model.Expect(fresh.FeaturesOf(in sample), Side.Sell);
            Assert.Equal(1, buy.Probability + sell.Probability, 1e-12);
            said += Math.Max(buy.ResultR, sell.ResultR) / fresh.Count;
            made += (buy.ResultR >= sell.ResultR ? sample.LongR : sample.ShortR) / fresh.Count;
        }

        output.WriteLine($"said {said} R, made {made} R");
        Assert.True(made > 0, $"{made} R");
        Assert.InRange(said / made, 0.6, 1.4);
    }

    [Fact]
    public void The_error_of_an_expected_result_falls_with_the_outcomes_it_was_learnt_from()
    {
        var little = Trained(SamplesOf(Walks(pull: 0).Take(1).Select(walk => walk[..1_000]), stride: 5));
        var much = Trained(SamplesOf(Walks(pull: 0), stride: 5));
        var samples = SamplesOf(Walks(pull: 0));
        var features = samples.FeaturesOf(samples.Samples[500]);
        var (wide, narrow) = (little.Expect(features, Side.Buy).ErrorR, much.Expect(features, Side.Buy).ErrorR);
        output.WriteLine($"{wide} R, {narrow} R");
        Assert.True(narrow < wide * 0.8, $"{wide} R, {narrow} R");
        Assert.True(narrow > 0);
    }

    [Fact]
    public void The_same_candles_give_the_same_artefact_and_version()
    {
        var first = Trained(SamplesOf(Walks(pull: 0.1), stride: 5));
        Assert.Equal(first.ToArtifact(), Trained(SamplesOf(Walks(pull: 0.1), stride: 5)).ToArtifact());
        Assert.NotEqual(first.Version, Trained(SamplesOf(Walks(pull: 0.11), stride: 5)).Version);
    }

    [Fact]
    public void The_artefact_carries_its_provenance_and_comes_back_unchanged()
    {
        var model = s_learnt.Value;
        var back = OutcomeModel.FromArtifact(model.ToArtifact(), out _)!;
        Assert.Equal(model.ToArtifact(), back.ToArtifact());
        Assert.Equal(("outcome-linear", FeatureSet.Hash, 15), (back.Name, back.FeatureHash, back.HorizonCandles));
        Assert.Equal(Candle.LengthMs, back.IntervalMs);
        Assert.Equal(["A", "B", "C", "D", "E"], back.Symbols);
        Assert.True(back.TrainedFromMs < back.TrainedToMs);
        Assert.Matches(@"^\d{12}-\d+-[0-9a-f]{8}$", back.Version);
        Assert.True(model.ToArtifact().Length < 8_000);
    }

    [Fact]
    public void A_model_of_other_features_refuses_to_predict()
    {
        var model = s_learnt.Value with { FeatureHash = "0123456789abcdef" };
        var error = Assert.Throws<InvalidOperationException>(
            () => model.Expect(new double[FeatureSet.Count], Side.Buy));
        Assert.Contains("0123456789abcdef", error.Message, StringComparison.Ordinal);
    }

    private static readonly Dictionary<string, Func<OutcomeModel, OutcomeModel>> s_damage = new()
    {
        [$"2 weights for {FeatureSet.Directional.Count} features"] = m => m with { Weights = [1, 2] },
        [$"0 deviations for {FeatureSet.Directional.Count}"] = m => m with { Deviations = [] },
        ["deviations are not all above 0"] = m => m with { Deviations = [.. m.Deviations.Select(_ => 0.0)] },
        [$"1 covariances for {FeatureSet.Directional.Count}"] = m => m with { Factor = [1] },
        ["spread 0 R is not above 0"] = m => m with { SpreadR = 0 },
        ["interval of 0 ms"] = m => m with { IntervalMs = 0 },
        ["horizon of 0 candles"] = m => m with { HorizonCandles = 0 },
        ["no version"] = m => m with { Version = "" },
    };

    public static TheoryData<string> Broken => [.. s_damage.Keys];

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_artefact_is_refused_by_name(string problem)
    {
        Assert.Null(OutcomeModel.FromArtifact(s_damage[problem](s_learnt.Value).ToArtifact(), out var fault));
        Assert.Contains(problem, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"name\":\"outcome-linear\"}")]
    public void What_is_no_artefact_is_refused(string text)
    {
        Assert.Null(OutcomeModel.FromArtifact(text, out var fault));
        Assert.Equal("it is not the JSON of an outcome model", fault);
    }

    [Fact]
    public void Too_little_data_is_said_with_numbers()
    {
        var outcome = new OutcomeTraining().Train(SamplesOf([TestCandles.Walk(120, 1)]), s_settings);
        Assert.Equal("too_little_data", outcome.ReasonCode);
        Assert.Contains("at least 48", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_learnt_from_shares_no_time_with_what_is_held_out()
    {
        var samples = SamplesOf(Walks(pull: 0)).Samples;
        var folds = PurgedFolds.Split(samples, 5, HorizonMs).ToArray();
        Assert.Equal(samples, folds.SelectMany(fold => samples.Take(fold.From..fold.To)));
        foreach (var fold in folds)
        {
            var (from, to) = (samples[fold.From].AtMs, samples[fold.To - 1].AtMs);
            Sample[] learnt = [.. samples.Take(fold.LearntTo), .. samples.Skip(fold.LearntFrom)];
            Assert.DoesNotContain(learnt, s => s.AtMs > from - HorizonMs && s.AtMs < to + HorizonMs);
            Assert.InRange(learnt.Length, samples.Count * 0.78, samples.Count * 0.8);
        }
    }

    [Fact]
    public void A_training_leaves_nothing_to_the_next_one_in_its_room()
    {
        var (first, second) = (Walks(pull: 0.1).First()[..1_500], TestCandles.Walk(900, 77));
        var (room, samples) = (new OutcomeTraining(), new SampleSet(s_plan));
        foreach (var walk in new[] { first, second, first })
        {
            samples.Reset(1);
            samples.Add("A", walk);
            samples.Sort();
            var alone = new OutcomeTraining().Train(SamplesOf([walk]), s_settings).Model!;
            Assert.Equal(alone.Version, room.Train(samples, s_settings).Model!.Version);
        }
    }

    [Fact]
    public void No_sample_reaches_across_a_gap()
    {
        var whole = TestCandles.Walk(400, 1);
        var samples = SamplesOf([[.. whole.Take(200), .. whole.Skip(201)]]);
        // Both sides of the gap warm up by themselves, and the last horizon before it has no label.
        Assert.True(samples.Count <= (200 - 89 - 15) + (199 - 89 - 15));
        Assert.DoesNotContain(samples.Samples, s =>
            s.AtMs > whole[199 - 15].CloseTimeMs && s.AtMs < whole[201 + 89].CloseTimeMs);
        Assert.True(samples.Count > 180, $"{samples.Count}");
    }

    [Fact]
    public void Mirrored_candles_give_the_same_model()
    {
        var walks = Walks(pull: 0.1).ToArray();
        var model = Trained(SamplesOf(walks, stride: 5));
        var mirrored = Trained(SamplesOf(walks.Select(w => w.Select(c => c with
        {
            Open = 1 / c.Open, High = 1 / c.Low, Low = 1 / c.High, Close = 1 / c.Close,
        }).ToArray()), stride: 5));
        // Barriers are fractions of the price, which a mirror bends a little.
        for (var i = 0; i < model.Weights.Count; i++)
            Assert.Equal(model.Weights[i], mirrored.Weights[i], 0.02 * model.SpreadR);
    }

    [Theory]
    [InlineData("LeastSamples")]
    [InlineData("MostSamples")]
    [InlineData("Folds")]
    [InlineData("LeastEvidence")]
    [InlineData("WeightSpread")]
    public void An_impossible_setting_is_refused_by_name(string name)
    {
        var settings = name switch
        {
            "LeastSamples" => s_settings with { LeastSamples = 19 },
            "MostSamples" => s_settings with { MostSamples = 47 },
            "Folds" => s_settings with { Folds = 1 },
            "LeastEvidence" => s_settings with { LeastEvidence = double.NaN },
            _ => s_settings with { WeightSpread = double.NaN },
        };
        var error = Assert.Throws<ArgumentException>(() => new ClmSettings { Training = settings }.Checked());
        Assert.StartsWith($"Clm:Training:{name} is ", error.Message, StringComparison.Ordinal);
    }

    private static double Up(OutcomeModel model, SampleSet samples, Sample sample) =>
        model.Expect(samples.FeaturesOf(in sample), Side.Buy).Probability;

    private static IEnumerable<Candle[]> Walks(double pull) =>
        Enumerable.Range(1, 5).Select(seed => TestCandles.Walk(3_000, (ulong)seed, pull: pull));

    private static SampleSet SamplesOf(IEnumerable<Candle[]> walks, int stride = 1)
    {
        var samples = new SampleSet(s_plan, stride);
        var name = 'A';
        foreach (var walk in walks) samples.Add(name++.ToString(), walk);
        samples.Sort();
        return samples;
    }

    private static OutcomeModel Trained(SampleSet samples)
    {
        var outcome = new OutcomeTraining().Train(samples, s_settings);
        Assert.True(outcome.Model is not null, outcome.Error);
        return outcome.Model!;
    }
}
