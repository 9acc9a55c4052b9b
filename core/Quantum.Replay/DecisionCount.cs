namespace Quantum.Replay;

/// <summary>How the decisions of one role on one stream compare.</summary>
public sealed record DecisionCount
{
    public required string Role { get; init; }

    public required string Stream { get; init; }

    /// <summary>The same in every field.</summary>
    public long Same { get; set; }

    /// <summary>In both, with other values.</summary>
    public long Changed { get; set; }

    /// <summary>In the run before alone.</summary>
    public long OnlyBefore { get; set; }

    /// <summary>In this run alone.</summary>
    public long OnlyNow { get; set; }
}
