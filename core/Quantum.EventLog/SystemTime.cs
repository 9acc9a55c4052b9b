namespace Quantum.EventLog;

/// <summary>
/// Whose time is a system's: the clock's, or that of the tape it plays. Hosts write it into
/// <see cref="LogKeys.Topology"/> and must agree on it; on a tape <see cref="FeedKeys.Position"/> tells the time.
/// </summary>
public static class SystemTime
{
    /// <summary>The field of the topology's hash.</summary>
    public const string Field = "time";

    public const string Real = "real";
    public const string Tape = "tape";

    public static string Of(bool isTape) => isTape ? Tape : Real;
}
