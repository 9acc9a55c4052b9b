using Quantum.EventLog;

namespace Quantum.Audit;

/// <summary>What whoever trades at an exchange told of it, for as long as it is told.</summary>
internal static class VenueFindings
{
    public static IReadOnlyList<Finding> Read(Asking asking, SystemFacts system)
    {
        if (!system.Redis.IsQuantum) return [];
        asking.AskKey(AuditCommand.Counted, VenueNote.Key);
        asking.Send();
        if (asking.Read(out var reply) != Answer.Given) return [];
        return [.. reply.ReadFields().OrderBy(note => note.Key, StringComparer.Ordinal)
            .Select(note => Of(note.Key, note.Value, system.Redis.NowMs)).OfType<Finding>()];
    }

    private static Finding? Of(string field, string text, long nowMs)
    {
        var (code, about) = VenueNote.Parts(field);
        if (VenueNote.TryRead(text) is not { } note || note.UntilMs < nowMs || !FindingCodes.All.Contains(code))
            return null;
        var severity = Enum.TryParse<Severity>(note.Severity, ignoreCase: true, out var told)
            ? told
            : Severity.Critical;
        return new Finding(
            code, severity, null, null, note.Count, NameText.Shown(note.Text), NameText.Shown(note.Mend))
        {
            About = NameText.Shown(about),
        };
    }
}
