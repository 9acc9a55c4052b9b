using Quantum.EventLog;

namespace Quantum.Audit;

/// <summary>What a replay of the running system told of its decisions.</summary>
public sealed record ReplayReport
{
    /// <summary>It tells every second or so; after this long without a word it is gone, ms.</summary>
    public const long SilentAfterMs = 60_000;

    /// <summary>How long something may wait to be compared, ms.</summary>
    public const long BehindAfterMs = 120_000;

    /// <summary>When it told last, UTC epoch ms; 0 when it cannot be read.</summary>
    public required long AtMs { get; init; }

    /// <summary>When it last had compared all, UTC epoch ms; 0 when it cannot be read.</summary>
    public required long WholeAtMs { get; init; }

    /// <summary>Decisions of the last hour that were compared, from 0.</summary>
    public required long Compared { get; init; }

    /// <summary>How many of those differ, from 0.</summary>
    public required long Different { get; init; }

    /// <summary>Of a thousand of those, 0 to 1000; null when it cannot be read.</summary>
    public required double? DifferPer1000 { get; init; }

    /// <summary>Commits of the last hour that were gone before they could be compared, from 0.</summary>
    public required long Missed { get; init; }

    /// <summary>The newest symbol's first difference, in words; empty: none.</summary>
    public required string First { get; init; }

    /// <summary>What was set otherwise than in the system, in words; empty: nothing.</summary>
    public required string With { get; init; }

    /// <summary>True when it tells, and what it tells is of now.</summary>
    public required bool IsFresh { get; init; }

    /// <summary>Asks for what was told; null where nobody replays, or where that could not be asked.</summary>
    internal static ReplayReport? Read(Asking asking, SystemFacts system)
    {
        if (!system.Redis.IsQuantum) return null;
        asking.AskKey(AuditCommand.Replayed, ReplayKeys.Told);
        asking.Send();
        if (asking.Read(out var reply) != Answer.Given) return null;
        var told = reply.ReadFields();
        if (told.Count == 0) return null;
        var atMs = Number(told, ReplayKeys.AtMs);
        return new ReplayReport
        {
            AtMs = atMs, WholeAtMs = Number(told, ReplayKeys.WholeAtMs), Compared = Number(told, ReplayKeys.Compared),
            Different = Number(told, ReplayKeys.Different), Missed = Number(told, ReplayKeys.Missed),
            DifferPer1000 = double.TryParse(
                told.GetValueOrDefault(ReplayKeys.DifferPer1000), CultureInfo.InvariantCulture, out var share)
                ? share : null,
            First = NameText.Shown(told.GetValueOrDefault(ReplayKeys.First, "")),
            With = NameText.Shown(told.GetValueOrDefault(ReplayKeys.With, "")),
            IsFresh = system.Redis.NowMs - atMs <= SilentAfterMs,
        };
    }

    private static long Number(Dictionary<string, string> told, string field) =>
        long.TryParse(told.GetValueOrDefault(field), CultureInfo.InvariantCulture, out var number) ? number : 0;
}
