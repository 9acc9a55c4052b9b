namespace Quantum.EventLog.Audit;

/// <summary>What the server says about itself.</summary>
public sealed record RedisFacts
{
    public required string Address { get; init; }
    public required string Version { get; init; }

    /// <summary>Its clock, UTC epoch ms.</summary>
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
    public bool PersistenceOk { get; init; } = true;

    public long Clients { get; init; }
    public long BlockedClients { get; init; }
    public long CommandsTotal { get; init; }
    public long CommandsPerS { get; init; }

    /// <summary>Slow log entries of the last ten minutes, at most 10.</summary>
    public int RecentSlowCommands { get; init; }

    /// <summary>The slowest of them, ms.</summary>
    public double SlowestMs { get; init; }

    /// <summary>True when a system of ours has marked this Redis.</summary>
    public bool IsQuantum { get; init; }

    /// <summary>The mode it is marked with; null without a mark.</summary>
    public string? Mode { get; init; }

    /// <summary>Members that told within their time that they are alive: role and instance.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];
}
