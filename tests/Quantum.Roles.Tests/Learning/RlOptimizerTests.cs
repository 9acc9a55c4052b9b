using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.Roles.Learning;
using Quantum.Roles.Sizing;

namespace Quantum.Roles.Tests.Learning;

/// <summary>The table of what the optimiser makes of finished trades.</summary>
public sealed class RlOptimizerTests
{
    private const long Start = 1_765_000_000_000;
    private static readonly Symbol s_near = Symbol.Parse("NEARUSDT");
    private readonly RoleBench _bench = new(() => new RlOptimizerRole());
    private int _trades;

    [Fact]
    public void Ten_gains_of_one_state_move_its_share_up_and_the_policy_travels_in_the_event()
    {
        for (var i = 0; i < 9; i++) Assert.Equal(0, Trade(1.5).Total);
        var sent = Trade(1.5);
        var started = Assert.Single(sent.Of(StreamCatalog.TrainingStarted));
        Assert.Equal(("sizing", 10, "trades"), (started.PolicyName, started.Episodes, started.Trigger));
        var done = Assert.Single(sent.Of(StreamCatalog.TrainingCompleted));
        Assert.Equal((started.RunId, true, 10), (done.RunId, done.Success, done.Episodes));
        Assert.Null(done.Error);
        Assert.Equal(0.75 * 1.5, done.AvgReward!.Value, 12);
        Assert.True(done.FinalReward > done.AvgReward);

        Assert.True(WireJson.TryParse<SizingPolicy>(done.Artifact!, out var policy));
        Assert.Null(policy.Fault());
        Assert.Equal((done.PolicyVersion, 1.0), (policy.Version, policy.Table["Bull|High|Light"]));
    }

    [Fact]
    public void Trades_of_ten_different_states_teach_nothing_and_that_is_said()
    {
        RecordingOutbox sent = null!;
        foreach (var regime in new[] { "Bull", "Bear", "Range", "Volatile", "Uncertain" })
        {
            Trade(1, $"{regime}|High|Light");
            sent = Trade(1, $"{regime}|Low|Heavy");
        }

        var done = Assert.Single(sent.Of(StreamCatalog.TrainingCompleted));
        Assert.False(done.Success);
        Assert.Contains("10 trades", done.Error, StringComparison.Ordinal);
        Assert.Null(done.PolicyVersion);
        Assert.Null(done.Artifact);
        Assert.Null(done.FinalReward);
        Assert.Single(sent.Of(StreamCatalog.TrainingStarted));
    }

    [Fact]
    public void A_trade_without_its_size_or_its_risk_teaches_nothing_and_is_counted()
    {
        _bench.Send(StreamCatalog.TradeClosed, LearningSamples.Trade("unknown"), Start);
        Size("sig-x", "Bull|High|Light");
        _bench.Send(StreamCatalog.TradeClosed, LearningSamples.Trade("sig-x") with { RMultiple = null }, Start);
        Assert.Equal(1, _bench.Counts["trade_not_learnt/no_size"]);
        Assert.Equal(1, _bench.Counts["trade_not_learnt/no_r_multiple"]);
    }

    [Fact]
    public void A_refused_size_is_not_remembered_and_a_trade_counts_once()
    {
        _bench.Send(StreamCatalog.SizingDecided, new SizingDecided
        {
            Symbol = s_near, RequestId = "r", SignalId = "sig-r", Status = SizingStatus.Refused, Confidence = 0.6,
        }, Start);
        _bench.Send(StreamCatalog.TradeClosed, LearningSamples.Trade("sig-r"), Start);
        Size("sig-a", "Bull|High|Light");
        _bench.Send(StreamCatalog.TradeClosed, LearningSamples.Trade("sig-a"), Start);
        _bench.Send(StreamCatalog.TradeClosed, LearningSamples.Trade("sig-a"), Start);
        Assert.Equal(2, _bench.Counts["trade_not_learnt/no_size"]);
    }

    [Fact]
    public void Sizes_that_never_became_trades_do_not_pile_up()
    {
        Size("sig-old", "Bull|High|Light");
        for (var i = 0; i < 16; i++) Size($"sig-{i}", "Bull|High|Light");
        _bench.Send(StreamCatalog.TradeClosed, LearningSamples.Trade("sig-old"), Start);
        Assert.Equal(1, _bench.Counts["trade_not_learnt/no_size"]);
    }

    [Fact]
    public void A_restart_in_the_middle_changes_nothing()
    {
        RecordingOutbox Run(int restartAt)
        {
            var test = new RlOptimizerTests();
            RecordingOutbox last = null!;
            for (var i = 0; i < 20; i++)
            {
                if (i == restartAt) test._bench.Restart();
                last = test.Trade(i % 3 - 0.5);
            }

            return last;
        }

        Assert.Equal(
            Run(-1).Of(StreamCatalog.TrainingCompleted)[0], Run(7).Of(StreamCatalog.TrainingCompleted)[0]);
    }

    [Fact]
    public void Old_trades_are_forgotten()
    {
        var bench = new RoleBench(() => new RlOptimizerRole(new RlOptimizerSettings { HistoryTrades = 10 }));
        var test = new RlOptimizerTests();
        RecordingOutbox last = null!;
        for (var i = 0; i < 20; i++) last = test.Trade(1, bench: bench);
        Assert.Equal(10, last.Of(StreamCatalog.TrainingCompleted)[0].Episodes);
    }

    [Theory]
    [InlineData("TradesPerTraining")]
    [InlineData("HistoryTrades")]
    [InlineData("SizesPerSymbol")]
    public void An_impossible_setting_is_refused_by_name(string name)
    {
        var settings = name switch
        {
            "TradesPerTraining" => new RlOptimizerSettings { TradesPerTraining = 0 },
            "HistoryTrades" => new RlOptimizerSettings { HistoryTrades = 9 },
            _ => new RlOptimizerSettings { SizesPerSymbol = 0 },
        };
        var error = Assert.Throws<ArgumentException>(() => new RlOptimizerRole(settings));
        Assert.StartsWith($"RlOptimizer:{name} is ", error.Message, StringComparison.Ordinal);
    }

    private RecordingOutbox Trade(double r, string state = "Bull|High|Light", RoleBench? bench = null)
    {
        var signalId = $"sig-{_trades++}";
        Size(signalId, state, bench);
        return (bench ?? _bench).Send(
            StreamCatalog.TradeClosed, LearningSamples.Trade(signalId) with { RMultiple = r }, Start + _trades);
    }

    private void Size(string signalId, string state, RoleBench? bench = null) =>
        (bench ?? _bench).Send(StreamCatalog.SizingDecided, new SizingDecided
        {
            Symbol = s_near, RequestId = "r", SignalId = signalId, Status = SizingStatus.Decided, PositionSizeUsd = 100,
            Leverage = 2, RiskFraction = 0.01, Confidence = 0.7, StateKey = state, SizeFraction = 0.75,
        }, Start);
}
