using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Learning;
using Quantum.Roles.Tests.Ai;

namespace Quantum.Roles.Tests.Learning;

/// <summary>The table of when the supervisor asks for a model.</summary>
public sealed class ModelSupervisorTests
{
    private const long Start = TestCandles.Start;
    private const long MinuteMs = 60_000;
    private const long HourMs = 60 * MinuteMs;
    private static readonly Symbol s_near = Symbol.Parse("NEARUSDT");
    private ModelSupervisorRole _role = null!;
    private readonly RoleBench _bench;

    public ModelSupervisorTests()
    {
        _bench = new RoleBench(() => _role = new ModelSupervisorRole());
        _bench.Clock(Start - MinuteMs);
    }

    [Fact]
    public void The_first_look_only_looks_for_a_history_may_still_be_read()
    {
        var bench = new RoleBench(() => new ModelSupervisorRole());
        bench.Send(StreamCatalog.DecisionMade, new DecisionMade
        {
            Symbol = s_near, Action = DecisionAction.Hold, Confidence = 0.5, ReasonCode = "no_model",
            Regime = Regime.Unknown,
        }, Start);
        Assert.Empty(bench.Clock(Start).Of(StreamCatalog.ModelRetrain));
        Assert.Single(bench.Clock(Start + MinuteMs).Of(StreamCatalog.ModelRetrain));
    }

    [Fact]
    public void Nothing_is_asked_for_while_nobody_misses_a_model() => Assert.Null(Look(Start));

    [Fact]
    public void A_missing_model_is_asked_for_at_the_next_look_and_once()
    {
        Miss(Start);
        var job = Look(Start + MinuteMs)!.Value;
        Assert.Equal(("outcome-linear", "warm_up"), (job.ModelName, job.Reason));
        Assert.Null(job.ModelVersion);
        Miss(Start + 2 * MinuteMs);
        _bench.Restart();
        Assert.Null(Look(Start + 2 * MinuteMs));
    }

    [Fact]
    public void After_too_little_data_it_asks_again_every_half_hour()
    {
        Miss(Start);
        var at = Start + MinuteMs;
        for (var round = 0; round < 8; round++)
        {
            Fail(Look(at)!.Value.JobId, "too_little_data", at);
            Assert.Null(Look(at + 29 * MinuteMs));
            _bench.Restart();
            at += 30 * MinuteMs;
        }
    }

    [Fact]
    public void While_a_history_is_read_it_asks_again_at_the_next_look()
    {
        Miss(Start);
        Fail(Look(Start + MinuteMs)!.Value.JobId, "candles_behind", Start + MinuteMs);
        Assert.NotNull(Look(Start + 2 * MinuteMs));
    }

    [Fact]
    public void After_other_failures_it_waits_twice_as_long_each_time_up_to_eight_hours()
    {
        Miss(Start);
        var at = Start + MinuteMs;
        foreach (var minutes in new[] { 30, 60, 120, 240, 480, 480 })
        {
            Fail(Look(at)!.Value.JobId, "unknown_model", at);
            Assert.Null(Look(at + (minutes - 1) * MinuteMs));
            at += minutes * MinuteMs;
        }
    }

    [Fact]
    public void A_job_that_is_never_answered_counts_as_failed()
    {
        Miss(Start);
        var first = Look(Start + MinuteMs)!.Value;
        Assert.Null(Look(Start + 60 * MinuteMs));
        Assert.Null(Look(Start + 61 * MinuteMs));
        Assert.Equal(1, _bench.Counts["retraining/unanswered"]);
        Assert.NotEqual(first.JobId, Look(Start + 91 * MinuteMs)!.Value.JobId);
    }

    [Fact]
    public void A_model_that_cannot_be_read_is_none_and_asked_for_again_after_a_pause()
    {
        Miss(Start);
        var job = Look(Start + MinuteMs)!.Value;
        _bench.Send(StreamCatalog.RetrainingCompleted, TestModels.Always(0.6).Announced(job.JobId) with
        {
            Artifact = "{}",
        }, Start + MinuteMs);
        Assert.Equal(1, _bench.Counts["retraining/invalid_artifact"]);
        Assert.Null(Look(Start + 30 * MinuteMs));
        Assert.Equal("warm_up", Look(Start + 31 * MinuteMs)!.Value.Reason);
    }

    [Fact]
    public void A_model_that_fits_nobody_is_asked_for_anew()
    {
        Miss(Start, "feature_mismatch");
        Assert.Equal("feature_mismatch", Look(Start + MinuteMs)!.Value.Reason);
    }

    [Fact]
    public void A_complaint_from_before_the_model_was_taken_up_is_none()
    {
        Complete(Start);
        Miss(Start + MinuteMs);
        Assert.Null(Look(Start + 2 * MinuteMs));
        Miss(Start + 3 * MinuteMs);
        Assert.Equal("warm_up", Look(Start + 4 * MinuteMs)!.Value.Reason);
    }

    [Fact]
    public void A_model_is_renewed_after_a_day()
    {
        Complete(Start);
        Assert.Null(Look(Start + 24 * HourMs - MinuteMs));
        var job = Look(Start + 24 * HourMs)!.Value;
        Assert.Equal(("schedule", "v1"), (job.Reason, job.ModelVersion));
        Fail(job.JobId, "unknown_model", Start + 24 * HourMs);
        Assert.Null(Look(Start + 24 * HourMs + 29 * MinuteMs));
        Assert.Equal("schedule", Look(Start + 24 * HourMs + 30 * MinuteMs)!.Value.Reason);
    }

    [Fact]
    public void A_model_that_has_not_proved_itself_is_tried_again_after_half_a_day_and_complained_of_by_nobody()
    {
        Complete(Start, isInForce: false);
        for (var i = 0; i < 9; i++) Close(-1, at: Start);
        Assert.Null(Look(Start + 12 * HourMs - MinuteMs));
        Assert.Equal("not_in_force", Look(Start + 12 * HourMs)!.Value.Reason);
    }

    [Fact]
    public void What_was_entered_to_learn_makes_no_streak()
    {
        Complete(Start);
        for (var i = 0; i < 9; i++) Close(-1, at: Start, exploration: true);
        Assert.Null(Look(Start + MinuteMs));
    }

    [Fact]
    public void Five_losses_in_a_row_of_the_version_in_force_call_for_another_one()
    {
        Complete(Start);
        for (var i = 0; i < 4; i++) Close(-1, at: Start);
        for (var i = 0; i < 5; i++) Close(-1, "v0", Start);
        Assert.Null(Look(Start + MinuteMs));
        Close(-1, at: Start);
        var job = Look(Start + 2 * MinuteMs)!.Value;
        Assert.Equal("loss_streak", job.Reason);

        Fail(job.JobId, "unknown_model", Start + 2 * MinuteMs);
        Assert.Null(Look(Start + 4 * HourMs));
        Assert.Equal("loss_streak", Look(Start + 2 * MinuteMs + 4 * HourMs)!.Value.Reason);
    }

    [Fact]
    public void A_gain_ends_the_streak()
    {
        Complete(Start);
        foreach (var pnl in new[] { -1m, -1, -1, -1, 2, -1, -1 }) Close(pnl, at: Start);
        Assert.Null(Look(Start + MinuteMs));
    }

    [Theory]
    [InlineData(0.6, false, "drift")]
    [InlineData(0.6, true, null)]
    [InlineData(0.5, false, null)]
    public void Signals_that_come_true_less_than_they_should_are_drift(double confidence, bool rises, string? reason)
    {
        Complete(Start);
        var end = Signals(600, confidence, rises);
        Assert.Equal(reason, Look(end)?.Reason);
    }

    [Fact]
    public void Too_few_signals_are_no_drift_and_a_new_model_starts_afresh()
    {
        Complete(Start);
        var end = Signals(400, 0.6, rises: false);
        Assert.Null(Look(end));
        end = Signals(600, 0.6, rises: false);
        Complete(end, "v2");
        Assert.Null(Look(end + MinuteMs));
    }

    [Fact]
    public void A_restart_in_the_middle_of_the_signals_changes_nothing()
    {
        Complete(Start);
        var end = Signals(600, 0.6, rises: false, restartAt: 300);
        Assert.Equal("drift", Look(end)!.Value.Reason);
    }

    [Fact]
    public void Statistics_are_kept_by_version()
    {
        Complete(Start);
        Signals(20, 0.6, rises: true);
        _bench.Send(StreamCatalog.DecisionMade, new DecisionMade
        {
            Symbol = s_near, Action = DecisionAction.Enter, Side = Side.Buy, Confidence = 0.6,
            ReasonCode = "worth_its_cost", Regime = Regime.Bull, ModelVersion = "v1",
        }, Start);
        Close(2, at: Start, r: 2);
        Close(-1, at: Start, r: -1);
        Close(-1, at: Start);
        Close(-1, version: null, at: Start);
        _bench.Restart();
        var (version, record) = Assert.Single(_role.Versions);
        Assert.Equal("v1", version);
        Assert.Equal((20L, 1L, 3, 1), (record.Signals, record.Adopted, record.Trades, record.Wins));
        Assert.Equal(1.0 / 3, record.WinRate()!.Value, 12);
        Assert.Equal(0.5, record.MeanR()!.Value, 12);
        Assert.Equal(0m, record.PnlUsd);
        Assert.Equal(2, record.LossesInARow);
        Assert.Equal(1, _bench.Counts["trade_not_credited/no_model_version"]);
    }

    [Fact]
    public void The_sizing_policys_trainings_are_kept_too()
    {
        _bench.Send(StreamCatalog.TrainingStarted, new TrainingStarted
        {
            RunId = "r1", PolicyName = "sizing", Episodes = 10, Trigger = "trades",
        }, Start);
        _bench.Send(StreamCatalog.TrainingCompleted, new TrainingCompleted
        {
            RunId = "r1", PolicyName = "sizing", Success = false, Episodes = 10, Error = "too few",
        }, Start);
        _bench.Send(StreamCatalog.TrainingCompleted, new TrainingCompleted
        {
            RunId = "r2", PolicyName = "sizing", Success = true, PolicyVersion = "p2", Artifact = "{}", Episodes = 20,
        }, Start);
        string? saved = null;
        _role.State.SaveAll((field, value) => saved = field == "policy"
            ? JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(value)) : saved);
        Assert.Equal("""{"started":1,"succeeded":1,"failed":1,"version":"p2","last_error":"too few"}""", saved);
    }

    [Theory]
    [InlineData("LookEveryMs")]
    [InlineData("LossStreak")]
    [InlineData("DriftBrier")]
    public void An_impossible_setting_is_refused_by_name(string name)
    {
        var settings = name switch
        {
            "LookEveryMs" => new SupervisorSettings { LookEveryMs = 0 },
            "LossStreak" => new SupervisorSettings { LossStreak = 0 },
            _ => new SupervisorSettings { DriftBrier = 0 },
        };
        var error = Assert.Throws<ArgumentException>(() => new ModelSupervisorRole(settings));
        Assert.StartsWith($"ModelSupervisor:{name} is ", error.Message, StringComparison.Ordinal);
    }

    private ModelRetrain? Look(long atMs)
    {
        var jobs = _bench.Clock(atMs).Of(StreamCatalog.ModelRetrain);
        return jobs.Count == 0 ? null : Assert.Single(jobs);
    }

    private void Miss(long atMs, string reason = "no_model") =>
        _bench.Send(StreamCatalog.DecisionMade, new DecisionMade
        {
            Symbol = s_near, Action = DecisionAction.Hold, Confidence = 0.5, ReasonCode = reason,
            Regime = Regime.Unknown,
        }, atMs);

    private void Fail(string jobId, string reason, long atMs) =>
        _bench.Send(StreamCatalog.RetrainingFailed, new RetrainingFailed
        {
            JobId = jobId, ModelName = "outcome-linear", ReasonCode = reason, Error = "test", Samples = 1,
        }, atMs);

    private void Complete(long atMs, string version = "v1", bool isInForce = true) => _bench.Send(
        StreamCatalog.RetrainingCompleted, TestModels.Always(0.6, version).Announced(isInForce: isInForce), atMs);

    private void Close(
        decimal pnlUsd, string? version = "v1", long at = Start, double? r = null, bool exploration = false) =>
        _bench.Send(StreamCatalog.TradeClosed, LearningSamples.Trade("sig") with
        {
            PnlUsd = pnlUsd, ModelVersion = version, RMultiple = r, Exploration = exploration,
        }, at);

    /// <summary>Buy signals candle by candle in a market that only rises or only falls; answers the end.</summary>
    private long Signals(int count, double confidence, bool rises, int restartAt = -1)
    {
        var at = Start;
        for (var i = 0; i < count; i++)
        {
            if (i == restartAt) _bench.Restart();
            at = Start + i * MinuteMs;
            _bench.Send(StreamCatalog.SignalGenerated, new SignalGenerated
            {
                Symbol = s_near, Side = Side.Buy, Confidence = confidence, Price = rises ? 100 + i : 1_000 - i,
                CandleCloseTimeMs = at, ModelName = "outcome-linear", ModelVersion = "v1", FeatureHash = "x",
            }, at);
        }

        return at;
    }
}
