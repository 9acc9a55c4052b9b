namespace Quantum.Audit;

/// <summary>Finds out which servers there are to look at, and what each says of itself.</summary>
internal sealed class ServerReading(Asking asking)
{
    private const long RecentMs = 600_000;
    private const int SlowLogEntries = 64;

    private AuditNodes Nodes => asking.Nodes;

    /// <summary>
    /// The facts of the named server, with its cluster's nodes, then those of every master of a cluster. Throws where
    /// no streams can be: at a Sentinel.
    /// </summary>
    public (RedisFacts Named, IReadOnlyList<RedisFacts> All) Read(CancellationToken cancel)
    {
        var (named, info) = Facts([Nodes.Seed])[0];
        if (info?.GetValueOrDefault("redis_mode") == "sentinel") throw Sentinel(info);
        if (info is null || info.GetValueOrDefault("cluster_enabled") == "1") Follow(cancel);
        if (!Nodes.IsCluster)
        {
            var writable = named.Kind == RedisKind.Replica ? MasterOf(info!) : Nodes.Endpoint;
            named = named with { KeyCli = new RedisCli(writable) };
            return (named, [named]);
        }

        var keyCli = new RedisCli(Nodes.Endpoint, IsCluster: true);
        RedisFacts[] all =
        [
            .. Facts([.. Nodes.All.Where(node => node.Connection is not null)])
                .Select(read => read.Facts with { Kind = RedisKind.Cluster, KeyCli = keyCli }),
        ];
        named = named with { Kind = RedisKind.Cluster, KeyCli = keyCli, Nodes = NodesOf(Nodes) };
        return (named, all);
    }

    private void Follow(CancellationToken cancel)
    {
        asking.Ask(Nodes.Seed, AuditCommand.Cluster);
        asking.Send();
        if (asking.Read(out var reply) == Answer.Given)
            Nodes.Follow(ClusterNode.Read(reply.ReadString(), Nodes.Endpoint.Host), cancel);
    }

    /// <summary>The cluster's nodes as they are known by now, masters first; empty outside a cluster.</summary>
    public static IReadOnlyList<RedisNode> NodesOf(AuditNodes nodes)
    {
        var faults = nodes.All.ToDictionary(node => node.Address, node => node.Fault);
        return
        [
            .. nodes.Map.OrderByDescending(node => node.IsMaster).ThenBy(node => node.Address, StringComparer.Ordinal)
                .Select(known => new RedisNode(
                    known.Address, known.IsMaster, known.SlotCount, known.IsFailed ? "the others call it failed"
                        : faults.GetValueOrDefault(known.IsAsked ? nodes.Seed.Address : known.Address))),
        ];
    }

    private List<(RedisFacts Facts, Dictionary<string, string>? Info)> Facts(AuditNode[] nodes)
    {
        foreach (var node in nodes)
        {
            asking.Ask(node, AuditCommand.Time);
            asking.Ask(node, AuditCommand.Server);
            asking.Ask(node, AuditCommand.SlowLog, SlowLogEntries.ToString(CultureInfo.InvariantCulture));
        }

        asking.Send();
        var facts = new List<(RedisFacts, Dictionary<string, string>?)>(nodes.Length);
        foreach (var node in nodes)
        {
            var nowMs = asking.Read(out var reply) == Answer.Given
                ? reply.ReadTimeUs() / 1000
                : DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            var info = asking.Read(out reply) == Answer.Given ? InfoText.Read(reply.ReadString()) : null;
            var slow = asking.Read(out reply) == Answer.Given ? SlowLog(reply, nowMs) : default;
            facts.Add((Facts(node, nowMs, info ?? [], slow) with { IsKnown = info is not null }, info));
        }

        return facts;
    }

    private static RedisFacts Facts(
        AuditNode node, long nowMs, Dictionary<string, string> info, (int Count, Bound Bound, double SlowestMs) slow)
    {
        long Number(string name) =>
            long.TryParse(info.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var value) ? value : 0;
        bool IsOk(string name) => info.GetValueOrDefault(name, "ok") == "ok";
        var isReplica = info.GetValueOrDefault("role") == "slave";
        var master = $"{info.GetValueOrDefault("master_host")}:{info.GetValueOrDefault("master_port")}";
        var isLinkUp = !isReplica || info.GetValueOrDefault("master_link_status") == "up";
        return new RedisFacts
        {
            Address = (node.Endpoint with { ClientName = null }).ToString(), NowMs = nowMs,
            Cli = new RedisCli(node.Endpoint), Kind = isReplica ? RedisKind.Replica : RedisKind.Single,
            Master = isReplica ? master : null, IsMasterLinkUp = isLinkUp,
            MasterLinkDownS = isLinkUp ? null : Math.Max(0, Number("master_link_down_since_seconds")),
            Databases = Databases(info), Version = info.GetValueOrDefault("redis_version", "?"),
            UptimeS = Number("uptime_in_seconds"), MemoryBytes = Number("used_memory"),
            MaxMemoryBytes = Number("maxmemory"), EvictionPolicy = info.GetValueOrDefault("maxmemory_policy", ""),
            AppendOnlyFile = Number("aof_enabled") == 1, Clients = Number("connected_clients"),
            IsSaveOk = IsOk("rdb_last_bgsave_status"),
            IsAppendOk = IsOk("aof_last_write_status") && IsOk("aof_last_bgrewrite_status"),
            BlockedClients = Number("blocked_clients"), CommandsTotal = Number("total_commands_processed"),
            CommandsPerS = Number("instantaneous_ops_per_sec"), RecentSlowCommands = slow.Count,
            RecentSlowBound = slow.Bound, SlowestMs = slow.SlowestMs,
        };
    }

    /// <summary>From lines such as <c>db3:keys=12,expires=0,avg_ttl=0</c>.</summary>
    private static SortedDictionary<int, long> Databases(Dictionary<string, string> info)
    {
        var databases = new SortedDictionary<int, long>();
        foreach (var (name, value) in info)
        {
            if (!name.StartsWith("db", StringComparison.Ordinal) || !value.StartsWith("keys=", StringComparison.Ordinal)
                || !int.TryParse(name.AsSpan(2), CultureInfo.InvariantCulture, out var number)) continue;
            var end = value.IndexOf(',', StringComparison.Ordinal);
            databases[number] = long.Parse(value[5..(end < 0 ? value.Length : end)], CultureInfo.InvariantCulture);
        }

        return databases;
    }

    private static (int Count, Bound Bound, double SlowestMs) SlowLog(RespReader reply, long nowMs)
    {
        var (count, slowestMs) = (0, 0.0);
        var entries = reply.ReadArray();
        for (var left = entries; left > 0; left--)
        {
            var fields = reply.ReadArray();
            reply.Skip();
            var atMs = reply.ReadInteger() * 1000;
            var tookMs = reply.ReadInteger() / 1000.0;
            for (var i = 3; i < fields; i++) reply.Skip();
            if (nowMs - atMs > RecentMs) continue;
            count++;
            slowestMs = Math.Max(slowestMs, tookMs);
        }

        return (count, count == SlowLogEntries ? Bound.AtLeast : Bound.Exact, slowestMs);
    }

    private RespEndpoint MasterOf(Dictionary<string, string> info) => Nodes.Endpoint with
    {
        Host = info.GetValueOrDefault("master_host", ""),
        Port = int.Parse(info.GetValueOrDefault("master_port", "0"), CultureInfo.InvariantCulture),
    };

    private WrongServerException Sentinel(Dictionary<string, string> info)
    {
        string[] masters =
        [
            .. info.Where(field => field.Key.StartsWith("master", StringComparison.Ordinal)
                    && field.Value.StartsWith("name=", StringComparison.Ordinal))
                .Select(field => field.Value.Split(',').Select(part => part.Split('=', 2))
                    .ToDictionary(part => part[0], part => part[^1]))
                .Select(master => $"{master["name"]} at {master.GetValueOrDefault("address", "?")}"),
        ];
        return new WrongServerException(
            $"{Nodes.Seed.Address} is a Sentinel, which holds no streams: name the server that it watches instead"
            + (masters.Length == 0 ? "; it watches none." : $", {string.Join(" or ", masters)}."));
    }
}
