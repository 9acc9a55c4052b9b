using Quantum.Contracts.Catalog;

namespace Quantum.EventLog.Runner;

/// <summary>Compares what a process binds with the catalog: nobody may miss a stream it is said to read.</summary>
public static class BindingCheck
{
    /// <summary>Throws <see cref="InvalidOperationException"/> naming role, stream and mend when they differ.</summary>
    public static void Verify(IReadOnlyList<(string Name, IReadOnlyList<EventStream> Streams)> bound)
    {
        ArgumentNullException.ThrowIfNull(bound);
        foreach (var role in bound.GroupBy(role => role.Name))
        {
            var name = role.Key;
            var streams = role.SelectMany(part => part.Streams).ToArray();
            if (streams.GroupBy(stream => stream).FirstOrDefault(group => group.Count() > 1) is { } twice)
                throw new InvalidOperationException(
                    $"'{name}' reads '{twice.Key.Name}' twice in this process: one handler per stream.");
            var declared = StreamCatalog.ReadBy(name).ToArray();
            foreach (var stream in declared.Except(streams))
            {
                throw new InvalidOperationException(
                    $"the catalog says that '{name}' reads '{stream.Name}', but it has no handler for it: add On(...) "
                        + "or mend StreamCatalog.");
            }

            foreach (var stream in streams.Except(declared))
            {
                throw new InvalidOperationException(
                    $"'{name}' handles '{stream.Name}', but the catalog does not name it as a consumer: add it to "
                        + "StreamCatalog.");
            }
        }
    }
}
