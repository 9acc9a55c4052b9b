using Quantum.Contracts.Reasons;

namespace Quantum.Contracts.Catalog;

/// <summary>
/// The event flow as Markdown in the audit's own layout, made from the catalog: <c>docs/EVENT_FLOW.md</c> is its
/// output, and a test compares the two.
/// </summary>
public static class EventFlowDocument
{
    private const int BoxWidth = 21;

    /// <summary>The domains in the page's order, with their titles.</summary>
    public static IReadOnlyList<(StreamDomain Domain, string Title)> Domains { get; } =
    [
        (StreamDomain.Market, "Market Data Streams"), (StreamDomain.Ai, "AI & Signals"),
        (StreamDomain.Trading, "Trading & Execution"), (StreamDomain.Portfolio, "Portfolio Management"),
        (StreamDomain.Governance, "Governance & Policy"), (StreamDomain.Learning, "Learning & Training"),
    ];

    public static string Render()
    {
        var text = new StringBuilder();
        Line(text, "# EVENT FLOW MAP — Redis Streams Architecture");
        Line(text);
        Line(text, "Generated from `StreamCatalog` and `ServiceHosts`: change those, not this page.");
        Line(text, "`./quantum flow` prints it.");
        Inventory(text);
        Line(text, "## STREAM CATALOG");
        foreach (var (domain, title) in Domains) Section(text, domain, title);
        Diagram(text);
        Map(text);
        Reasons(text);
        return text.ToString();
    }

    private static void Inventory(StringBuilder text)
    {
        var audited = StreamCatalog.All.Count(stream => !stream.IsInternal);
        Line(text);
        Line(text, "## REDIS STREAMS INVENTORY");
        Line(text);
        Line(text, $"**Streams of the audit**: {audited}  ");
        Line(text, $"**Internal streams**: {StreamCatalog.All.Count - audited}  ");
        Line(text, $"**Consumer groups**: {StreamCatalog.All.Sum(stream => stream.Consumers.Count)}  ");
        Line(text, $"**Streams without a reader**: {StreamCatalog.All.Count(stream => stream.Consumers.Count == 0)}");
        Line(text);
        Line(text, "Every stream also has its dead letters, `quantum:dlq:<stream>`,");
        Line(text, "and every role a journal of what it applied.");
        Line(text);
    }

    private static void Section(StringBuilder text, StreamDomain domain, string title)
    {
        var streams = StreamCatalog.All.Where(stream => stream.Domain == domain).ToList();
        Line(text);
        Line(text, $"### {title} ({streams.Count})");
        Line(text, "```");
        var width = streams.Max(stream => stream.Key.Length);
        foreach (var stream in streams)
            Line(text, $"{stream.Key.PadRight(width)}   {ProducersOf(stream)}");
        Line(text, "```");
        Line(text);
        Line(text, "| stream | consumers | mode | shard key | kept | stale after | lag objective |");
        Line(text, "|---|---|---|---|---|---|---|");
        foreach (var stream in streams) Line(text, RowOf(stream));
        Line(text);
        foreach (var stream in streams)
            Line(text, $"- `{stream.Name}` carries {string.Join(", ", stream.FieldNames.Select(name => $"`{name}`"))}");
    }

    private static string ProducersOf(EventStream stream) =>
        $"[Producer: {string.Join(", ", stream.Producers)}]{(stream.IsInternal ? " (internal)" : "")}";

    private static string RowOf(EventStream stream) => string.Join(" | ",
        $"| `{stream.Name}`",
        string.Join("<br>", stream.Consumers.Select(consumer => $"{consumer.Role} (`{consumer.Group}`)")),
        WireNames.Of(stream.Mode),
        WireNames.Of(stream.Shard),
        stream.Retention.MaxLength is { } length
            ? $"{length} entries"
            : $"{Span(stream.Retention.MinAge)} behind every reader",
        stream.FreshnessLimit is null ? "never" : Span(stream.FreshnessLimit),
        Span(stream.LagObjective) + " |");

    private static void Diagram(StringBuilder text)
    {
        Line(text);
        Line(text, "## EVENT FLOW DIAGRAM");
        Line(text);
        Line(text, "```");
        var roles = ServiceHosts.All.SelectMany(host => host.Roles.Select(role => (host, role))).ToList();
        for (var i = 0; i < roles.Count; i++)
        {
            if (i > 0) Line(text, "           │\n           ▼");
            Box(text, roles[i].role, roles[i].host.Name);
        }

        Line(text, "```");
    }

    private static void Box(StringBuilder text, string role, string service)
    {
        var bar = new string('─', BoxWidth);
        string[] flows =
        [
            .. StreamCatalog.ReadBy(role).Select(stream => " ← reads " + stream.Name),
            .. StreamCatalog.WrittenBy(role).Select(stream => " → " + stream.Key),
        ];
        Line(text, $"┌{bar}┐");
        for (var i = 0; i < Math.Max(2, flows.Length); i++)
        {
            var inside = i switch { 0 => role, 1 => $"({service})", _ => "" };
            Line(text, $"│ {inside.PadRight(BoxWidth - 1)}│{(i < flows.Length ? flows[i] : "")}");
        }

        Line(text, $"└{bar}┘");
    }

    private static void Map(StringBuilder text)
    {
        var roles = ServiceHosts.All.SelectMany(host => host.Roles).ToList();
        Line(text);
        Line(text, "## PRODUCER/CONSUMER MAP");
        Line(text);
        Line(text, "### Producers");
        foreach (var role in roles.Where(role => StreamCatalog.WrittenBy(role).Any()))
            Line(text, $"- {role} → {string.Join(", ", StreamCatalog.WrittenBy(role))}");
        Line(text);
        Line(text, "### Consumers");
        foreach (var role in roles.Where(role => StreamCatalog.ReadBy(role).Any()))
            Line(text, $"- {role} ← {string.Join(", ", StreamCatalog.ReadBy(role))}");
        Line(text);
        Line(text, "### Services");
        foreach (var host in ServiceHosts.All)
            Line(text, $"- {host.Name}: {(host.Roles.Count == 0 ? "no role" : string.Join(", ", host.Roles))}");
    }

    private static void Reasons(StringBuilder text)
    {
        Line(text);
        Line(text, "## REASONS");
        Line(text);
        Line(text, "Generated from `ReasonCatalog`: one code means the same wherever it is given.");
        foreach (var stream in StreamCatalog.All.Where(stream => ReasonCatalog.FieldOf(stream) is not null))
        {
            Line(text);
            Line(text, $"### `{stream.Name}`, field `{ReasonCatalog.FieldOf(stream)}`");
            Line(text);
            Line(text, "| code | because | given by |");
            Line(text, "|---|---|---|");
            foreach (var reason in ReasonCatalog.GivenOn(stream.Name))
                Line(text, $"| `{reason.Code}` | {reason.Meaning} | {GiversOf(reason)} |");
        }

        Line(text);
        Line(text, "### Counted (`./quantum why SYMBOL`)");
        Line(text);
        Line(text, "| role | counter | codes |");
        Line(text, "|---|---|---|");
        foreach (var (role, counter) in ReasonCatalog.Counters)
            Line(text, $"| {role} | `{counter}` | {CodesOf(role, counter)} |");
        Line(text);
        Line(text, "What is only counted:");
        Line(text);
        foreach (var reason in ReasonCatalog.All.Where(reason => reason.Uses.All(use => use.Stream is null)))
            Line(text, $"- `{reason.Code}`: {reason.Meaning}");
    }

    private static string GiversOf(ReasonCode reason) =>
        string.Join(", ", reason.Uses.Where(use => use.Stream is not null).Select(use => use.Role).Distinct());

    private static string CodesOf(string role, string counter)
    {
        var from = ReasonCatalog.CountsOf(role, counter).Select(stream => $"those of `{stream}`");
        var own = ReasonCatalog.All
            .Where(reason => reason.Uses.Any(use => use.Role == role && use.Counter == counter))
            .Select(reason => $"`{reason.Code}`");
        return string.Join(", ", from.Concat(own));
    }

    private static string Span(TimeSpan? time) => time switch
    {
        null => "",
        { TotalHours: >= 1 } hours => string.Create(CultureInfo.InvariantCulture, $"{hours.TotalHours:0.##} h"),
        { } seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds.TotalSeconds:0.##} s"),
    };

    private static void Line(StringBuilder text, string line = "") => text.Append(line).Append('\n');
}
