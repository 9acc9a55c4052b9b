using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Catalog;

/// <summary>
/// Is the topology closed? Run by the tests, by the AppHost before it starts anything and by each service at its start.
/// </summary>
public static class CatalogCheck
{
    /// <summary>Everything that is wrong, one sentence each that names the stream or role and the mend.</summary>
    public static IReadOnlyList<string> Findings(
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
            yield return $"{stream} is written by '{role}', which no service runs: add it to a ServiceHost.";
        foreach (var consumer in stream.Consumers.Where(consumer => !IsRun(consumer.Role, hosts)))
            yield return $"{stream} is read by '{consumer.Role}', which no service runs: add it to a ServiceHost.";
        foreach (var role in Repeated(stream.Consumers.Select(c => c.Role)))
            yield return $"{stream} names the consumer '{role}' twice.";
        foreach (var group in Repeated(stream.Consumers.Select(c => c.Group)))
            yield return $"{stream} is read by two roles under the group '{group}': they would share its entries.";
        foreach (var fault in stream.ShapeFaults()) yield return $"{stream}: {fault}";
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
