namespace StackExchange.Redis;

/// <summary>How one command is sent; here always the same way.</summary>
[Flags]
public enum CommandFlags
{
    None = 0,
}

/// <summary>Why a connection ended or was not made.</summary>
public enum ConnectionFailureType
{
    None = 0,
    SocketFailure = 2,
    AuthenticationFailure = 3,
    ProtocolFailure = 4,
    InternalFailure = 5,
    SocketClosed = 6,
    ConnectionDisposed = 7,
    Loading = 8,
    UnableToConnect = 9,
}

/// <summary>The condition under which a value is written.</summary>
public enum When
{
    Always = 0,
    Exists = 1,
    NotExists = 2,
}

/// <summary>The direction of a range.</summary>
public enum Order
{
    Ascending = 0,
    Descending = 1,
}
