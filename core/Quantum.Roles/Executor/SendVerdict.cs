namespace Quantum.Roles.Executor;

/// <summary>What may be done with an order, as whoever gives the right to send it answers.</summary>
public enum SendVerdict
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
