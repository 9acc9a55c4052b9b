namespace Quantum.EventLog.Runner;

/// <summary>How a process joins the log.</summary>
public sealed record LogHostSettings
{
    public required RunnerSettings Runner { get; init; }

    /// <summary>Number of symbol shards, 1 to 256, the same in every process.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>Refuse a Redis without append-only file.</summary>
    public bool RequireAppendOnly { get; init; }

    /// <summary>Whose system this process is of (<see cref="SystemOwner"/>); null when it was not told.</summary>
    public string? Owner { get; init; }

    /// <summary>This process among its replicas: new for each start.</summary>
    public string Instance { get; init; } = InstanceName.New();

    /// <summary>How often the process tells that it is alive.</summary>
    public TimeSpan HeartbeatEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a process counts as alive after it last told so: until then no other one asks for its seats.
    /// </summary>
    public TimeSpan AliveFor => HeartbeatEvery * 5;

    /// <summary>False in tests of roles that the catalog does not know.</summary>
    public bool ChecksCatalog { get; init; } = true;
}
