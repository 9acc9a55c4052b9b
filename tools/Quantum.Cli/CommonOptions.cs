using System.CommandLine;

namespace Quantum.Cli;

/// <summary>Options that several verbs share, so that they are spelled and explained the same everywhere.</summary>
internal static class CommonOptions
{
    /// <summary>The server, as a .NET connection string; the environment's is the one that services get.</summary>
    public static Option<string> Redis() => new("--redis", "-r")
    {
        Description = "Redis: host:port or a connection string (default: ConnectionStrings__redis, the running "
            + "./quantum up, or localhost:6379)",
        HelpName = "host:port",
        DefaultValueFactory = _ =>
            Environment.GetEnvironmentVariable("ConnectionStrings__redis") is { Length: > 0 } fromEnvironment
                ? fromEnvironment
                : RunningSystem() ?? "localhost:6379",
    };

    /// <summary>What <c>./quantum up</c> of this tree wrote for as long as it runs; null when it does not.</summary>
    private static string? RunningSystem()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var file = Path.Combine(folder, ".quantum", "connection");
            if (File.Exists(file)) return File.ReadAllText(file);
        }

        return null;
    }

    /// <summary>Machine-readable output.</summary>
    public static Option<bool> Json() => new("--json")
    {
        Description = "print one JSON document instead of text",
    };

    /// <summary>Without it a verb that changes something only says what it would do.</summary>
    public static Option<bool> Yes() => new("--yes", "-y")
    {
        Description = "do it; without this nothing is changed",
    };
}
