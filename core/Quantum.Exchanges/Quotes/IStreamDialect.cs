namespace Quantum.Exchanges.Quotes;

/// <summary>How one venue speaks on one connection; for one thread.</summary>
internal interface IStreamDialect
{
    /// <summary>The frames with which a connection begins.</summary>
    IEnumerable<byte[]> Open();

    /// <summary>The frame that asks whether the venue is there.</summary>
    ReadOnlyMemory<byte> Ping { get; }

    /// <summary>What was asked for and not answered yet, in words; null when nothing.</summary>
    string? Unanswered { get; }

    /// <summary>
    /// Takes a frame; throws <see cref="System.Text.Json.JsonException"/> or <see cref="FormatException"/> when it is
    /// none of the venue's.
    /// </summary>
    Heard Hear(ReadOnlyMemory<byte> frame);
}

/// <summary>What a frame was.</summary>
internal enum HeardKind { Quote, Pong, Other, Fault }

/// <summary>What was made of a frame.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Why">Of a fault: why the connection is given up.</param>
/// <param name="Reply">A frame to send, or null.</param>
internal readonly record struct Heard(HeardKind Kind, string Why = "", byte[]? Reply = null);
