namespace Quantum.Console.Flow;

/// <summary>One way between a card and a pill.</summary>
/// <param name="Pill">The stream.</param>
/// <param name="Node">The card.</param>
/// <param name="IsOut">True when the card writes, false when it reads.</param>
/// <param name="Role">Who of the card.</param>
/// <param name="Path">The line, as SVG draws it, in the direction of the events.</param>
internal sealed record FlowEdge(FlowPill Pill, FlowNode Node, bool IsOut, string Role, string Path);

/// <summary>
/// The map's lines, laid out once from the catalog: data never moves them. Lines leave a side of a card in the order
/// of their far ends, so that they do not cross there.
/// </summary>
internal static class FlowLayout
{
    private const double PortGap = 15;
    private const double CardRoom = 18;

    /// <summary>Pills above this go over the top of the live path.</summary>
    private const double HighRoad = 90;

    public static IReadOnlyList<FlowPill> Pills { get; } = [.. FlowPlaces.Streams.Select(FlowPill.Of)];

    public static IReadOnlyList<FlowEdge> Edges { get; } = [.. Lay()];

    private static IEnumerable<FlowEdge> Lay()
    {
        var ends = Pills.SelectMany(pill =>
                pill.Stream.Producers.Select(role => End.Of(pill, role, true))
                    .Concat(pill.Stream.Consumers.Select(consumer => End.Of(pill, consumer.Role, false))))
            .DistinctBy(end => (end.Pill, end.Node, end.IsOut))
            // Who reads what it writes itself shows that on its card alone.
            .Where(end => end.IsOut || !end.Pill.Stream.Producers.Any(role => FlowPlaces.Of(role) == end.Node))
            .ToList();
        foreach (var side in ends.GroupBy(end => (end.Node, end.Side)))
        {
            var sorted = side.OrderBy(end => end.Side is 'l' or 'r' ? end.Pill.Y : end.Pill.X).ToList();
            for (var i = 0; i < sorted.Count; i++) yield return Edge(sorted[i], OffsetOf(sorted.Count, i));
        }
    }

    private static double OffsetOf(int count, int index) =>
        (index - (count - 1) / 2.0) * Math.Min(PortGap, (FlowNode.Height - CardRoom) / Math.Max(1, count - 1));

    private static FlowEdge Edge(End end, double offset)
    {
        var (pill, node) = (end.Pill, end.Node);
        var (px, py) = end.Side switch
        {
            'r' => (node.X + FlowNode.Width / 2, node.Y + offset),
            'l' => (node.X - FlowNode.Width / 2, node.Y + offset),
            'b' => (node.X + offset * 1.7, node.Y + FlowNode.Height / 2),
            _ => (node.X + offset * 1.7, node.Y - FlowNode.Height / 2),
        };
        var path = end.IsHigh ? High(end, px, py) : Curve(end, px, py);
        return new FlowEdge(pill, node, end.IsOut, end.Role, path);
    }

    private static string High(End end, double px, double py)
    {
        const double Turn = 32;
        var toRight = px < end.Pill.X;
        var (qx, qy, way) = (toRight ? end.Pill.Left : end.Pill.Right, end.Pill.Y, toRight ? Turn : -Turn);
        return end.IsOut
            ? Text($"M{px} {py}V{qy + Turn}Q{px} {qy} {px + way} {qy}H{qx}")
            : Text($"M{qx} {qy}H{px + way}Q{px} {qy} {px} {qy + Turn}V{py}");
    }

    private static string Curve(End end, double px, double py)
    {
        var pill = end.Pill;
        var (qx, qy) = end.Side switch
        {
            'r' => (pill.Left, pill.Y), 'l' => (pill.Right, pill.Y),
            'b' => (pill.X, pill.Top), _ => (pill.X, pill.Bottom),
        };
        var isAcross = end.Side is 'l' or 'r';
        var pull = isAcross
            ? Math.Clamp(Math.Abs(qx - px) * 0.5, 26, 240)
            : Math.Max(24, Math.Abs(qy - py) * 0.5);
        var (dx, dy) = end.Side switch
        {
            'r' => (pull, 0.0), 'l' => (-pull, 0.0), 'b' => (0.0, pull), _ => (0.0, -pull),
        };
        return end.IsOut
            ? Text($"M{px} {py}C{px + dx} {py + dy} {qx - dx} {qy - dy} {qx} {qy}")
            : Text($"M{qx} {qy}C{qx - dx} {qy - dy} {px + dx} {py + dy} {px} {py}");
    }

    private static string Text(FormattableString path) => path.ToString(CultureInfo.InvariantCulture);

    /// <summary>An edge before it has a port.</summary>
    private sealed record End(FlowPill Pill, FlowNode Node, bool IsOut, string Role, char Side, bool IsHigh)
    {
        public static End Of(FlowPill pill, string role, bool isOut)
        {
            var node = FlowPlaces.Of(role);
            var isHigh = pill.Y < HighRoad;
            return new End(pill, node, isOut, role, isHigh ? 't' : SideOf(pill, node), isHigh);
        }

        private static char SideOf(FlowPill pill, FlowNode node)
        {
            if (pill.Left > node.X + FlowNode.Width / 2 - 10) return 'r';
            if (pill.Right < node.X - FlowNode.Width / 2 + 10) return 'l';
            return pill.Y > node.Y ? 'b' : 't';
        }
    }
}
