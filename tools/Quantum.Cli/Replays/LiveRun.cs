using Quantum.Cli.Backtests;
using Quantum.Cli.Looking;
using Quantum.Replay;
using Quantum.Replay.Live;

namespace Quantum.Cli.Replays;

/// <summary>Compares what the running system decides, until it is ended.</summary>
internal static class LiveRun
{
    private static readonly TimeSpan s_lastWord = TimeSpan.FromSeconds(1);

    /// <param name="replay">What is replayed, with what.</param>
    /// <param name="redis">Which Redis, as it was given.</param>
    /// <param name="cancel">Ends it.</param>
    public static DecisionReport Run(ReplaySettings replay, string? redis, CancellationToken cancel)
    {
        var choice = RedisChoice.Make(redis);
        using var line = new ProgressLine();
        // It takes its word out of Redis before it ends; only a Redis that does not answer cuts that short.
        using var limit = new CancellationTokenSource();
        using var ending = cancel.Register(() => limit.CancelAfter(s_lastWord));
        using var live = new LiveReplay(
            choice.Endpoint,
            new LiveReplaySettings
            {
                Roles = replay.Roles, SettingsFile = replay.SettingsFile, Set = replay.Set,
                Instruments = replay.Instruments, Tell = line.Note,
                Differs = first =>
                {
                    line.End();
                    ReplayText.Write(first, Console.Error);
                },
                Progress = now => line.Show(Text(now)),
            },
            limit.Token);
        line.Note($"comparing what {live.Roles.Count} roles decide at {choice.Address}, until Ctrl+C");
        if (!live.Run(cancel))
            line.Note("Redis did not answer at the end: ./quantum audit finds REPLAY_BEHIND until it is replayed again "
                + "or given up.");
        return live.Report();
    }

    private static string Text(LiveProgress now) => string.Create(
        CultureInfo.InvariantCulture,
        $"{now.Inputs:N0} inputs; of {now.Compared:N0} decisions of the last hour {now.Different:N0} differ "
        + $"({now.DifferPer1000:0.##} of a thousand){(now.Missed > 0 ? $", {now.Missed:N0} commits missed" : "")}"
        + $"{(now.IsWhole ? "" : ", behind")}");
}
