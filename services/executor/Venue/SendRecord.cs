namespace Quantum.Executor.Venue;

/// <summary>What is known of an order that was sent, written before it was.</summary>
internal enum SendState
{
    /// <summary>The request is on its way, or whoever sent it is gone.</summary>
    Sending,

    /// <summary>The answer did not say what became of it.</summary>
    Unknown,

    /// <summary>The venue said, after the receive window, that it does not have it.</summary>
    Absent,

    /// <summary>The venue answered.</summary>
    Done,
}

/// <summary>One order of the journal.</summary>
/// <param name="Question">How the venue is asked for it.</param>
/// <param name="State">What is known.</param>
/// <param name="SentMs">When it was sent, UTC epoch ms.</param>
internal sealed record SendRecord(OrderCommand Question, SendState State, long SentMs)
{
    /// <summary>True while nobody knows whether the venue has it.</summary>
    public bool IsOpen => State is SendState.Sending or SendState.Unknown;
}

/// <summary>The journal's answer to who wants to send.</summary>
/// <param name="Verdict">What may be done.</param>
/// <param name="AskedMs">When it was asked for, by our own clock, UTC epoch ms.</param>
/// <param name="Detail">When it was given, the open order's id, the limit, who holds the seat, or why not.</param>
internal readonly record struct SendRight(SendVerdict Verdict, long AskedMs, string Detail)
{
    /// <summary>True when it is recorded as sending.</summary>
    public bool IsGiven => Verdict is SendVerdict.Send or SendVerdict.SendPastLimit;

    /// <summary>When it was given, by Redis' clock, UTC epoch ms; only of one that is.</summary>
    public long GrantedMs => long.Parse(Detail, CultureInfo.InvariantCulture);
}

internal enum SendVerdict
{
    /// <summary>Recorded as sending: send it now, once.</summary>
    Send,

    /// <summary>The same, of what reduces risk, though the symbol has had more than it may in a minute.</summary>
    SendPastLimit,

    /// <summary>It was sent before: ask, do not send.</summary>
    Ask,

    /// <summary>Another order of the symbol is open: it is asked for first.</summary>
    OtherIsOpen,

    /// <summary>Its deadline has passed.</summary>
    Late,

    /// <summary>The symbol has had as many as it may in a minute.</summary>
    Limit,

    /// <summary>Another process holds the seat by now.</summary>
    Fenced,

    /// <summary>The kill switch is on, was asked for, or nobody knows: no entry leaves.</summary>
    Killed,

    /// <summary>The risk mode is halt, or was asked for: no entry leaves.</summary>
    Halted,

    /// <summary>Governance has recorded nothing for too long: nobody watches losses, and no entry leaves.</summary>
    Silent,

    /// <summary>No replica of Redis confirmed the entry's record in time: it is taken back, and was not sent.</summary>
    NotCopied,
}
