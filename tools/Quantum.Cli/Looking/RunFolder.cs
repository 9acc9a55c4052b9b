namespace Quantum.Cli.Looking;

/// <summary>
/// What <c>./quantum up</c> of this tree tells about itself in <c>.quantum</c>: <c>run.lock</c>, held while it runs,
/// <c>connection</c>, where its Redis is, and <c>system</c>, the id that its Redis is marked with.
/// </summary>
/// <param name="Path">The folder <c>.quantum</c>; null outside a tree.</param>
internal sealed record RunFolder(string? Path)
{
    /// <summary>The one that <c>QUANTUM_FOLDER</c> names, else the one of the tree that this program lies in.</summary>
    public static RunFolder Here { get; } =
        Environment.GetEnvironmentVariable(RunFiles.Variable) is { Length: > 0 } named
            ? new RunFolder(System.IO.Path.GetFullPath(named))
            : Of(AppContext.BaseDirectory);

    /// <summary>The id of this folder's system; null when it never had one.</summary>
    public string? SystemId => Read(RunFiles.System) is { Length: > 0 } id ? id : null;

    public string ConnectionPath => In(RunFiles.Connection);

    public bool HasConnection => Path is not null && File.Exists(ConnectionPath);

    /// <summary>Whether a run of this folder lives.</summary>
    public bool IsRunning => Path is not null && RunLock.IsHeld(In(RunFiles.Lock));

    /// <summary>
    /// Where the living run's Redis is; null until it has told: what is older than its lock is of a run before it.
    /// </summary>
    public string? Connection => HasConnection
        && File.GetLastWriteTimeUtc(ConnectionPath) >= File.GetLastWriteTimeUtc(In(RunFiles.Lock))
        && Read(RunFiles.Connection) is { Length: > 0 } text
            ? text
            : null;

    /// <summary>Whose certificate the run's Redis has, a PEM file; null where it has none.</summary>
    public string? RedisRoot =>
        Path is not null && File.Exists(In(RunFiles.RedisRoot)) ? In(RunFiles.RedisRoot) : null;

    // The nearest tree alone: a run of another one around it is not ours.
    internal static RunFolder Of(string start)
    {
        var folder = start;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "Quantum.sln")))
            folder = System.IO.Path.GetDirectoryName(folder);
        return new RunFolder(folder is null ? null : System.IO.Path.Combine(folder, RunFiles.Folder));
    }

    private string In(string name) => System.IO.Path.Combine(Path ?? "", name);

    private string? Read(string name) =>
        Path is not null && File.Exists(In(name)) ? File.ReadAllText(In(name)).Trim() : null;
}
