using System.Globalization;

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

    /// <summary>Said to whoever needs the time of a tape that has none: today's would age everything at once.</summary>
    public const string NoTimeYet =
        "this system plays a tape that has not made its first step, so it has no time yet: try again when its first "
        + "prices are out (./quantum feed status), or see ./quantum audit.";

    public static string Of(bool isTape) => isTape ? Tape : Real;

    /// <summary>Reads the text under <see cref="FeedKeys.Position"/>; false before the tape's first step.</summary>
    public static bool TryReadTape(string? position, out long atMs) =>
        long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out atMs);
}
