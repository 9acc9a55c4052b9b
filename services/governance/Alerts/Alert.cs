using System.Security.Cryptography;
using Quantum.Governance.Watchdog;

namespace Quantum.Governance.Alerts;

/// <summary>Everything that one look has to tell, as one message; <c>docs/ALERTS.md</c> shows it as JSON.</summary>
/// <param name="Id">The same each time it is sent, also by another replica or after a restart.</param>
/// <param name="System">Always <c>quantum</c>.</param>
/// <param name="Mode">sim, paper, testnet, demo or live.</param>
/// <param name="At">UTC.</param>
/// <param name="Severity">The worst of what is on; info when all is over.</param>
/// <param name="Summary">One line.</param>
/// <param name="Findings">The worst first.</param>
public sealed record Alert(
    string Id, string System, string Mode, DateTimeOffset At, Severity Severity, string Summary,
    IReadOnlyList<AlertFinding> Findings)
{
    private const int IdLength = 32;

    public static Alert Of(IReadOnlyList<FindingChange> changes, string mode)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var worst = changes.Where(change => change.Kind != ChangeKind.Cleared)
            .Select(change => change.Finding.Severity).DefaultIfEmpty(Severity.Info).Max();
        return new Alert(
            "alert-" + HashOf(string.Join('\n', changes.Select(change => change.Identity))), "quantum", mode,
            DateTimeOffset.FromUnixTimeMilliseconds(changes[0].AtMs), worst, SummaryOf(changes),
            [.. changes.Select(AlertFinding.Of)]);
    }

    /// <summary>The first 128 bits of the SHA-256, as hexadecimal digits.</summary>
    public static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..IdLength];

    private static string SummaryOf(IReadOnlyList<FindingChange> changes)
    {
        var kinds = changes.GroupBy(change => change.Kind).OrderBy(kind => kind.Key)
            .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Count()} {WireNames.Of(kind.Key)}"));
        var first = changes[0].Finding;
        return $"{string.Join(", ", kinds)}: {first.Code}{(first.Stream is null ? "" : " on " + first.Stream)}"
            + (changes.Count > 1 ? " and others" : "");
    }
}

/// <summary>One finding of an alert; the names are those of <c>./quantum audit --json</c>.</summary>
public sealed record AlertFinding(
    ChangeKind State, string Code, Severity Severity, string? Stream, string? Group, string? Role, long Count,
    string Text, string Mend, DateTimeOffset Since)
{
    public static AlertFinding Of(FindingChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var finding = change.Finding;
        return new AlertFinding(
            change.Kind, finding.Code, finding.Severity, finding.StreamKey, finding.Group, finding.Role, finding.Count,
            finding.Text, finding.Mend, DateTimeOffset.FromUnixTimeMilliseconds(change.SinceMs));
    }
}
