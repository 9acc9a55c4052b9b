using System.Collections.Concurrent;
using Quantum.Backtest.Figures;
using Quantum.Backtest.Running;
using Quantum.Backtest.Settings;
using Quantum.Feeds;

namespace Quantum.Backtest.Sweeps;

/// <summary>Runs trials as backtests; each length of the recording is opened once and shared by all runs of
/// it.</summary>
/// <param name="feed">The recording and its span.</param>
/// <param name="settingsOf">A trial's settings, checked.</param>
public sealed class BacktestTrialRunner(FeedSettings feed, Func<Trial, RunSettings> settingsOf) : ITrialRunner
{
    private static readonly BacktestOptions s_options = new() { KeepsBars = false };
    private readonly ConcurrentDictionary<long, Lazy<BacktestTape>> _tapes = new();

    /// <summary>The recording over its whole span.</summary>
    public BacktestTape Tape => TapeOf(null);

    public TrialResult Run(Trial trial, long? untilMs, CancellationToken cancel)
    {
        var outcome = BacktestRun.Of(TapeOf(untilMs), settingsOf(trial), s_options, cancel);
        return new(trial.Number,
            [.. EquityCurve.Of(outcome).Days.Where(day => day.IsWhole)
                .Select(day => new DayReturn(day.StartMs, day.ReturnFraction ?? 0))],
            [.. outcome.Trades.Select(TrialTrade.Of)]);
    }

    private BacktestTape TapeOf(long? untilMs) => _tapes.GetOrAdd(untilMs ?? long.MaxValue, _ => new Lazy<BacktestTape>(
        () => BacktestTape.Open(untilMs is null ? feed : feed with { ToMs = untilMs, Days = null }))).Value;
}
