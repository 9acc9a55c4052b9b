namespace Quantum.EventLog;

/// <summary>
/// Where a replay of the running system tells whether decisions made again are the same: one hash, not there while
/// nobody replays.
/// </summary>
public static class ReplayKeys
{
    public const string Told = "quantum:replay";

    /// <summary>Who tells: machine and process.</summary>
    public const string Owner = "owner";

    /// <summary>When it told last, UTC epoch ms of Redis.</summary>
    public const string AtMs = "at";

    /// <summary>When it last had compared all that was committed, UTC epoch ms of Redis.</summary>
    public const string WholeAtMs = "whole_at";

    /// <summary>Decisions of the last hour that were compared, from 0.</summary>
    public const string Compared = "compared";

    /// <summary>How many of those differ, from 0.</summary>
    public const string Different = "different";

    /// <summary>The same of a thousand, 0 to 1000.</summary>
    public const string DifferPer1000 = "decisions_differ_per_1000";

    /// <summary>Commits of the last hour that were gone before they could be compared, from 0.</summary>
    public const string Missed = "missed";

    /// <summary>The newest symbol's first difference, in words; empty: none.</summary>
    public const string First = "first";

    /// <summary>What was set otherwise than in the system, in words; empty: nothing.</summary>
    public const string With = "with";
}
