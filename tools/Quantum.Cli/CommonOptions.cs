using System.CommandLine;

namespace Quantum.Cli;

/// <summary>Options that several verbs share, so that they are spelled and explained the same everywhere.</summary>
internal static class CommonOptions
{
    /// <summary>The server, as a .NET connection string; without it <see cref="Looking.RedisChoice"/> chooses.</summary>
    public static Option<string> Redis() => new("--redis", "-r")
    {
        Description = "Redis: host:port or a connection string (default: that of the running ./quantum up, else of "
            + "ConnectionStrings__redis, else localhost:6379)",
        HelpName = "host:port",
    };

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
