using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Ai.Features;
using Quantum.Roles.Ai.Model;
using Quantum.Roles.Learning;
using Quantum.Roles.Tests.Ai;

namespace Quantum.Roles.Tests.Learning;

/// <summary>The table of what continuous learning answers to a job.</summary>
public sealed class ClmTests
{
    private static readonly Symbol s_near = Symbol.Parse("NEARUSDT");
    private static readonly Symbol s_sol = Symbol.Parse("SOLUSDT");
    private static readonly ClmSettings s_ofMinutes = new() { IntervalMs = Candle.LengthMs };
    private readonly RoleBench _bench = new(() => new ClmRole(s_ofMinutes));

    [Fact]
    public void A_job_without_candles_fails_for_too_little_data()
    {
        var sent = Ask("job-1", TestCandles.Start);
        var started = Assert.Single(sent.Of(StreamCatalog.RetrainingStarted));
        Assert.Equal(("job-1", "outcome-linear", "warm_up", 0),
            (started.JobId, started.ModelName, started.TriggerReason, started.Samples));
        var failed = Assert.Single(sent.Of(StreamCatalog.RetrainingFailed));
        Assert.Equal(("job-1", "too_little_data", 0), (failed.JobId, failed.ReasonCode, failed.Samples));
        Assert.Empty(sent.Of(StreamCatalog.RetrainingCompleted));
        Assert.Equal(1, _bench.Counts["retraining_failed/too_little_data"]);
    }

    [Fact]
    public void A_job_on_enough_candles_ends_with_the_model_in_the_event()
    {
        var at = Feed(_bench, 900);
        var sent = Ask("job-1", at);
        var trained = Assert.Single(sent.Of(StreamCatalog.RetrainingCompleted));
        var model = OutcomeModel.FromArtifact(trained.Artifact, out _)!;
        Assert.Equal(("job-1", model.Name, model.Version, FeatureSet.Hash),
            (trained.JobId, trained.ModelName, trained.ModelVersion, trained.FeatureHash));
        Assert.Equal((model.Metrics.LogLoss, model.Metrics.BaseLogLoss, model.Metrics.Accuracy),
            (trained.ValidationLogLoss, trained.BaseRateLogLoss, trained.ValidationAccuracy));
        Assert.Equal((model.Metrics.Evidence, (int)model.Metrics.IndependentOutcomes),
            (trained.Evidence, trained.IndependentOutcomes));
        Assert.Equal(["NEARUSDT", "SOLUSDT"], model.Symbols);
        Assert.Equal(1_798, trained.Samples);
        Assert.InRange(trained.Iterations, 2, 50);
        Assert.True(model.TrainedToMs < at);
    }

    [Theory]
    [InlineData(3 * 60_000, null)]
    [InlineData(3 * 60_000 + 1, "candles_behind")]
    public void While_a_history_is_still_read_nothing_is_learnt_from_its_beginning(long laterMs, string? reason)
    {
        var at = Feed(_bench, 900);
        var failed = Ask("job-1", at + laterMs).Of(StreamCatalog.RetrainingFailed);
        Assert.Equal(reason, failed.Count == 0 ? null : failed[0].ReasonCode);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1_000, false)]
    public void A_model_goes_into_force_on_enough_evidence_alone(double leastEvidence, bool isInForce)
    {
        // So strong a pull is proof in a day; whether it is enough, the setting says.
        var bench = new RoleBench(() => new ClmRole(s_ofMinutes with
        {
            Plan = new() { HoldMs = 5 * Candle.LengthMs },
            Training = new TrainingSettings { LeastEvidence = leastEvidence },
        }));
        var trained = Assert.Single(Ask("job-1", Feed(bench, 900), bench).Of(StreamCatalog.RetrainingCompleted));
        Assert.True(trained.Evidence > 0, $"evidence {trained.Evidence}");
        Assert.Equal(isInForce, trained.InForce);
    }

    [Fact]
    public void It_learns_from_candles_of_the_decision_interval()
    {
        var bench = new RoleBench(() => new ClmRole(s_ofMinutes with { IntervalMs = 5 * Candle.LengthMs }));
        var at = Feed(bench, 1_500);
        var trained = Assert.Single(Ask("job-1", at, bench).Of(StreamCatalog.RetrainingCompleted));
        var model = OutcomeModel.FromArtifact(trained.Artifact, out _)!;
        Assert.Equal((5 * Candle.LengthMs, 6), (model.IntervalMs, model.HorizonCandles));
        Assert.InRange(trained.Samples, 2 * 297, 2 * 300);
    }

    [Fact]
    public void Another_models_job_is_refused_by_name()
    {
        var job = new ModelRetrain { JobId = "job-1", ModelName = "prophet", Reason = "schedule" };
        var sent = _bench.Send(StreamCatalog.ModelRetrain, job, TestCandles.Start);
        var failed = Assert.Single(sent.Of(StreamCatalog.RetrainingFailed));
        Assert.Equal("unknown_model", failed.ReasonCode);
        Assert.Contains("'prophet'", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_delivered_twice_is_done_once_even_after_a_restart()
    {
        Ask("job-1", TestCandles.Start);
        _bench.Restart();
        Assert.Equal(0, Ask("job-1", TestCandles.Start).Total);
        Assert.Equal(1, _bench.Counts["job_ignored/answered_before"]);
    }

    [Fact]
    public void A_candle_still_under_way_does_not_change_what_is_learnt()
    {
        var early = new RoleBench(() => new ClmRole(s_ofMinutes));
        var at = Feed(_bench, 900);
        Feed(early, 899);
        Assert.Equal(
            Ask("job-1", at, early).Of(StreamCatalog.RetrainingCompleted)[0].Artifact,
            Ask("job-1", at).Of(StreamCatalog.RetrainingCompleted)[0].Artifact);
    }

    [Fact]
    public void A_restart_in_the_middle_changes_nothing()
    {
        var other = new RoleBench(() => new ClmRole(s_ofMinutes));
        var at = Feed(_bench, 900);
        Feed(other, 900, restartAt: 333);
        Assert.Equal(
            Ask("job-1", at).Of(StreamCatalog.RetrainingCompleted)[0],
            Ask("job-1", at, other).Of(StreamCatalog.RetrainingCompleted)[0]);
    }

    [Fact]
    public void The_window_is_bounded_and_a_commit_writes_one_small_chunk()
    {
        var role = new ClmRole(s_ofMinutes with { WindowMs = 6 * 3_600_000, WindowCandles = 1 });
        var stored = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var most = 0;
        foreach (var candle in TestCandles.Walk(2_000, 1))
        {
            Handle(role, candle.Kline(s_near));
            var written = 0;
            role.State.SaveTouched((field, value) =>
            {
                written += value?.Length ?? 0;
                if (value is null) stored.Remove(field);
                else stored[field] = value.Length;
            });
            most = Math.Max(most, written);
        }

        Assert.InRange(stored.Count, 6, 6 + 4);
        Assert.True(most < 4_000, $"{most} bytes in one commit");
    }

    [Fact]
    public void More_candles_than_allowed_are_thinned_by_the_minute()
    {
        var settings = s_ofMinutes with { Training = new TrainingSettings { LeastSamples = 200, MostSamples = 700 } };
        var bench = new RoleBench(() => new ClmRole(settings));
        var sent = Ask("job-1", Feed(bench, 900), bench);
        var model = OutcomeModel.FromArtifact(sent.Of(StreamCatalog.RetrainingCompleted)[0].Artifact, out _)!;
        Assert.InRange(model.Samples, 200, 700);
    }

    [Fact]
    public void A_candle_that_comes_twice_is_ignored_and_counted()
    {
        var candle = TestCandles.Walk(1, 1)[0];
        _bench.Send(StreamCatalog.MarketKlines, candle.Kline(s_near), candle.CloseTimeMs);
        _bench.Send(StreamCatalog.MarketKlines, candle.Kline(s_near), candle.CloseTimeMs);
        Assert.Equal(1, _bench.Counts["candle_ignored/not_newer"]);
        Assert.Equal(1, Ask("job-1", candle.CloseTimeMs + 60_000).Of(StreamCatalog.RetrainingStarted)[0].Samples);
    }

    [Fact]
    public void An_impossible_setting_is_refused_by_name()
    {
        Expect("Clm:WindowMs is 1: ", new ClmSettings { WindowMs = 1 });
        Expect("Clm:IntervalMs is 0: ", new ClmSettings { IntervalMs = 0 });
        Expect("Clm:WindowCandles is 0: ", new ClmSettings { WindowCandles = 0 });
        Expect("Clm:SettleMs is -1: ", new ClmSettings { SettleMs = -1 });
        static void Expect(string start, ClmSettings settings) => Assert.StartsWith(
            start, Assert.Throws<ArgumentException>(() => new ClmRole(settings)).Message, StringComparison.Ordinal);
    }

    private static void Handle(ClmRole role, MarketKline kline)
    {
        var subscription = (Quantum.Contracts.Flow.Subscription<MarketKline>)
            role.Subscriptions.Single(s => s.Stream == StreamCatalog.MarketKlines);
        subscription.Handle(in kline, default, new RecordingOutbox("test"));
    }

    /// <summary>Feeds two symbols; answers when the last candle ended.</summary>
    private static long Feed(RoleBench bench, int count, int restartAt = -1)
    {
        var near = TestCandles.Walk(count, 1, pull: 0.1);
        var sol = TestCandles.Walk(count, 2, pull: 0.1);
        for (var i = 0; i < count; i++)
        {
            if (i == restartAt) bench.Restart();
            bench.Send(StreamCatalog.MarketKlines, near[i].Kline(s_near), near[i].CloseTimeMs);
            bench.Send(StreamCatalog.MarketKlines, sol[i].Kline(s_sol), sol[i].CloseTimeMs);
        }

        return near[^1].CloseTimeMs;
    }

    private RecordingOutbox Ask(string jobId, long atMs, RoleBench? bench = null) =>
        (bench ?? _bench).Send(StreamCatalog.ModelRetrain, new ModelRetrain
        {
            JobId = jobId, ModelName = OutcomeModel.ModelName, Reason = "warm_up",
        }, atMs);
}
