namespace Quantum.Roles.Executor;

/// <summary>What is known of an order that was sent, written before it was.</summary>
public enum SendState
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
