using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Ai;
using Quantum.Roles.Ai.Features;
using Quantum.Roles.Learning;
using Quantum.Roles.Tests.Ai;
using Xunit.Abstractions;

namespace Quantum.Roles.Tests.Learning;

/// <summary>The AI, continuous learning and the supervisor together, fed with candles alone.</summary>
[Trait("Kind", "Walk")]
public sealed class LearningLoopTests(ITestOutputHelper output)
{
    [Fact]
    public void From_candles_alone_a_first_refusal_a_first_model_and_signals_follow_without_a_restart()
    {
        var loop = new Loop();
        loop.Run(["NEARUSDT", "SOLUSDT"], [Made(1), Made(2)]);
        Assert.Equal("too_little_data", loop.Failures[0].ReasonCode);
        Assert.Equal("warm_up", loop.Jobs[0].Reason);
        Assert.True(loop.Failures[0].Samples < 10);
        var first = loop.Models[0];
        Assert.All(loop.Failures.TakeWhile(f => f.ReasonCode == "too_little_data"), f => Assert.NotEqual("", f.Error));
        Assert.Equal(first.ModelVersion, loop.Signals[0].ModelVersion);
        Assert.True(loop.Signals.Count > 1_500, $"{loop.Signals.Count} signals");
        Assert.Contains(loop.Jobs, j => j.Reason is "schedule" or "not_in_force");
    }

    [Fact]
    public void Two_runs_give_the_same_signals()
    {
        var first = new Loop();
        var second = new Loop { RestartEvery = 500, IsReversed = true };
        string[] names = ["NEARUSDT", "SOLUSDT"];
        first.Run(names, [Made(1), Made(2)]);
        second.Run(names, [Made(1), Made(2)]);
        Assert.Equal(
            first.Signals.OrderBy(s => s.CandleCloseTimeMs).ThenBy(s => s.Symbol),
            second.Signals.OrderBy(s => s.CandleCloseTimeMs).ThenBy(s => s.Symbol));
    }

    [Fact]
    public void Recorded_days_reach_every_learning_stream()
    {
        string[] names = ["BTCUSDT", "NEARUSDT"];
        var recorded = names.Select(name => RecordedCandles.Find(name)?[..3_600]).ToArray();
        if (recorded.Contains(null)) return;
        var loop = new Loop();
        loop.Run(names, recorded!);
        Assert.NotEmpty(loop.Failures);
        Assert.NotEmpty(loop.Models);
        Assert.True(loop.Signals.Count > 5_000, $"{loop.Signals.Count} signals");
        Assert.All(loop.Signals, s => Assert.InRange(s.Confidence, 0.45, 0.8));
        foreach (var job in loop.Jobs) output.WriteLine($"{job.JobId} {job.Reason}");
        foreach (var model in loop.Models)
            output.WriteLine($"{model.ModelVersion} {model.ValidationLogLoss:0.0000} {model.ValidationAccuracy:0.000}");
        foreach (var failure in loop.Failures.Where(f => f.ReasonCode != "too_little_data"))
            output.WriteLine($"{failure.ReasonCode} {failure.Error}");
        var confidences = loop.Signals.Select(s => s.Confidence).Order().ToArray();
        output.WriteLine($"{loop.Signals.Count} signals, {loop.Entries} adopted, {loop.Failures.Count} failures");
        foreach (var q in new[] { 0.1, 0.5, 0.9, 0.99, 0.999 })
            output.WriteLine($"quantile {q}: {confidences[(int)(q * (confidences.Length - 1))]:0.0000}");
    }

    private static Candle[] Made(ulong seed) => TestCandles.Walk(2_200, seed, pull: 0.1);

    /// <summary>Carries events between the three roles as the streams would.</summary>
    private sealed class Loop
    {
        private readonly RoleBench _ai = new(() => new AiEngineRole(TestModels.OfMinutes));
        private readonly RoleBench _clm = new(() => new ClmRole(new ClmSettings { IntervalMs = Candle.LengthMs }));
        private readonly RoleBench _supervisor = new(() => new ModelSupervisorRole());

        public int RestartEvery { get; init; } = int.MaxValue;
        public bool IsReversed { get; init; }
        public List<SignalGenerated> Signals { get; } = [];
        public List<ModelRetrain> Jobs { get; } = [];
        public List<RetrainingFailed> Failures { get; } = [];
        public List<RetrainingCompleted> Models { get; } = [];
        public int Entries { get; private set; }

        public void Run(string[] names, Candle[][] candles)
        {
            var symbols = names.Select(Symbol.Parse).ToArray();
            for (var i = 0; i < candles[0].Length; i++)
            {
                var order = Enumerable.Range(0, symbols.Length);
                foreach (var s in IsReversed ? order.Reverse() : order)
                    Feed(candles[s][i].Kline(symbols[s]), candles[s][i].CloseTimeMs);
                Look(candles[0][i].CloseTimeMs);
                if (i % RestartEvery != RestartEvery - 1) continue;
                _ai.Restart();
                _clm.Restart();
                _supervisor.Restart();
            }
        }

        private void Feed(MarketKline kline, long atMs)
        {
            _clm.Send(StreamCatalog.MarketKlines, kline, atMs);
            var sent = _ai.Send(StreamCatalog.MarketKlines, kline, atMs);
            foreach (var signal in sent.Of(StreamCatalog.SignalGenerated))
            {
                Signals.Add(signal);
                _supervisor.Send(StreamCatalog.SignalGenerated, signal, atMs);
            }

            foreach (var decision in sent.Of(StreamCatalog.DecisionMade))
            {
                if (decision.Action == DecisionAction.Enter) Entries++;
                _supervisor.Send(StreamCatalog.DecisionMade, decision, atMs);
            }
        }

        private void Look(long atMs)
        {
            foreach (var job in _supervisor.Clock(atMs).Of(StreamCatalog.ModelRetrain))
            {
                Jobs.Add(job);
                var sent = _clm.Send(StreamCatalog.ModelRetrain, job, atMs);
                foreach (var started in sent.Of(StreamCatalog.RetrainingStarted))
                    _supervisor.Send(StreamCatalog.RetrainingStarted, started, atMs);
                foreach (var failed in sent.Of(StreamCatalog.RetrainingFailed))
                {
                    Failures.Add(failed);
                    _supervisor.Send(StreamCatalog.RetrainingFailed, failed, atMs);
                }

                foreach (var trained in sent.Of(StreamCatalog.RetrainingCompleted))
                {
                    Models.Add(trained);
                    _supervisor.Send(StreamCatalog.RetrainingCompleted, trained, atMs);
                    _ai.Send(StreamCatalog.RetrainingCompleted, trained, atMs);
                }
            }
        }
    }
}
