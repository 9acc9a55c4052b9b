namespace Quantum.Audit;

/// <summary>What the server says about itself.</summary>
public sealed record RedisFacts
{
    public required string Address { get; init; }
    public required string Version { get; init; }

    /// <summary>False when it did not answer INFO: then figures and settings are not known.</summary>
    public bool IsKnown { get; init; } = true;

    public RedisKind Kind { get; init; }

    /// <summary>A replica's master, host and port; null for any other.</summary>
    public string? Master { get; init; }

    /// <summary>False while a replica has lost its master: what it shows is of then.</summary>
    public bool IsMasterLinkUp { get; init; } = true;

    /// <summary>Seconds since then, from 0; null while the link is up.</summary>
    public long? MasterLinkDownS { get; init; }

    /// <summary>Keys in each database that has any, by its number.</summary>
    public IReadOnlyDictionary<int, long> Databases { get; init; } = new SortedDictionary<int, long>();

    /// <summary>A cluster's nodes, masters first; empty for any other.</summary>
    public IReadOnlyList<RedisNode> Nodes { get; init; } = [];

    /// <summary>Its clock, UTC epoch ms; without an answer this machine's.</summary>
    public required long NowMs { get; init; }

    /// <summary>Seconds since its start.</summary>
    public long UptimeS { get; init; }

    /// <summary>Bytes in use.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Limit in bytes; 0 is none.</summary>
    public long MaxMemoryBytes { get; init; }

    public string EvictionPolicy { get; init; } = "";
    public bool AppendOnlyFile { get; init; }

    /// <summary>False when the last save or append-only write failed.</summary>
    public bool PersistenceOk => IsSaveOk && IsAppendOk;

    /// <summary>False when the last save failed.</summary>
    public bool IsSaveOk { get; init; } = true;

    /// <summary>False when the last write or rewrite of the append-only file failed.</summary>
    public bool IsAppendOk { get; init; } = true;

    public long Clients { get; init; }
    public long BlockedClients { get; init; }
    public long CommandsTotal { get; init; }
    public long CommandsPerS { get; init; }

    /// <summary>Slow log entries of the last ten minutes, from 0.</summary>
    public int RecentSlowCommands { get; init; }

    /// <summary>At least, when every entry that was read is so young: then there may have been more.</summary>
    public Bound RecentSlowBound { get; init; }

    /// <summary>The slowest of them, ms.</summary>
    public double SlowestMs { get; init; }

    /// <summary>True when a system of ours has marked this Redis.</summary>
    public bool IsQuantum { get; init; }

    /// <summary>The mode it is marked with; null without a mark.</summary>
    public string? Mode { get; init; }

    /// <summary>Members that told within their time that they are alive: role and instance.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Its connection string, a password as <c>…</c>.</summary>
    internal string Given => Address.Replace("password=***", "password=…", StringComparison.Ordinal);

    /// <summary>For commands about this server's settings.</summary>
    internal RedisCli Cli { get; init; } = new(new RespEndpoint { Host = "127.0.0.1" });

    /// <summary>For commands that write keys: at a replica's master, and anywhere in a cluster.</summary>
    internal RedisCli KeyCli { get; init; } = new(new RespEndpoint { Host = "127.0.0.1" });

    /// <summary>True where <c>./quantum audit --fix</c> can write: it needs all its keys on one server.</summary>
    public bool CanFix => Kind == RedisKind.Single;
}
