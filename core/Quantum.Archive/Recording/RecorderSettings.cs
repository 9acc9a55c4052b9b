namespace Quantum.Archive.Recording;

/// <summary>How a recorder works; the defaults keep up with 100,000 entries a second and hold a few MB.</summary>
public sealed record RecorderSettings
{
    /// <summary>How long an entry may wait for its file, from 0.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Entries of a file at most, from 1; as many waiting are written at once.</summary>
    public int BatchEntries { get; init; } = 5_000;

    /// <summary>Bytes of names and values that a file's entries have at most, about.</summary>
    public int BatchBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How often the saved states of roles are kept, for replays to begin at.</summary>
    public TimeSpan StatesEvery { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Told what a person should know, a line each; true for what is wrong.</summary>
    public Action<bool, string>? Tell { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
