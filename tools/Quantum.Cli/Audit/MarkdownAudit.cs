using Quantum.Audit;

namespace Quantum.Cli.Audit;

/// <summary>The audit in the layout of the event flow map.</summary>
internal static class MarkdownAudit
{
    private const int BoxWidth = 21;
    private const int MajorLength = 10_000;
    private const int MostBehind = 3;

    private static readonly string[] s_lifecycle =
    [
        RoleNames.MarketPublisher, RoleNames.AiEngine, RoleNames.TradingBot, RoleNames.Executor, RoleNames.ExitBrain,
        RoleNames.TradeJournal,
    ];

    public static string Render(AuditReport report)
    {
        var text = new StringBuilder();
        var at = DateTimeOffset.FromUnixTimeMilliseconds(report.Redis.NowMs);
        Line(text, "# EVENT FLOW MAP — Redis Streams Architecture");
        Line(text, $"**Audit Date**: {at.ToString("MMMM d, yyyy HH:mm", CultureInfo.InvariantCulture)} UTC");
        Inventory(text, report);
        Catalog(text, report);
        Diagram(text, report);
        Findings(text, report);
        Map(text, report);
        Health(text, report);
        return text.ToString();
    }

    private static void Inventory(StringBuilder text, AuditReport report)
    {
        Heading(text, "## REDIS STREAMS INVENTORY");
        Line(text, $"**Total Streams**: {report.Streams.Count(s => s.Length > 0)} active  ");
        var major = report.Streams.Count(stream => stream.Length >= MajorLength);
        Line(text, $"**Total Messages**: {ShownText.Number(report.Streams.Sum(s => s.Length))} events, "
            + $"{major} streams with {ShownText.Number(MajorLength)} or more  ");
        var behind = report.Streams.SelectMany(s => s.Groups)
            .Where(g => g.Unread > 0 && g.Verdict != Verdict.MissingGroup)
            .OrderByDescending(g => g.Unread)
            .Select(g => $"{g.Name} (LAG: {Unread(g)}{(g.Verdict == Verdict.Active ? "" : " ⚠")})").ToArray();
        var more = behind.Length > MostBehind ? $" and {behind.Length - MostBehind} more" : "";
        Line(text, "**Consumer Groups**: "
            + (behind.Length == 0 ? "none behind" : string.Join(", ", behind.Take(MostBehind)) + more));
    }

    private static void Catalog(StringBuilder text, AuditReport report)
    {
        Heading(text, "## STREAM CATALOG");
        foreach (var (domain, title) in EventFlowDocument.Domains)
        {
            var streams = StreamCatalog.All
                .SelectMany(c => report.Streams.Where(s => IsOf(s, c)).Select(s => (Catalog: c, Report: s)))
                .Where(s => s.Catalog.Domain == domain).ToArray();
            Section(text, title,
                [.. streams.Select(s => (s.Report, $"[Producer: {string.Join(", ", s.Catalog.Producers)}]"))]);
        }

        Section(text, "Unknown Streams",
            [.. report.Streams.Where(s => !s.Known).Select(s => (s, "[Producer: not in the catalog]"))]);
    }

    private static void Section(StringBuilder text, string title, (StreamReport Stream, string Producer)[] streams)
    {
        if (streams.Length == 0) return;
        Line(text, $"### {title} ({streams.Length})");
        Line(text, "```");
        var width = streams.Max(s => s.Stream.Name.Length);
        foreach (var (stream, producer) in streams)
        {
            var figures = $"{ShownText.Number(stream.Length)} entries {ShownText.Rate(stream.RatePerS)}".TrimEnd();
            Line(text, $"{stream.Name.PadRight(width)}   {producer} {figures}");
            foreach (var group in stream.Groups)
            {
                Line(text, $"  ├─ Consumers: {group.Name} ({group.Consumers} consumers, "
                    + $"LAG {Unread(group)}, {string.Join(", ", group.Verdicts)})");
            }

            if (stream.Groups.All(g => g.Verdict is Verdict.Active or Verdict.Idle)
                || stream.Sample.Count == 0) continue;
            Line(text, "  └─ Latest event sample:");
            Line(text, "     {");
            foreach (var (name, value) in stream.Sample) Line(text, $"       {name}: {value}");
            Line(text, "     }");
        }

        Line(text, "```");
        Line(text);
    }

    private static void Diagram(StringBuilder text, AuditReport report)
    {
        Heading(text, "## EVENT FLOW DIAGRAM (ORDER LIFECYCLE)");
        Line(text, "```");
        for (var i = 0; i < s_lifecycle.Length; i++)
        {
            if (i > 0) Line(text, "           │\n           ▼");
            var role = s_lifecycle[i];
            var isGone = report.Streams.SelectMany(s => s.Groups)
                .Any(g => g.Role == role && g.Verdict is Verdict.NoActiveConsumer or Verdict.MissingGroup);
            Box(text, role, isGone);
        }

        Line(text, "```");
    }

    private static void Box(StringBuilder text, string role, bool isGone)
    {
        string[] inside = isGone
            ? ["⚠ MISSING CONSUMER", role, "STATUS: NO PROCESS"]
            : [role, $"({ServiceHosts.Of(role).Name})"];
        string[] flows =
        [
            .. StreamCatalog.ReadBy(role).Select(s => $" ← {(isGone ? "should read" : "reads")} {s.Name}"),
            .. StreamCatalog.WrittenBy(role).Select(s => " → " + s.Key),
        ];
        var bar = new string('─', BoxWidth);
        Line(text, $"┌{bar}┐");
        for (var i = 0; i < Math.Max(inside.Length, flows.Length); i++)
        {
            var left = (i < inside.Length ? inside[i] : "").PadRight(BoxWidth - 1);
            Line(text, $"│ {left}│{(i < flows.Length ? flows[i] : "")}");
        }

        Line(text, $"└{bar}┘");
    }

    private static void Findings(StringBuilder text, AuditReport report)
    {
        Heading(text, "## CRITICAL FINDINGS");
        if (report.Findings.Count == 0) Line(text, "### ✅ NONE");
        foreach (var finding in report.Findings)
        {
            var mark = finding.Severity switch { Severity.Critical => "🚨", Severity.Warning => "⚠", _ => "ℹ" };
            Line(text, $"### {mark} {finding.Code.Replace('_', ' ')}");
            if (finding.Stream is not null) Line(text, $"**Stream**: {finding.Stream}  ");
            if (finding.Group is not null) Line(text, $"**Consumer Group**: {finding.Group}  ");
            if (finding.Count > 0)
                Line(text, $"**Count**: {AuditRows.Bounded(finding.Count, finding.CountBound)}  ");
            Line(text, $"**Impact**: {finding.Text}  ");
            Line(text, $"**Mend**: {finding.Mend}");
            Line(text);
            if (finding.Severity == Severity.Critical && GroupOf(report, finding) is { } group)
                Evidence(text, finding, group);
        }
    }

    private static void Evidence(StringBuilder text, Finding finding, GroupReport group)
    {
        Line(text, "**Evidence**:");
        Line(text, "```");
        Line(text, $"XINFO GROUPS of {finding.Stream}");
        Line(text, $"name: {group.Name}");
        Line(text, $"consumers: {group.Consumers}");
        Line(text, $"pending: {group.Pending}");
        Line(text, $"last-delivered-id: {group.Position ?? "none"}");
        var lag = group.ReportedLag?.ToString(CultureInfo.InvariantCulture) ?? "nil";
        Line(text, $"lag: {lag}  ← truly unread: {Unread(group)}, destroyed unread: "
            + AuditRows.Bounded(group.DestroyedUnread, group.DestroyedUnreadBound));
        Line(text, "```");
        Line(text);
    }

    private static void Map(StringBuilder text, AuditReport report)
    {
        Heading(text, "## PRODUCER/CONSUMER MAP");
        Line(text, "### Producers");
        foreach (var role in ServiceHosts.All.SelectMany(host => host.Roles)
            .Where(role => StreamCatalog.WrittenBy(role).Any()))
            Line(text, $"- {role} → {string.Join(", ", StreamCatalog.WrittenBy(role))}");
        Line(text);
        Line(text, "### Consumers");
        foreach (var group in report.Streams.SelectMany(s => s.Groups))
        {
            var gap = group.Verdict is Verdict.Active or Verdict.Idle ? "" : "**GAP**: ";
            Line(text, $"- {gap}{group.Name} → {group.Consumers} consumers registered, "
                + string.Join(", ", group.Verdicts));
        }
    }

    private static void Health(StringBuilder text, AuditReport report)
    {
        var redis = report.Redis;
        Heading(text, "## REDIS HEALTH");
        if (redis.IsKnown) Figures(text, redis);
        else Line(text, "**Figures**: not known, for INFO was not answered  ");
        if (PlainAudit.Kind(redis) is { } kind) Line(text, $"**Kind**: {kind}  ");
        Line(text, "**Slowlog**: " + (report.Unanswered.Any(u => u.Command == AuditCommand.SlowLog) ? "not known  "
            : redis.RecentSlowCommands == 0 ? "nothing in the last ten minutes  "
            : $"{AuditRows.Bounded(redis.RecentSlowCommands, redis.RecentSlowBound)} in the last ten minutes, "
              + $"the slowest {ShownText.Age((long)redis.SlowestMs)}  "));
        var isFine = report.Findings.All(f => f.Stream is not null || f.Severity == Severity.Info);
        Line(text, $"**Status**: {(isFine ? "✅ HEALTHY" : "⚠ SEE FINDINGS")}");
        Line(text);
        Line(text, "---");
        Line(text);
        Line(text,
            $"**Audit Conclusion**: Event infrastructure is {(isFine ? "OPERATIONAL" : "AT RISK")}, {Chain(report)}");
    }

    private static void Figures(StringBuilder text, RedisFacts redis)
    {
        Line(text, $"**Memory Usage**: {redis.MemoryBytes >> 20}MB  ");
        Line(text, $"**Commands Processed**: {ShownText.Number(redis.CommandsTotal)} ({redis.CommandsPerS}/s)  ");
        Line(text, $"**Client Connections**: {redis.Clients}, {redis.BlockedClients} blocked  ");
        var kept = redis.AppendOnlyFile ? "append-only file" : "no append-only file";
        Line(text, $"**Persistence**: {kept}, {redis.EvictionPolicy}  ");
    }

    private static string Unread(GroupReport group) => AuditRows.Bounded(group.Unread, group.UnreadBound);

    private static string Chain(AuditReport report)
    {
        string[] gone =
        [
            .. report.Streams.SelectMany(s => s.Groups)
                .Where(g => g.Verdict is Verdict.NoActiveConsumer or Verdict.Stuck).Select(g => g.Role ?? g.Name)
                    .Distinct(),
        ];
        return gone.Length == 0
            ? report.IsHealthy ? "every group has its reader." : "with findings."
            : $"but {string.Join(", ", gone)} {(gone.Length == 1 ? "is" : "are")} DISCONNECTED.";
    }

    private static GroupReport? GroupOf(AuditReport report, Finding finding) => report.Streams
        .Where(s => s.Name == finding.Stream).SelectMany(s => s.Groups).FirstOrDefault(g => g.Name == finding.Group);

    private static bool IsOf(StreamReport stream, EventStream catalog) =>
        stream.Name == catalog.Key || stream.Name.StartsWith(catalog.Key + ":{", StringComparison.Ordinal);

    private static void Heading(StringBuilder text, string line)
    {
        Line(text);
        Line(text, "---");
        Line(text);
        Line(text, line);
        Line(text);
    }

    private static void Line(StringBuilder text, string line = "") => text.Append(line).Append('\n');
}
