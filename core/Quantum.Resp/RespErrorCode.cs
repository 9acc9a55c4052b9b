namespace Quantum.Resp;

/// <summary>What kind of error the server answered; the first word of its message.</summary>
public enum RespErrorCode
{
    /// <summary>Any error without a code of its own, such as ERR.</summary>
    Other,
    NoGroup,
    BusyGroup,
    Unblocked,
    Loading,
    ReadOnly,
    MasterDown,
    Moved,
    Ask,
    ClusterDown,
    TryAgain,
    CrossSlot,
    NoScript,
    WrongPass,
    NoAuth,
    NoPermission,
    OutOfMemory,
    Busy,
    WrongType,
    MisConfigured,
    ExecAbort,

    /// <summary>The server does not have the command: renamed, older than the command, or of another kind.</summary>
    UnknownCommand,

    /// <summary>Protected mode turns away everybody from another machine.</summary>
    Denied,
    TooManyClients,
}
