using System.Buffers.Text;
using Quantum.Contracts.Wire;

namespace Quantum.EventLog.Runner;

/// <summary>A role's clock: which readings it is given, once a second or at each second of a tape.</summary>
/// <param name="isOn">False for who has no clock: nothing is ever due.</param>
internal sealed class ClockFeed(bool isOn)
{
    public const long StepMs = 1000;

    // A clock is put right by less than this all the time: that much is waited out.
    private const long LeastSetBackMs = 2000;

    /// <summary>The last reading, UTC epoch ms; 0 before the first.</summary>
    public long AtMs { get; set; }

    /// <summary>The time of an entry, UTC epoch ms; false when it cannot be read.</summary>
    public static bool TryTimeOf(in EntryFields fields, bool isTail, out long atMs)
    {
        atMs = 0;
        return fields.TryGet("ts"u8, isTail ? 0 : 1, out var text) && Utf8Parser.TryParse(text, out atMs, out var used)
            && used == text.Length && atMs is > 0 and <= WireLimits.TimeMs;
    }

    /// <summary>
    /// Brings a tape's clock forward; true when it passed a second. <paramref name="strikes"/> is false for the first
    /// reading, which only sets the clock.
    /// </summary>
    public bool Pass(long atMs, out bool strikes)
    {
        strikes = AtMs != 0;
        if (!IsDue(atMs)) return false;
        AtMs = atMs - atMs % StepMs;
        return true;
    }

    /// <summary>True when a second began since the last reading.</summary>
    public bool IsDue(long nowMs) => nowMs >= NextMs;

    /// <summary>
    /// The same in real time, where the machine's clock may be set back by more than two seconds: waited for, the time
    /// read last would stop every clock until then, also over a restart.
    /// </summary>
    public bool IsDueInRealTime(long nowMs) => isOn && (IsDue(nowMs) || nowMs < AtMs - LeastSetBackMs);

    /// <summary>From when on the next reading is due, UTC epoch ms; never for who has no clock.</summary>
    public long NextMs => isOn ? AtMs + StepMs : long.MaxValue;
}
