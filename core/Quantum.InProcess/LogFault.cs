namespace Quantum.InProcess;

/// <summary>The calls of a session that a simulation can disturb.</summary>
public enum LogCall { Acquire, Renew, Load, EnsureGroup, Fetch, Commit, Wait }

/// <summary>What goes wrong with a call.</summary>
public enum LogFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The log is unreachable: nothing happens.</summary>
    Lost,

    /// <summary>It happens, but the answer gets lost.</summary>
    ReplyLost,
}
