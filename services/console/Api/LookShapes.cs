using Quantum.Audit;
using Quantum.Console.Live;

namespace Quantum.Console.Api;

/// <summary>The system in one look.</summary>
/// <param name="Alive">True when Redis answers, every role runs and nothing critical is found.</param>
/// <param name="Mode">sim, paper, testnet, demo or live.</param>
/// <param name="IsTape">True where the system's time is a recording's.</param>
/// <param name="NowMs">Redis TIME, UTC epoch ms.</param>
/// <param name="SystemNowMs">The system's time, UTC epoch ms; null before a tape's first step.</param>
/// <param name="KillSwitch">Governance's word: true stops every entry; null before the first policy.</param>
/// <param name="ExecutorRefusesEntries">The executor's own word for it; null before it has taken a policy.</param>
/// <param name="Blocks">What keeps the system from entering positions, in words.</param>
/// <param name="EquityUsd">USD; null before the first snapshot.</param>
/// <param name="OpenRiskUsd">What all stops would lose, USD from 0.</param>
/// <param name="OpenRiskR">The same in R.</param>
/// <param name="Unbounded">Positions without a stop, from 0: their loss is not in it.</param>
/// <param name="OpenPositions">From 0.</param>
/// <param name="Opening">Symbols with an entry under way.</param>
/// <param name="Missing">Roles that nobody runs.</param>
/// <param name="Alerts">Findings that need attention, the worst first.</param>
internal sealed record OverviewShape(
    bool Alive, string Mode, bool IsTape, long NowMs, long? SystemNowMs, bool? KillSwitch,
    bool? ExecutorRefusesEntries, IReadOnlyList<string> Blocks, decimal? EquityUsd, decimal OpenRiskUsd,
    double OpenRiskR, int Unbounded, int OpenPositions, IReadOnlyList<string> Opening, IReadOnlyList<string> Missing,
    IReadOnlyList<FindingShape> Alerts)
{
    public static OverviewShape Of(SystemView view) => new(
        view.IsAlive, view.Mode, view.IsTape, view.NowMs, view.SystemNowMs, view.Policy?.KillSwitch,
        view.Executor?.KillSwitch, view.Blocks, view.Account?.Money("total_equity_usd"), view.OpenRiskUsd,
        view.OpenRiskR, view.Unbounded, view.Positions.Count, view.Opening,
        [.. view.Missing.Select(seat => seat.Seat)], [.. view.Alerts.Select(FindingShape.Of)]);
}

/// <summary>The account and how it came there, USD.</summary>
/// <param name="AtMs">When the portfolio told it, UTC epoch ms; null before the first snapshot.</param>
/// <param name="EquityUsd">Cash and what is open at the newest price.</param>
/// <param name="RealizedTodayUsd">Since the day began, UTC.</param>
/// <param name="UnrealizedUsd">Of what is open.</param>
/// <param name="DrawdownFraction">Below its peak, 0 to 1.</param>
/// <param name="ExposureUsd">Gross.</param>
/// <param name="MarginUsedUsd">From 0.</param>
/// <param name="FreeMarginUsd">What may still be used.</param>
/// <param name="FeesUsd">Since the start.</param>
/// <param name="Curve">Equity over the time that its stream keeps, thinned out, oldest first.</param>
internal sealed record EquityShape(
    long? AtMs, decimal? EquityUsd, decimal? RealizedTodayUsd, decimal? UnrealizedUsd, decimal? DrawdownFraction,
    decimal? ExposureUsd, decimal? MarginUsedUsd, decimal? FreeMarginUsd, decimal? FeesUsd,
    IReadOnlyList<EquityPoint> Curve)
{
    public static EquityShape Of(SystemView view)
    {
        decimal? Money(string name) => view.Account?.Money(name);
        return new EquityShape(
            view.Account?.AtMs, Money("total_equity_usd"), Money("realized_pnl_today_usd"),
            Money("unrealized_pnl_usd"), Money("drawdown_fraction"), Money("total_exposure_usd"),
            Money("margin_used_usd"), Money("free_margin_usd"), Money("fees_usd"), view.Equity);
    }
}

/// <summary>One thing that is wrong, and its mend.</summary>
/// <param name="Code">For programs, for example <c>NO_ACTIVE_CONSUMER</c>.</param>
/// <param name="Severity">info, warning or critical.</param>
/// <param name="Stream">The stream's key; null when it is about the whole.</param>
/// <param name="Group">The consumer group; null when it is about the stream.</param>
/// <param name="Count">Entries, consumers or the like; 0 when nothing is counted.</param>
/// <param name="Bound">What the count says about the truth: exact, at_least or at_most.</param>
/// <param name="Text">One sentence with the values.</param>
/// <param name="Mend">What mends it.</param>
internal sealed record FindingShape(
    string Code, Severity Severity, string? Stream, string? Group, long Count, Bound Bound, string Text, string Mend)
{
    public static FindingShape Of(Finding finding) => new(
        finding.Code, finding.Severity, finding.Stream, finding.Group, finding.Count, finding.CountBound, finding.Text,
        finding.Mend);
}

/// <summary>Who runs, what Redis says of itself, and what is wrong.</summary>
/// <param name="Alive">True when Redis answers, every role runs and nothing critical is found.</param>
/// <param name="IsWhole">True when the audit could ask everything; null before its first look.</param>
/// <param name="Seats">Who holds which role.</param>
/// <param name="RedisVersion">Null before the audit's first look.</param>
/// <param name="RedisMemoryBytes">From 0.</param>
/// <param name="RedisCommandsPerS">From 0.</param>
/// <param name="DeadLetters">Streams with dead letters and how many.</param>
/// <param name="Findings">All, the worst first.</param>
internal sealed record HealthShape(
    bool Alive, bool? IsWhole, IReadOnlyList<SeatView> Seats, string? RedisVersion, long? RedisMemoryBytes,
    double? RedisCommandsPerS, IReadOnlyDictionary<string, long> DeadLetters, IReadOnlyList<FindingShape> Findings)
{
    public static HealthShape Of(SystemView view) => new(
        view.IsAlive, view.Audit?.IsWhole, view.Seats, view.Audit?.Redis.Version, view.Audit?.Redis.MemoryBytes,
        view.Audit?.Redis.CommandsPerS,
        view.Audit?.Streams.Where(stream => stream.DeadLetters > 0)
            .ToDictionary(stream => stream.Name, stream => stream.DeadLetters) ?? [],
        [.. view.Audit?.Findings.Select(FindingShape.Of) ?? []]);
}

/// <summary>A stream and who reads it.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Known">True when the catalog has it.</param>
/// <param name="Length">Entries, from 0.</param>
/// <param name="RatePerS">Entries a second between the last two looks.</param>
/// <param name="EntriesAdded">Ever, from 0; null when the server does not count them.</param>
/// <param name="LastAgeMs">Age of the newest entry, ms; null when it is empty.</param>
/// <param name="DeadLetters">From 0.</param>
/// <param name="Verdict">What is wrong with it as a whole; null when its groups tell everything.</param>
/// <param name="Groups">Who reads it.</param>
internal sealed record StreamShape(
    string Name, bool Known, long Length, double RatePerS, long? EntriesAdded, long? LastAgeMs, long DeadLetters,
    StreamVerdict? Verdict, IReadOnlyList<GroupShape> Groups)
{
    public static StreamShape Of(StreamReport report) => new(
        report.Name, report.Known, report.Length, report.RatePerS, report.EntriesAdded, report.LastAgeMs,
        report.DeadLetters, report.Verdict, [.. report.Groups.Select(GroupShape.Of)]);
}

/// <summary>A group of a stream.</summary>
/// <param name="Name">The group.</param>
/// <param name="Role">Who reads through it by the catalog; null for one that it does not know.</param>
/// <param name="Verdict">active, idle, stuck, no_active_consumer, missing_group or unknown.</param>
/// <param name="Unread">What it can still read, from 0.</param>
/// <param name="UnreadBound">What that says about the truth.</param>
/// <param name="DestroyedUnread">What is gone and it was never given, from 0.</param>
/// <param name="DestroyedUnreadBound">What that says about the truth.</param>
/// <param name="Pending">Delivered and not acknowledged, from 0.</param>
/// <param name="Consumers">Registered, from 0.</param>
/// <param name="StaleConsumers">Those that nothing alive stands behind, from 0.</param>
internal sealed record GroupShape(
    string Name, string? Role, Verdict Verdict, long Unread, Bound UnreadBound, long DestroyedUnread,
    Bound DestroyedUnreadBound, long Pending, long Consumers, long StaleConsumers)
{
    public static GroupShape Of(GroupReport group) => new(
        group.Name, group.Role, group.Verdict, group.Unread, group.UnreadBound, group.DestroyedUnread,
        group.DestroyedUnreadBound, group.Pending, group.Consumers, group.StaleConsumers);
}

/// <summary>An entry as it stands on its stream.</summary>
/// <param name="Stream">The stream's key.</param>
/// <param name="Id">Its id there.</param>
/// <param name="AtMs">Its event's time, UTC epoch ms.</param>
/// <param name="Fields">By their names on the wire; unknown is the empty text.</param>
internal sealed record EntryShape(string Stream, string Id, long AtMs, IReadOnlyDictionary<string, string> Fields)
{
    public static EntryShape Of(StreamEntry entry)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        // What was written twice counts as the first, as everywhere.
        foreach (var (name, value) in entry.Fields) fields.TryAdd(name, value);
        return new EntryShape(entry.Key, entry.Id, entry.AtMs, fields);
    }
}

/// <summary>Who asks.</summary>
/// <param name="Name">As noted with every action.</param>
/// <param name="Role">reader or operator.</param>
/// <param name="RequestToken">What a session of the pages sends as the header RequestVerificationToken with what it
/// posts; null for a key, which needs none.</param>
internal sealed record SessionShape(string Name, string Role, string? RequestToken);
