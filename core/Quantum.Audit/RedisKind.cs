namespace Quantum.Audit;

/// <summary>What kind of Redis was looked at.</summary>
public enum RedisKind
{
    /// <summary>One server, or the master of replicas.</summary>
    Single,

    /// <summary>A copy of a master: it is read as it is, and nothing can be mended there.</summary>
    Replica,

    /// <summary>A cluster, over all its masters.</summary>
    Cluster,
}
