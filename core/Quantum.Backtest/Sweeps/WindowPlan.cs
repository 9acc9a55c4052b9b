using Quantum.Feeds;

namespace Quantum.Backtest.Sweeps;

/// <summary>How a span is cut into windows. All are whole UTC days; every day that judges does so once.</summary>
public static class WindowPlan
{
    /// <summary>Fewer whole days give no deviation to choose by.</summary>
    private const int LeastDays = 2;

    /// <summary>Of the days when nothing was asked for.</summary>
    private const double UsualTrainShare = 0.7;

    /// <summary>The windows; throws <see cref="SweepException"/> when the span cannot hold them.</summary>
    /// <param name="fromMs">Start of the span, UTC epoch ms.</param>
    /// <param name="toMs">Its end, exclusive.</param>
    /// <param name="trainDays">Days to choose by; null: 70 % of the span, in one window.</param>
    /// <param name="testDays">Days that judge, and by which the windows move on; null: what is left.</param>
    /// <param name="isAnchored">True lets every window choose by all days before it.</param>
    public static IReadOnlyList<SweepWindow> Of(long fromMs, long toMs, int? trainDays, int? testDays, bool isAnchored)
    {
        var first = (fromMs + CandleInterval.DayMs - 1) / CandleInterval.DayMs;
        var end = toMs / CandleInterval.DayMs;
        var days = end - first;
        if (days < 2 * LeastDays)
        {
            throw new SweepException($"the recording has {Math.Max(days, 0)} whole UTC days, and a sweep needs "
                + $"{2 * LeastDays}: {LeastDays} to choose by and {LeastDays} to judge the choice by.");
        }

        var train = trainDays ?? (testDays is { } judged ? days - judged
            : Math.Clamp((long)Math.Round(days * UsualTrainShare), LeastDays, days - LeastDays));
        var test = testDays ?? days - train;
        // Of two the one that was given is told: the other is only what it leaves.
        var isTrainAtFault = trainDays is not null && (train < LeastDays || testDays is null && test < LeastDays);
        if (isTrainAtFault) throw Wrong("--train", train, days);
        if (test < LeastDays || train < LeastDays) throw Wrong("--test", test, days);
        if (train + test > days)
        {
            throw new SweepException($"--train {train} and --test {test} need {train + test} whole UTC days, the "
                + $"recording has {days}: use fewer, or a longer recording.");
        }

        var windows = new List<SweepWindow>();
        for (var judge = first + train; judge + test <= end; judge += test)
        {
            windows.Add(new(
                windows.Count + 1, (isAnchored ? first : judge - train) * CandleInterval.DayMs,
                judge * CandleInterval.DayMs, (judge + test) * CandleInterval.DayMs));
        }

        return windows;
    }

    private static SweepException Wrong(string option, long value, long days) => new(
        $"{option} is {value} days of {days}: use {LeastDays} to {days - LeastDays}.");
}
