namespace Quantum.Simulation.Venue;

/// <summary>What may be done with an order: the words of the executor's service, by the same names.</summary>
internal enum SendWord
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

    /// <summary>Another process holds the seat.</summary>
    Fenced,

    /// <summary>The kill switch is on, was asked for, or nobody knows.</summary>
    Killed,

    /// <summary>The risk mode is halt, or was asked for.</summary>
    Halted,

    /// <summary>Governance has recorded nothing for too long.</summary>
    Silent,

    /// <summary>No replica confirmed the entry's record: it is taken back.</summary>
    NotCopied,
}
