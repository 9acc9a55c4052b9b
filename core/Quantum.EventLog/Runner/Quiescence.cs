using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;

namespace Quantum.EventLog.Runner;

/// <summary>
/// The barrier of recorded runs: tells in one call whether every active reader has read and acknowledged everything.
/// </summary>
public sealed class Quiescence
{
    private readonly IEventLog _log;
    private readonly IReadOnlyList<LogLink> _links;

    /// <param name="log">The event log.</param>
    /// <param name="mode">Roles that do not run in this mode are not waited for.</param>
    public Quiescence(IEventLog log, TradingMode mode)
        : this(log, StreamCatalog.All.SelectMany(stream => stream.Consumers)
            .Where(consumer => consumer.IsActiveIn(mode))
            .Select(consumer => consumer.Role)
            .Distinct())
    {
    }

    /// <param name="log">The event log.</param>
    /// <param name="roles">The roles to wait for.</param>
    public Quiescence(IEventLog log, IEnumerable<string> roles)
    {
        ArgumentNullException.ThrowIfNull(log);
        _log = log;
        _links = log.Keys.LinksOf(roles);
    }

    /// <summary>
    /// True when all is read; otherwise <paramref name="blocker"/> names stream and group that are not done.
    /// </summary>
    public bool IsQuiet(out string? blocker) => _log.IsQuiet(_links, out blocker);
}
