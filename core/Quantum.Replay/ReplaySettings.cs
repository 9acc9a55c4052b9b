using Quantum.Instruments;

namespace Quantum.Replay;

/// <summary>What is replayed, with what.</summary>
public sealed record ReplaySettings
{
    /// <summary>The archive's folder.</summary>
    public required string Archive { get; init; }

    /// <summary>Start of what is compared, UTC epoch ms of the inputs, inclusive; null: the start.</summary>
    public long? FromMs { get; init; }

    /// <summary>End of what is compared, UTC epoch ms of the inputs, exclusive; null: the end.</summary>
    public long? ToMs { get; init; }

    /// <summary>Only these roles; empty: all that the archive has a journal of.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>A JSON file of settings; null: those that the recorded run had.</summary>
    public string? SettingsFile { get; init; }

    /// <summary>Single settings over the others, <c>Executor:MaxAttempts=3</c>.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>What is known of the symbols; null: what the recorded run was given.</summary>
    public InstrumentBook? Instruments { get; init; }

    /// <summary>
    /// Whether a role is compared up to a file that cannot be read, and the rest of it left out, instead of an error.
    /// </summary>
    public bool SkipBroken { get; init; }

    /// <summary>Told what a person should know, a line each.</summary>
    public Action<string>? Tell { get; init; }
}
