using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;

namespace Quantum.Roles.Governance;

/// <summary>
/// Which findings of the audit halt trading. Lists are words with a space between, so that a setting replaces them.
/// </summary>
public sealed record HaltSettings
{
    /// <summary>False on a recording, whose result must not depend on how fast a machine is.</summary>
    public bool OnFindings { get; init; } = true;

    /// <summary>The roles without which nobody guards what is open.</summary>
    public string Guards { get; init; } = Words(
        RoleNames.Executor, RoleNames.ExitBrain, RoleNames.Portfolio, RoleNames.Governance);

    /// <summary>What halts where a guard should read an ordered stream; lifts when it is cleared.</summary>
    public string GuardFindings { get; init; } = Words(
        FindingCodes.NoActiveConsumer, FindingCodes.MissingGroup, FindingCodes.Stuck);

    /// <summary>What halts on any stream; lifts when it is cleared.</summary>
    public string StreamFindings { get; init; } = Words(FindingCodes.MixedModes, FindingCodes.WrongType);

    /// <summary>The streams on which nothing may be lost.</summary>
    public string OrderStreams { get; init; } = Words(
        StreamCatalog.TradeIntent.Name, StreamCatalog.OrderCommand.Name, StreamCatalog.OrderUpdate.Name,
        StreamCatalog.ExecutionResult.Name);

    /// <summary>
    /// What halts on an order stream when it is proven (critical), until a person resets: what is lost stays lost.
    /// </summary>
    public string LossFindings { get; init; } = Words(FindingCodes.DestroyedUnread, FindingCodes.DestroyedPending);

    /// <summary>Whether trading halts on this finding, before anybody has taken note of it.</summary>
    public bool Halts(in AuditFinding finding) => Halts(HeldFinding.Of(in finding));

    /// <summary>Whether trading halts while this finding is in force.</summary>
    internal bool Halts(HeldFinding finding)
    {
        if (!OnFindings) return false;
        if (IsLoss(finding)) return finding.Count > finding.AcknowledgedCount;
        return Has(StreamFindings, finding.Code)
            || (Has(GuardFindings, finding.Code) && Has(Guards, finding.Role)
                && StreamCatalog.Find(finding.Stream ?? "")?.Mode == DeliveryMode.Ordered);
    }

    /// <summary>Whether only a person may lift the halt.</summary>
    internal bool IsLoss(HeldFinding finding) =>
        finding.Severity == Severity.Critical && Has(LossFindings, finding.Code)
        && Has(OrderStreams, finding.Stream);

    /// <summary>Throws an <see cref="ArgumentException"/> that names what is unknown.</summary>
    public void Check()
    {
        Known(Guards, nameof(Guards), ServiceHosts.All.SelectMany(host => host.Roles));
        Known(OrderStreams, nameof(OrderStreams), StreamCatalog.All.Select(stream => stream.Name));
        Known(GuardFindings, nameof(GuardFindings), FindingCodes.All);
        Known(StreamFindings, nameof(StreamFindings), FindingCodes.All);
        Known(LossFindings, nameof(LossFindings), FindingCodes.All);
    }

    private static void Known(string words, string name, IEnumerable<string> all)
    {
        var known = all.ToList();
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!known.Contains(word, StringComparer.Ordinal))
                throw new ArgumentException(
                    $"governance setting Halts:{name} names '{word}': use words of {string.Join(", ", known)}.");
        }
    }

    private static bool Has(string words, string? word) =>
        word is not null && words.Split(' ').Contains(word, StringComparer.Ordinal);

    private static string Words(params string[] words) => string.Join(' ', words);
}
