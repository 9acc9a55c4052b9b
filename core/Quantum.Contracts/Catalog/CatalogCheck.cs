namespace Quantum.Contracts.Catalog;

/// <summary>
/// Is the topology closed? Run by each service at its start, by the tests, and by whoever starts the services before it
/// starts anything.
/// </summary>
public static class CatalogCheck
{
    /// <summary>Everything that is wrong, one sentence each that names the stream or role and the mend.</summary>
    public static IReadOnlyList<string> Findings(
        IReadOnlyList<EventStream> streams, IReadOnlyList<ServiceHost> hosts) =>
        [.. TopologyFindings(streams, hosts), .. ShapeFindings(streams)];

    /// <summary>What the wire would lose or mix up of the streams' events. Builds the codec of each.</summary>
    public static IReadOnlyList<string> ShapeFindings(IEnumerable<EventStream> streams) =>
        [.. from stream in streams from fault in stream.ShapeFaults() select $"{stream}: {fault}"];

    /// <summary>
    /// Who writes, who reads, who runs whom: without the shape of the events, so it costs next to nothing.
    /// </summary>
    public static IReadOnlyList<string> TopologyFindings(
        IReadOnlyList<EventStream> streams, IReadOnlyList<ServiceHost> hosts)
    {
        ArgumentNullException.ThrowIfNull(streams);
        ArgumentNullException.ThrowIfNull(hosts);
        return
        [
            .. Repeated(streams.Select(s => s.Name)).Select(name => $"two streams are named '{name}': rename one."),
            .. Repeated(streams.Select(s => s.EventType.Name)).Select(name =>
                $"two streams carry {name}: one record type per stream."),
            .. Repeated(hosts.Select(h => h.Name)).Select(name => $"two services are named '{name}': rename one."),
            .. Repeated(hosts.SelectMany(h => h.Roles)).Select(role =>
                $"the role '{role}' runs in two services: it has one owner."),
            .. streams.SelectMany(stream => FindingsOf(stream, hosts)),
            .. Idle(streams, hosts),
        ];
    }

    /// <summary>
    /// Sends a sample of each stream's event through the wire form; one sentence for each that changes.
    /// </summary>
    public static IReadOnlyList<string> RoundTripFindings(
        IReadOnlyList<EventStream> streams, Func<EventStream, object> sampleOf) =>
        [.. streams.Select(s => s.RoundTripFault(sampleOf(s)) is { } fault ? $"{s}: {fault}" : null).OfType<string>()];

    /// <summary>
    /// Compares what a service registers with what the catalog says of it in a mode: every role that reads is there, no
    /// other is, and each has a handler for exactly its streams.
    /// </summary>
    public static IReadOnlyList<string> BindingFindings(
        IReadOnlyList<EventStream> streams, ServiceHost host, IReadOnlyList<RoleBinding> bound, TradingMode mode)
    {
        ArgumentNullException.ThrowIfNull(streams);
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(bound);
        var due = host.Roles.Where(role => RoleNames.IsActiveIn(role, mode) && ReadBy(streams, role).Any()).ToList();
        return
        [
            .. Repeated(bound.Select(binding => binding.Role)).Select(role =>
                $"{host.Name} registers '{role}' twice: one role or gateway per name."),
            .. due.Except(bound.Select(binding => binding.Role)).Select(role =>
                $"'{role}' reads {string.Join(", ", ReadBy(streams, role))}, but {host.Name} does not register it: add "
                + $"it in services/{host.Name}/Program.cs."),
            .. bound.Where(binding => !host.Roles.Contains(binding.Role)).Select(binding =>
                $"{host.Name} registers '{binding.Role}', which is none of its roles: name it in RoleNames."),
            .. bound.SelectMany(binding => HandlerFindings(streams, binding)),
        ];
    }

    private static IEnumerable<string> HandlerFindings(IReadOnlyList<EventStream> streams, RoleBinding binding)
    {
        var declared = ReadBy(streams, binding.Role).ToList();
        foreach (var stream in Repeated(binding.Streams.Select(stream => stream.Name)))
            yield return $"'{binding.Role}' handles {stream} twice: one handler per stream.";
        foreach (var stream in declared.Except(binding.Streams))
            yield return $"the catalog says that '{binding.Role}' reads {stream}, but it has no handler for it: add "
                + "On(...) or mend StreamCatalog.";
        foreach (var stream in binding.Streams.Except(declared))
            yield return $"'{binding.Role}' handles {stream}, but the catalog does not name it as a consumer: add it "
                + "to StreamCatalog.";
    }

    private static IEnumerable<EventStream> ReadBy(IReadOnlyList<EventStream> streams, string role) =>
        streams.Where(stream => stream.Consumers.Any(consumer => consumer.Role == role));

    private static IEnumerable<string> FindingsOf(EventStream stream, IReadOnlyList<ServiceHost> hosts)
    {
        if (stream.Producers.Count == 0) yield return $"{stream} has no producer: name one or remove the stream.";
        if (stream.Consumers.Count == 0) yield return $"{stream} has no consumer: name one or remove the stream.";
        foreach (var mode in Enum.GetValues<TradingMode>())
        {
            if (!stream.Producers.Any(role => RoleNames.IsActiveIn(role, mode)) && stream.Producers.Count > 0)
                yield return $"{stream} has no producer in mode {WireNames.Of(mode)}.";
            if (!stream.Consumers.Any(consumer => consumer.IsActiveIn(mode)) && stream.Consumers.Count > 0)
                yield return $"{stream} has no consumer in mode {WireNames.Of(mode)}.";
        }

        foreach (var role in stream.Producers.Where(role => !IsRun(role, hosts)))
            yield return $"{stream} is written by '{role}', which no service runs: add it in RoleNames.";
        foreach (var consumer in stream.Consumers.Where(consumer => !IsRun(consumer.Role, hosts)))
            yield return $"{stream} is read by '{consumer.Role}', which no service runs: add it in RoleNames.";
        foreach (var role in Repeated(stream.Consumers.Select(c => c.Role)))
            yield return $"{stream} names the consumer '{role}' twice.";
        foreach (var group in Repeated(stream.Consumers.Select(c => c.Group)))
            yield return $"{stream} is read by two roles under the group '{group}': they would share its entries.";
    }

    private static IEnumerable<string> Idle(IReadOnlyList<EventStream> streams, IReadOnlyList<ServiceHost> hosts) =>
        from host in hosts
        from role in host.Roles
        where !streams.Any(s => s.Producers.Contains(role) || s.Consumers.Any(c => c.Role == role))
        select $"the role '{role}' of {host.Name} neither reads nor writes a stream.";

    private static bool IsRun(string role, IReadOnlyList<ServiceHost> hosts) => hosts.Any(h => h.Roles.Contains(role));

    private static IEnumerable<string> Repeated(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key);
}
