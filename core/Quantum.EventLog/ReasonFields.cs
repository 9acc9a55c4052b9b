using System.Globalization;

namespace Quantum.EventLog;

/// <summary>
/// How a seat's <see cref="ReasonCount"/>s stand in its hashes: how often, and in the other one the last reason per
/// subject and, under the name of its count, when each came last and with which figures.
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

    /// <summary>What stands under the name of a count: when it last was, a blank, the figures.</summary>
    public static string FiguresText(long atMs, string? figures) => LastText(atMs, figures ?? "");

    /// <summary>Reads either, the time and what follows it; false when it is none.</summary>
    public static bool TryReadLast(string text, out long atMs, out string rest)
    {
        ArgumentNullException.ThrowIfNull(text);
        (atMs, rest) = (0, "");
        if (text.Split(' ', 2) is not [var at, var word] || !long.TryParse(at, CultureInfo.InvariantCulture, out atMs))
            return false;
        rest = word;
        return true;
    }
}
