namespace Quantum.Contracts.Settings;

/// <summary>What a run tells of itself, files in its folder: the AppHost writes them, the command line reads.</summary>
public static class RunFiles
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "QUANTUM_FOLDER";

    /// <summary>The folder where nothing names one, in the checkout.</summary>
    public const string Folder = ".quantum";

    /// <summary>Held while the run lives.</summary>
    public const string Lock = "run.lock";

    /// <summary>The process that holds the lock.</summary>
    public const string Owner = "run.owner";

    /// <summary>The connection string of its Redis.</summary>
    public const string Connection = "connection";

    /// <summary>Whose certificate its Redis has, a PEM file; only where it speaks TLS.</summary>
    public const string RedisRoot = "redis-root.pem";

    /// <summary>The address of its dashboard, an URL.</summary>
    public const string Dashboard = "dashboard";

    /// <summary>The id of the folder's system, the same from run to run.</summary>
    public const string System = "system";

    /// <summary>The keys of the console's API.</summary>
    public const string ApiKeys = "api-keys.json";
}
