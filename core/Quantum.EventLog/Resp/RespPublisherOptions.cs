namespace Quantum.EventLog.Resp;

/// <summary>
/// Writes exactly one command whose reply is an entry id, such as XADD, into <paramref name="writer"/>.
/// </summary>
public delegate void RespAppend<TState>(RespWriter writer, in TState state);

/// <summary>The bounds of a <see cref="RespPublisher"/>.</summary>
public sealed record RespPublisherOptions
{
    public RespClientOptions Client { get; init; } = new();

    /// <summary>Appends that may wait to be sent before producers are made to wait; 1 or more.</summary>
    public int MaxQueuedEntries { get; init; } = 8_192;

    /// <summary>Encoded bytes that may wait to be sent before producers are made to wait; 1 or more.</summary>
    public long MaxQueuedBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Appends sent whose answer is awaited; 1 or more.</summary>
    public int MaxInFlight { get; init; } = 1_024;

    /// <summary>How long an append may wait while there is no connection, in milliseconds, 1 or more.</summary>
    public int QueueTimeoutMs { get; init; } = 30_000;

    /// <summary>How long disposing waits for what is queued, in milliseconds, 0 or more.</summary>
    public int DrainTimeoutMs { get; init; } = 5_000;
}
