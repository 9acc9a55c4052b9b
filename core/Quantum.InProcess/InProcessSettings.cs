using Quantum.Contracts.Units;

namespace Quantum.InProcess;

/// <summary>How an <see cref="InProcessRun"/> runs.</summary>
public sealed record InProcessSettings
{
    /// <summary>The mode of every event of the run.</summary>
    public required TradingMode Mode { get; init; }

    /// <summary>True saves touched state with each commit, so that roles can be restarted; false is faster.</summary>
    public bool SavesState { get; init; }

    /// <summary>
    /// True hands source events of tail streams over as they are, without writing them: faster, same result.
    /// </summary>
    public bool PassesTailsTyped { get; init; } = true;

    /// <summary>Entries kept at least per stream for a look afterwards, from 1.</summary>
    public int KeepEntries { get; init; } = 10_000;

    /// <summary>Inputs that one source event may lead to; beyond, roles feed each other without end.</summary>
    public int MostInputsPerEvent { get; init; } = 1_000_000;
}
