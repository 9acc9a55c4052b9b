using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Quantum.Contracts.Wire;
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

    /// <summary>Plain text of at most this many characters; what has no room is counted.</summary>
    public static string Plain(Alert alert, int most)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var text = new StringBuilder($"Quantum, mode {alert.Mode}: {alert.Summary}");
        for (var i = 0; i < alert.Findings.Count; i++)
        {
            var left = alert.Findings.Count - i;
            var next = Plain(alert.Findings[i]);
            var room = most - text.Length - (left == 1 ? 0 : More(left - 1).Length);
            if (next.Length > room && i == 0) next = Cut(next, room);
            if (next.Length > room) return text.Append(More(left)).ToString();
            text.Append(next);
        }

        return text.ToString();
    }

    private static string Plain(AlertFinding finding) =>
        $"\n\n{WireNames.Of(finding.State).ToUpperInvariant()} {WireNames.Of(finding.Severity)} {finding.Code}\n"
        + (finding.State == ChangeKind.Cleared
            ? $"It was: {finding.Text}"
            : $"{finding.Text}\nMend: {finding.Mend}");

    private static string More(int count) => string.Create(CultureInfo.InvariantCulture, $"\n\nand {count} more");

    private static string Cut(string text, int length)
    {
        var end = Math.Max(0, length - 1);
        // Half a pair is no character.
        if (end > 0 && char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end] + "…";
    }
}
