using System.Globalization;

namespace Quantum.EventLog;

/// <summary>
/// What whoever trades at an exchange tells a person: one hash, a field for each thing, from where the audit reads it.
/// </summary>
/// <param name="Severity">A word: info, warning, critical.</param>
/// <param name="UntilMs">When it is over unless it is told again, UTC epoch ms.</param>
/// <param name="Count">How often it was told, from 1.</param>
/// <param name="Text">One sentence with the values.</param>
/// <param name="Mend">The step that mends it.</param>
public sealed record VenueNote(string Severity, long UntilMs, long Count, string Text, string Mend)
{
    /// <summary>The hash.</summary>
    public const string Key = "quantum:venue:notes";

    private const char Between = '\n';

    /// <summary>The field of a code and what it is about.</summary>
    public static string Field(string code, string about) => code + "/" + about;

    /// <summary>The code and what it is about, of a field.</summary>
    public static (string Code, string About) Parts(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var at = field.IndexOf('/', StringComparison.Ordinal);
        return at < 0 ? (field, "") : (field[..at], field[(at + 1)..]);
    }

    /// <summary>As it stands in its field.</summary>
    public string Write() => string.Join(
        Between, Severity, UntilMs.ToString(CultureInfo.InvariantCulture),
        Count.ToString(CultureInfo.InvariantCulture), Line(Text), Line(Mend));

    /// <summary>Reads that; null when it is none.</summary>
    public static VenueNote? TryRead(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split(Between) is [var severity, var until, var count, var words, var mend]
            && long.TryParse(until, CultureInfo.InvariantCulture, out var untilMs)
            && long.TryParse(count, CultureInfo.InvariantCulture, out var times)
            ? new VenueNote(severity, untilMs, times, words, mend)
            : null;
    }

    private static string Line(string text) => text.ReplaceLineEndings(" ");
}
