using Quantum.Audit;
using Quantum.EventLog;
using Quantum.Replay;
using Quantum.Replay.Live;
using Quantum.Resp;

namespace Quantum.EndToEnd.Tests.Harness;

/// <summary>What a live replay beside a run found, and what an audit found of it while it told.</summary>
internal sealed record LiveReplayed(
    DecisionReport Report, LiveProgress Progress, IReadOnlyList<string> Told, AuditReport Audit, bool IsTaken,
    bool IsGone)
{
    /// <summary>Replays until a moment, and then what was committed up to it.</summary>
    public static LiveReplayed Of(SystemRun run, LiveReplaySettings settings, Func<bool> isOver)
    {
        var endpoint = RespEndpoint.Parse(run.ConnectionString);
        var told = new List<string>();
        using var live = new LiveReplay(endpoint, settings with { Tell = told.Add });
        Eventually.True(
            () =>
            {
                live.Pass();
                return isOver();
            },
            UndisturbedRun.Limit);
        Eventually.True(() => !live.Pass() && live.Progress().IsWhole, UndisturbedRun.Limit);
        var (report, progress) = (live.Report(), live.Progress());
        using var audit = new StreamAudit(endpoint);
        var seen = audit.Look();
        // Its word is of now: another may take the place of one that was silent for long.
        live.Pass();
        var isTaken = Record.Exception(() => new LiveReplay(endpoint, settings)) is not null;
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        live.Run(ended.Token);
        return new LiveReplayed(report, progress, told, seen, isTaken, !run.Redis.KeyExists(ReplayKeys.Told));
    }
}
