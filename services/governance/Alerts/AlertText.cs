using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Quantum.Governance.Watchdog;

namespace Quantum.Governance.Alerts;

/// <summary>An alert as JSON for programs and as plain text for people.</summary>
public static class AlertText
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Json(Alert alert) => JsonSerializer.SerializeToUtf8Bytes(alert, s_json);

    /// <summary>
    /// Plain text of at most this many characters; what one dead reader does to many streams is told once, and what
    /// has no room is counted.
    /// </summary>
    public static string Plain(Alert alert, int most)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var text = new StringBuilder($"Quantum, mode {alert.Mode}: {alert.Summary}");
        var left = alert.Findings.Count;
        foreach (var same in alert.Findings.GroupBy(Cause))
        {
            var next = Plain([.. same]);
            var isFirst = left == alert.Findings.Count;
            var isLast = left == same.Count();
            var room = most - text.Length - (isLast ? 0 : More(left - same.Count()).Length);
            if (next.Length > room && isFirst) next = Cut(next, room);
            if (next.Length > room) return text.Append(More(left)).ToString();
            text.Append(next);
            left -= same.Count();
        }

        return text.ToString();
    }

    private static object Cause(AlertFinding finding) => finding.Role is null
        ? finding
        : (finding.State, finding.Code, finding.Role);

    private static string Plain(IReadOnlyList<AlertFinding> same)
    {
        var worst = same[0];
        var also = same.Count > 1 ? $"\nThe same on {string.Join(", ", same.Skip(1).Select(f => f.Stream))}." : "";
        return $"\n\n{WireNames.Of(worst.State).ToUpperInvariant()} {WireNames.Of(worst.Severity)} {worst.Code}\n"
            + (worst.State == ChangeKind.Cleared
                ? $"It was: {worst.Text}{also}"
                : $"{worst.Text}{also}\nMend: {worst.Mend}");
    }

    private static string More(int count) => string.Create(CultureInfo.InvariantCulture, $"\n\nand {count} more");

    private static string Cut(string text, int length)
    {
        var end = Math.Max(0, length - 1);
        // Half a pair is no character.
        if (end > 0 && char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end] + "…";
    }
}
