namespace Quantum.Audit;

/// <summary>What the servers say of themselves, in words, with the command that mends it.</summary>
internal static class ServerFindings
{
    private const double NearLimitFraction = 0.9;
    private const double SlowMs = 100;

    public static IEnumerable<Finding> Of(SystemFacts system) =>
    [
        .. OfKind(system.Redis),
        .. OfCluster(system.Redis),
        .. system.Servers.SelectMany(server =>
            OfServer(server, system.Redis.Mode, system.Servers.Count > 1 ? server.Address : null)),
    ];

    private static IEnumerable<Finding> OfKind(RedisFacts redis)
    {
        if (redis.Kind != RedisKind.Replica) yield break;
        if (redis.IsMasterLinkUp)
            yield return Make(FindingCodes.IsReplica, Severity.Info, null,
                $"This is a replica of {redis.Master}: it can be a little behind, and nothing is mended here.",
                $"look at the master: ./quantum audit --redis {redis.Master}");
        else
            yield return Make(FindingCodes.ReplicaLinkDown, Severity.Critical, null,
                $"This replica lost its master {redis.Master} {redis.MasterLinkDownS} s ago: what it shows is of then.",
                "bring the master or the way to it back; what it says of itself: "
                + redis.KeyCli.Command("INFO", "replication"));
    }

    private static IEnumerable<Finding> OfCluster(RedisFacts redis)
    {
        if (redis.Kind != RedisKind.Cluster) yield break;
        foreach (var node in redis.Nodes.Where(node => node.Fault is not null))
        {
            var isServing = node is { IsMaster: true, Slots: > 0 };
            yield return Make(FindingCodes.NodeAway, isServing ? Severity.Critical : Severity.Warning, node.Address,
                isServing
                    ? $"The master {node.Address} was not looked at, with its {node.Slots} slots: {node.Fault}."
                    : $"The node {node.Address} is away: {node.Fault}; its slots are served by another.",
                $"bring it back, or let a replica take its place: {redis.KeyCli.Command("CLUSTER", "NODES")}")
                with { Count = node.Slots };
        }

        var missing = RespSlot.Count - redis.Nodes.Where(node => node.IsMaster).Sum(node => node.Slots);
        if (redis.Nodes.Count > 0 && missing > 0)
            yield return Make(FindingCodes.SlotsUncovered, Severity.Critical, null,
                $"{missing} of the cluster's {RespSlot.Count} slots belong to no node: keys there can be neither "
                + "written nor read.",
                $"redis-cli --cluster fix {redis.Nodes[0].Address}") with { Count = missing };
    }

    private static IEnumerable<Finding> OfServer(RedisFacts redis, string? mode, string? node)
    {
        if (!redis.IsKnown) yield break;
        var name = node is null ? "Redis" : $"Redis at {node}";
        if (redis.EvictionPolicy is not ("" or "noeviction"))
            yield return Make(FindingCodes.EvictionPolicy, Severity.Critical, node,
                $"{name} evicts keys ({redis.EvictionPolicy}): that destroys streams with their groups.",
                redis.Cli.Command("CONFIG", "SET", "maxmemory-policy", "noeviction"));
        if (!redis.AppendOnlyFile)
            yield return Make(FindingCodes.NoAppendOnlyFile,
                mode is "live" or "testnet" or "demo" ? Severity.Warning : Severity.Info, node,
                $"{name} keeps no append-only file: a restart loses events.",
                redis.Cli.Command("CONFIG", "SET", "appendonly", "yes"));
        if (!redis.PersistenceOk)
            yield return Make(FindingCodes.PersistenceFailed, Severity.Critical, node,
                $"{name} could not write its last {(redis.IsSaveOk ? "append-only file" : "save")}.",
                $"check the disk, then: {redis.Cli.Command(redis.IsSaveOk ? "BGREWRITEAOF" : "BGSAVE")}");
        if (redis.MaxMemoryBytes > 0 && redis.MemoryBytes > redis.MaxMemoryBytes * NearLimitFraction)
            yield return Make(FindingCodes.MemoryNearLimit, Severity.Critical, node,
                $"{name} uses {redis.MemoryBytes >> 20} of {redis.MaxMemoryBytes >> 20} MiB; "
                + "at the limit every write is refused.",
                "find what grows, or give it more: " + redis.Cli.Command("CONFIG", "SET", "maxmemory",
                    (redis.MaxMemoryBytes * 2).ToString(CultureInfo.InvariantCulture)));
        if (redis.SlowestMs >= SlowMs)
        {
            var least = redis.RecentSlowBound == Bound.AtLeast ? "at least " : "";
            var where = node is null ? "" : $" at {node}";
            yield return Make(FindingCodes.SlowCommands, Severity.Info, node, string.Create(
                CultureInfo.InvariantCulture,
                $"{least}{redis.RecentSlowCommands} slow commands in ten minutes{where}, the slowest of them took "
                + $"{redis.SlowestMs:0} ms."),
                redis.Cli.Command("SLOWLOG", "GET", "10")) with
                {
                    Count = redis.RecentSlowCommands, CountBound = redis.RecentSlowBound,
                };
        }
    }

    private static Finding Make(string code, Severity severity, string? about, string text, string mend) =>
        new(code, severity, null, null, 0, text, mend) { About = about };
}
