using Quantum.Instruments;

namespace Quantum.Replay.Live;

/// <summary>What is replayed of a running system, with what.</summary>
public sealed record LiveReplaySettings
{
    /// <summary>Only these roles; empty: all of the system.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>A JSON file of settings; null: those that the services told.</summary>
    public string? SettingsFile { get; init; }

    /// <summary>Single settings over the others, <c>Executor:MaxAttempts=3</c>.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>What is known of the symbols; null: what the services were given.</summary>
    public InstrumentBook? Instruments { get; init; }

    /// <summary>How long it rests when nothing more waits, from 0.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Told what a person should know, a line each.</summary>
    public Action<string>? Tell { get; init; }

    /// <summary>Told each symbol's first difference.</summary>
    public Action<Divergence>? Differs { get; init; }

    /// <summary>Told after each look.</summary>
    public Action<LiveProgress>? Progress { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
