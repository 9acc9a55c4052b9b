namespace StackExchange.Redis;

/// <summary>How one command is sent.</summary>
[Flags]
public enum CommandFlags
{
    None = 0,
    HighPriority = 1,
    FireAndForget = 2,
    DemandMaster = 4,
    PreferReplica = 8,
    DemandReplica = DemandMaster | PreferReplica,
    NoRedirect = 64,
    NoScriptCache = 512,
}

/// <summary>How far a command had come when it failed.</summary>
public enum CommandStatus
{
    Unknown = 0,
    WaitingToBeSent = 1,
    Sent = 2,
    WaitingInBacklog = 3,
}

/// <summary>Why a connection ended or was not made.</summary>
public enum ConnectionFailureType
{
    None = 0,
    UnableToResolvePhysicalConnection = 1,
    SocketFailure = 2,
    AuthenticationFailure = 3,
    ProtocolFailure = 4,
    InternalFailure = 5,
    SocketClosed = 6,
    ConnectionDisposed = 7,
    Loading = 8,
    UnableToConnect = 9,
}

/// <summary>What a connection carries: commands or subscriptions.</summary>
public enum ConnectionType
{
    None = 0,
    Interactive = 1,
    Subscription = 2,
}

/// <summary>The type of a reply.</summary>
public enum ResultType
{
    None = 0,
    SimpleString = 1,
    Error = 2,
    Integer = 3,
    BulkString = 4,
    Array = 5,
}

/// <summary>The type of the value that a key holds.</summary>
public enum RedisType
{
    None = 0,
    String = 1,
    List = 2,
    Set = 3,
    SortedSet = 4,
    Hash = 5,
    Stream = 6,
    Unknown = 7,
}

/// <summary>The condition under which a value is written.</summary>
public enum When
{
    Always = 0,
    Exists = 1,
    NotExists = 2,
}

/// <summary>The condition under which an expiry is set.</summary>
public enum ExpireWhen
{
    Always = 0,
    GreaterThanCurrentExpiry = 1,
    HasExpiry = 2,
    HasNoExpiry = 3,
    LessThanCurrentExpiry = 4,
}

/// <summary>The condition under which a sorted-set entry is written.</summary>
[Flags]
public enum SortedSetWhen
{
    Always = 0,
    Exists = 1,
    GreaterThan = 2,
    LessThan = 4,
    NotExists = 8,
}

/// <summary>Which ends of a range are left out.</summary>
[Flags]
public enum Exclude
{
    None = 0,
    Start = 1,
    Stop = 2,
    Both = Start | Stop,
}

/// <summary>The direction of a range.</summary>
public enum Order
{
    Ascending = 0,
    Descending = 1,
}
