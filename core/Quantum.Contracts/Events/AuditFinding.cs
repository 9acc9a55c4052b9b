namespace Quantum.Contracts.Events;

/// <summary>How bad a finding is. Info alone leaves a system healthy.</summary>
public enum Severity { Info, Warning, Critical }

/// <summary>What became of a finding.</summary>
public enum FindingState
{
    /// <summary>It is new and was confirmed.</summary>
    Raised,

    /// <summary>It got worse.</summary>
    Changed,

    /// <summary>It is gone, which was confirmed too.</summary>
    Cleared,
}

/// <summary>What the watchdog found, on <c>audit.finding</c>: told when raised, changed, cleared.</summary>
public readonly record struct AuditFinding : ICheckedEvent
{
    /// <summary>For programs, one of <see cref="FindingCodes"/>, or <c>COULD_NOT_LOOK</c>.</summary>
    public required string Code { get; init; }

    public required Severity Severity { get; init; }

    public required FindingState State { get; init; }

    /// <summary>The catalog's name of the stream; null when it is about none of ours.</summary>
    public string? Stream { get; init; }

    /// <summary>The stream's key, which tells its shard; null when it is about Redis or the whole system.</summary>
    public string? StreamKey { get; init; }

    public string? Group { get; init; }

    /// <summary>The role that should read here; null when it is about no reader of ours.</summary>
    public string? Role { get; init; }

    /// <summary>Entries, consumers or the like, from 0.</summary>
    public required long Count { get; init; }

    /// <summary>One sentence with the values.</summary>
    public required string Text { get; init; }

    /// <summary>The command or step that mends it.</summary>
    public required string Mend { get; init; }

    /// <summary>When it was first seen, UTC epoch ms.</summary>
    public required long SinceMs { get; init; }

    public string? Fault() => Count < 0 ? $"count is {Count}: it is 0 or more" : null;
}
