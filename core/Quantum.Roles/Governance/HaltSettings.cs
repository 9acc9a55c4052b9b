namespace Quantum.Roles.Governance;

/// <summary>
/// Which findings of the audit halt trading. Lists are words with a space between, so that a setting replaces them.
/// </summary>
public sealed record HaltSettings
{
    /// <summary>The roles there are.</summary>
    public static IReadOnlyList<string> Roles { get; } = [.. ServiceHosts.All.SelectMany(host => host.Roles)];

    /// <summary>The streams there are.</summary>
    public static IReadOnlyList<string> Streams { get; } = [.. StreamCatalog.All.Select(stream => stream.Name)];

    /// <summary>False on a recording, whose result must not depend on how fast a machine is.</summary>
    public bool OnFindings { get; set; } = true;

    /// <summary>The roles without which nobody guards what is open.</summary>
    [WordsOf(typeof(HaltSettings), nameof(Roles))] public string Guards { get; set; } = Words(
        RoleNames.Executor, RoleNames.ExitBrain, RoleNames.Portfolio, RoleNames.Governance);

    /// <summary>What halts where a guard should read an ordered stream; lifts when it is cleared.</summary>
    [WordsOf(typeof(FindingCodes), nameof(FindingCodes.All))]
    public string GuardFindings { get; set; } = Words(
        FindingCodes.NoActiveConsumer, FindingCodes.MissingGroup, FindingCodes.Stuck);

    /// <summary>What halts on any stream; lifts when it is cleared.</summary>
    [WordsOf(typeof(FindingCodes), nameof(FindingCodes.All))]
    public string StreamFindings { get; set; } = Words(FindingCodes.MixedModes, FindingCodes.WrongType);

    /// <summary>The streams on which nothing may be lost.</summary>
    [WordsOf(typeof(HaltSettings), nameof(Streams))] public string OrderStreams { get; set; } = Words(
        StreamCatalog.TradeIntent.Name, StreamCatalog.OrderCommand.Name, StreamCatalog.OrderUpdate.Name,
        StreamCatalog.ExecutionResult.Name);

    /// <summary>
    /// What halts on an order stream when it is proven (critical), until a person resets: what is lost stays lost.
    /// </summary>
    [WordsOf(typeof(FindingCodes), nameof(FindingCodes.All))]
    public string LossFindings { get; set; } = Words(FindingCodes.DestroyedUnread, FindingCodes.DestroyedPending);

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

    private static bool Has(string words, string? word) =>
        word is not null && words.Split(' ').Contains(word, StringComparer.Ordinal);

    private static string Words(params string[] words) => string.Join(' ', words);
}
