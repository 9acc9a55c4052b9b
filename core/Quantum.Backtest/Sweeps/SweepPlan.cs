using System.Security.Cryptography;
using Quantum.Feeds;

namespace Quantum.Backtest.Sweeps;

/// <summary>Everything that decides what a sweep makes: a file of another plan cannot be gone on with.</summary>
public sealed record SweepPlan
{
    /// <summary>What is played and with which settings beside the varied ones, by name: recording, span, settings
    /// …</summary>
    public required IReadOnlyDictionary<string, string> Ground { get; init; }

    public required IReadOnlyList<Trial> Trials { get; init; }
    public required IReadOnlyList<SweepWindow> Windows { get; init; }

    /// <summary>Null: every trial runs over the whole span.</summary>
    public HalvingPlan? Halving { get; init; }

    /// <summary>Whole days of the first run of all trials that halving makes; null: it makes none.</summary>
    public int? DaysOfFirstRung => Halving?.Rungs is [var untilMs, ..]
        ? (int)((untilMs - Windows[0].TrainFromMs) / CandleInterval.DayMs) : null;

    /// <summary>What is chosen by.</summary>
    public TrialScore Score { get; init; } = TrialScore.Sharpe;

    /// <summary>Name and value of all that makes the plan, the ground first.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Identity =>
    [
        .. Ground.OrderBy(pair => pair.Key, StringComparer.Ordinal),
        new("trials", $"{Trials.Count}, {HashOf(Trials.Select(trial => string.Join(' ', trial.Words)))}"),
        new("windows", string.Join(' ', Windows.Select(w => $"{w.TrainFromMs}-{w.TestFromMs}-{w.TestToMs}"))),
        new("halving", Halving is null ? "none" : $"1 in {Halving.KeepOneIn} at {string.Join(' ', Halving.Rungs)}"),
        new("chosen by", Score.ToString()),
    ];

    /// <summary>A short name for long texts.</summary>
    public static string HashOf(IEnumerable<string> texts) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts))))[..16];
}
