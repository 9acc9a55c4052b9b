namespace Quantum.Simulation.Faults;

/// <summary>What can go wrong.</summary>
internal enum FaultKind
{
    /// <summary>A process dies before a commit, and another starts after a while.</summary>
    Crash,

    /// <summary>It dies behind a commit.</summary>
    CrashBehindCommit,

    /// <summary>A commit is done, and its writer does not know.</summary>
    ReplyLost,

    /// <summary>A process does not reach the log.</summary>
    CutOff,

    /// <summary>
    /// A process sleeps over its lease between handling and commit, another takes over, then it wakes up.
    /// </summary>
    TakeOver,

    /// <summary>A process stands still: what is for it comes late.</summary>
    Pause,

    /// <summary>A process's clock is wrong.</summary>
    Skew,

    /// <summary>A group is set to another place: what was handled is delivered again, or what was not is passed
    /// over.</summary>
    GroupSet,

    /// <summary>An intent, or a candle, stands on its stream twice.</summary>
    Doubled,

    /// <summary>The venue did it, and its answer gets lost.</summary>
    AnswerLost,

    /// <summary>A request never reaches the venue.</summary>
    RequestLost,

    /// <summary>A request waits on its way for seconds.</summary>
    RequestLate,

    /// <summary>The venue refuses.</summary>
    Refusal,

    /// <summary>The venue is away.</summary>
    Outage,

    /// <summary>The account's stream is lost: nobody hears of fills.</summary>
    StreamGap,

    /// <summary>The account's stream is late, out of order and says things twice.</summary>
    StreamDisorder,

    /// <summary>A symbol's prices no longer come, while the venue trades on.</summary>
    FrozenFeed,

    /// <summary>Hardly anything trades: orders fill in parts.</summary>
    ThinMarket,

    /// <summary>The operator stops entries, and lets them again.</summary>
    Kill,

    /// <summary>The operator closes everything, and lets entries again.</summary>
    Flatten,

    /// <summary>The operator sets a risk mode, and normal again.</summary>
    Mode,

    /// <summary>No replica of the log's server confirms what is recorded of an entry.</summary>
    NoReplica,

    /// <summary>The operator closes a position.</summary>
    Close,

    /// <summary>The operator moves a stop: nearer, farther, or beyond the market.</summary>
    StopMove,

    /// <summary>The operator takes a position over.</summary>
    Adopt,

    /// <summary>The operator lifts what tripped.</summary>
    Reset,
}
