namespace Quantum.InProcess;

/// <summary>How an <see cref="InProcessRun"/> runs.</summary>
public sealed record InProcessSettings
{
    /// <summary>The mode of every event of the run.</summary>
    public required TradingMode Mode { get; init; }

    /// <summary>True saves touched state with each commit, so that roles can be restarted; false is faster.</summary>
    public bool SavesState { get; init; }

    /// <summary>
    /// True hands events over as they are; false writes each as an entry, commits it and reads it back, as a run over
    /// Redis does: slower, same result.
    /// </summary>
    public bool PassesTyped { get; init; } = true;

    /// <summary>
    /// True writes the events of ordered streams also where they pass typed, to be hashed and looked at; false is much
    /// faster.
    /// </summary>
    public bool WritesStreams { get; init; } = true;

    /// <summary>Entries kept at least per stream that is written, for a look afterwards, from 1.</summary>
    public int KeepEntries { get; init; } = 10_000;

    /// <summary>Inputs that one source event may lead to; beyond, roles feed each other without end.</summary>
    public int MostInputsPerEvent { get; init; } = 1_000_000;
}
