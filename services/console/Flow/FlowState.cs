using Quantum.Audit;
using Quantum.Console.Live;
using Quantum.Console.Shown;

namespace Quantum.Console.Flow;

/// <summary>How an edge, a pill or a card is, the worst last.</summary>
internal enum FlowHealth
{
    Quiet,
    Flowing,

    /// <summary>What would tell could not be asked.</summary>
    Unknown,

    /// <summary>Longer behind than its objective.</summary>
    Behind,

    /// <summary>Entries were destroyed before they were read.</summary>
    Losing,

    /// <summary>Nobody reads, or somebody reads and nothing moves.</summary>
    Dead,
}

/// <summary>What the map shows of one view: health and figures of streams, readers and cards.</summary>
internal sealed class FlowState(SystemView view)
{
    private const double LeastRate = 0.015;

    private readonly ILookup<EventStream?, StreamReport> _reports =
        (view.Audit?.Streams ?? []).ToLookup(report => StreamKind.Of(report.Name));

    /// <summary>All shards of a stream.</summary>
    public IEnumerable<StreamReport> Reports(EventStream stream) => _reports[stream];

    /// <summary>Entries per second over all shards.</summary>
    public double RateOf(EventStream stream) => Reports(stream).Sum(report => report.RatePerS);

    /// <summary>A role's groups on a stream.</summary>
    public IEnumerable<GroupReport> Groups(EventStream stream, string role) =>
        Reports(stream).SelectMany(report => report.Groups).Where(group => group.Role == role);

    public FlowHealth Of(FlowEdge edge)
    {
        if (edge.IsOut) return RateOf(edge.Pill.Stream) >= LeastRate ? FlowHealth.Flowing : FlowHealth.Quiet;
        var readers = edge.Pill.Stream.Consumers.Where(consumer => edge.Node.Roles.Contains(consumer.Role));
        return Worst(readers.SelectMany(reader => Groups(edge.Pill.Stream, reader.Role))
            .Select(group => Of(edge.Pill.Stream, group)), RateOf(edge.Pill.Stream));
    }

    public FlowHealth Of(EventStream stream) => Worst(
        Reports(stream).SelectMany(report => report.Groups.Select(group => Of(stream, group))), RateOf(stream));

    public FlowHealth Of(FlowNode node)
    {
        if (view.Seats.Any(seat => node.Roles.Contains(seat.Role) && !seat.IsHeld)) return FlowHealth.Dead;
        var read = from stream in FlowPlaces.Streams
                   from role in node.Roles
                   from reader in Groups(stream, role)
                   select Of(stream, reader);
        var rate = OutOf(node);
        return Worst(read, rate > 0 ? rate : InOf(node));
    }

    /// <summary>What stands under a pill in trouble; empty while all is well.</summary>
    public string ChipOf(EventStream stream)
    {
        var groups = Reports(stream).SelectMany(report => report.Groups).ToList();
        var (unread, lost) = (groups.Select(group => group.Unread).DefaultIfEmpty().Max(),
            groups.Select(group => group.DestroyedUnread).DefaultIfEmpty().Max());
        var lostText = lost > 0 && !stream.IsTail ? $"{Figures.Count(lost)} lost unread" : "";
        return Of(stream) switch
        {
            FlowHealth.Dead => Join(unread > 0 ? $"{Figures.Count(unread)} unread" : "not read", lostText),
            FlowHealth.Losing => lostText,
            FlowHealth.Behind => $"{Figures.Count(unread)} behind",
            FlowHealth.Unknown => "not known",
            _ => "",
        };
    }

    /// <summary>The one fact of a card.</summary>
    public string FactOf(FlowNode node) => Of(node) switch
    {
        FlowHealth.Dead when view.Seats.Any(seat => node.Roles.Contains(seat.Role) && !seat.IsHeld) => "no process",
        FlowHealth.Dead => "does not read",
        FlowHealth.Losing => "lost entries",
        FlowHealth.Behind => "falls behind",
        FlowHealth.Unknown => "not known",
        _ when OutOf(node) >= LeastRate => Figures.Rate(OutOf(node)) + " out",
        _ when InOf(node) >= LeastRate => Figures.Rate(InOf(node)) + " in",
        _ => "waits",
    };

    public static FlowHealth Of(EventStream stream, GroupReport group)
    {
        if (group.Verdict is Verdict.NoActiveConsumer or Verdict.MissingGroup or Verdict.Stuck) return FlowHealth.Dead;
        if (group.DestroyedUnread > 0 && !stream.IsTail) return FlowHealth.Losing;
        if (group.OldestUnreadAgeMs > stream.LagObjective.TotalMilliseconds) return FlowHealth.Behind;
        return group.Verdict == Verdict.Unknown ? FlowHealth.Unknown : FlowHealth.Quiet;
    }

    private double OutOf(FlowNode node) => FlowPlaces.Streams
        .Where(stream => stream.Producers.Any(node.Roles.Contains)).Sum(RateOf);

    private double InOf(FlowNode node) => FlowPlaces.Streams
        .Where(stream => stream.Consumers.Any(consumer => node.Roles.Contains(consumer.Role))).Sum(RateOf);

    private static FlowHealth Worst(IEnumerable<FlowHealth> all, double rate)
    {
        var worst = all.DefaultIfEmpty(FlowHealth.Quiet).Max();
        return worst == FlowHealth.Quiet && rate >= LeastRate ? FlowHealth.Flowing : worst;
    }

    private static string Join(string one, string other) => other.Length == 0 ? one : $"{one}, {other}";
}
