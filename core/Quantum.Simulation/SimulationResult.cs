namespace Quantum.Simulation;

/// <summary>What came of a run.</summary>
public sealed record SimulationResult
{
    public required long Seed { get; init; }

    /// <summary>Steps that were made.</summary>
    public required int Steps { get; init; }

    /// <summary>
    /// SHA-256, as hex, over every entry of every stream: the same after every run of the same settings.
    /// </summary>
    public required string Hash { get; init; }

    /// <summary>Null when every checker held.</summary>
    public required Violation? Violation { get; init; }

    /// <summary>The numbers of the faults that happened.</summary>
    public required IReadOnlyList<int> Faults { get; init; }

    /// <summary>What each of them was, in words.</summary>
    public required IReadOnlyList<string> FaultTexts { get; init; }

    /// <summary>Entries of all streams.</summary>
    public required long Entries { get; init; }

    public required long Intents { get; init; }

    /// <summary>Orders that the venue took.</summary>
    public required long Orders { get; init; }

    /// <summary>Round trips.</summary>
    public required long Trades { get; init; }
}
