using System.Globalization;

namespace Quantum.EventLog;

/// <summary>
/// How a seat's <see cref="ReasonCount"/>s stand in its hashes: how often, and the last one per subject.
/// </summary>
public static class ReasonFields
{
    /// <summary>The field that counts a reason.</summary>
    public static string Count(string counter, string reason, string? subject) =>
        counter + "/" + reason + "/" + subject;

    /// <summary>The field of a counter's last reason.</summary>
    public static string Last(string counter, string? subject) => counter + "/" + subject;

    /// <summary>What stands in it.</summary>
    public static string LastText(long atMs, string reason) =>
        string.Create(CultureInfo.InvariantCulture, $"{atMs} {reason}");

    /// <summary>Reads that; false when it is none.</summary>
    public static bool TryReadLast(string text, out long atMs, out string reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        (atMs, reason) = (0, "");
        if (text.Split(' ', 2) is not [var at, var word] || !long.TryParse(at, CultureInfo.InvariantCulture, out atMs))
            return false;
        reason = word;
        return true;
    }
}
