namespace Quantum.Audit;

/// <summary>A command that the audit sends, and what is not known where it is not answered.</summary>
/// <param name="Name">The command, for example <c>XINFO</c>.</param>
/// <param name="Part">Its subcommand; null when it has none.</param>
/// <param name="Severity">How bad it is not to know: critical where a critical finding could hide behind it.</param>
/// <param name="Unknown">What is not known then, as the end of a sentence.</param>
public sealed record AuditCommand(string Name, string? Part, Severity Severity, string Unknown)
{
    public static readonly AuditCommand Time = new(
        "TIME", null, Severity.Warning, "the server's clock, so ages are by this machine's");

    public static readonly AuditCommand Server = new(
        "INFO", null, Severity.Critical,
        "version, memory, persistence, eviction, replication and which databases hold keys");

    public static readonly AuditCommand SlowLog = new("SLOWLOG", "GET", Severity.Warning, "slow commands");

    public static readonly AuditCommand Cluster = new(
        "CLUSTER", "NODES", Severity.Critical, "the other nodes and what they hold");

    public static readonly AuditCommand Mark = new(
        "HGETALL", null, Severity.Critical, "whether this Redis is Quantum's, and in which mode");

    public static readonly AuditCommand Counted = new(
        "HGETALL", null, Severity.Critical, "what roles counted that a person must know");

    public static readonly AuditCommand Replayed = new(
        "HGETALL", null, Severity.Warning, "whether decisions are the same when they are made again");

    public static readonly AuditCommand Members = new("ZRANGE", null, Severity.Critical, "which roles are alive");
    public static readonly AuditCommand Lease = new("HGET", null, Severity.Critical, "which reader holds its seat");
    public static readonly AuditCommand Scan = new("SCAN", null, Severity.Critical, "which streams there are");

    public static readonly AuditCommand Type = new(
        "TYPE", null, Severity.Critical, "whether a key of Quantum's holds another type");

    public static readonly AuditCommand Stream = new(
        "XINFO", "STREAM", Severity.Critical, "how long it is, and what was trimmed or deleted");

    public static readonly AuditCommand Groups = new("XINFO", "GROUPS", Severity.Critical, "who reads, and how far");

    public static readonly AuditCommand Consumers = new(
        "XINFO", "CONSUMERS", Severity.Warning, "which consumers nothing alive stands behind");

    public static readonly AuditCommand Pending = new(
        "XPENDING", null, Severity.Critical, "what was delivered and lost, and for how long the oldest waits");

    public static readonly AuditCommand Range = new(
        "XRANGE", null, Severity.Critical, "how many entries wait, and for how long");

    public static readonly AuditCommand Newest = new(
        "XREVRANGE", null, Severity.Critical, "modes and schema versions of the newest entries");

    /// <summary>Every one: no other command is ever sent by an audit.</summary>
    public static IReadOnlyList<AuditCommand> All { get; } =
    [
        Time, Server, SlowLog, Cluster, Mark, Counted, Replayed, Members, Lease, Scan, Type, Stream, Groups, Consumers,
        Pending, Range, Newest,
    ];

    /// <summary>As an ACL rule names it, for example <c>xinfo|stream</c>.</summary>
    public string AclName => (Part is null ? Name : $"{Name}|{Part}").ToLowerInvariant();

    public override string ToString() => Part is null ? Name : $"{Name} {Part}";
}
