using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace Quantum.AppHost;

/// <summary>Where Redis comes from, and why from there.</summary>
internal sealed record EventStoreChoice(EventStoreKind Kind, string Reason)
{
    private const string Setting = "Redis:Source";
    private static readonly TimeSpan s_answerLimit = TimeSpan.FromSeconds(5);
    private static readonly string[] s_runtimes = ["docker", "podman"];

    /// <summary>The first that is there, unless the setting <c>Redis:Source</c> asks for one.</summary>
    public static EventStoreChoice Find(IConfiguration configuration, string name)
    {
        switch (configuration[Setting])
        {
            case "container":
                return new(EventStoreKind.Container, $"{Setting} asks for it");
            case "local":
                return new(EventStoreKind.LocalServer, $"{Setting} asks for it");
            case "external":
                return new(EventStoreKind.External, $"{Setting} asks for it");
            case not (null or "" or "auto"):
                throw new DistributedApplicationException(
                    $"{Setting} '{configuration[Setting]}' is not known: use auto, container, local or external.");
        }

        var connection = configuration.GetConnectionString(name);
        var unused = connection is null
            ? ""
            : $"; ConnectionStrings:{name} is set but not used, {Setting}=external would";
        if (Runtime(configuration) is { } runtime)
        {
            return new(EventStoreKind.Container, $"the container runtime '{runtime}' answers{unused}");
        }

        if (FindProgram("redis-server") is not null)
        {
            return new(
                EventStoreKind.LocalServer, $"no container runtime answers and redis-server is installed{unused}");
        }

        return connection is not null
            ? new(EventStoreKind.External, $"ConnectionStrings:{name} is set and neither of the others is there")
            : throw new DistributedApplicationException(
                "There is no Redis: no container runtime answers, redis-server is not installed and "
                + $"ConnectionStrings:{name} is not set. Install redis-server, or set "
                + $"ConnectionStrings__{name}=host:port.");
    }

    private static string? Runtime(IConfiguration configuration)
    {
        var wanted = configuration["ASPIRE_CONTAINER_RUNTIME"] ?? configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"];
        return (wanted is null ? s_runtimes : [wanted]).FirstOrDefault(Answers);
    }

    /// <summary>Whether the runtime's server answers: the program alone is not enough.</summary>
    private static bool Answers(string runtime)
    {
        if (FindProgram(runtime) is not { } program)
        {
            return false;
        }

        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["info"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(s_answerLimit))
            {
                return process.ExitCode == 0;
            }

            process.Kill();
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static string? FindProgram(string name)
    {
        var file = OperatingSystem.IsWindows() ? $"{name}.exe" : name;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }
}

/// <summary>The places Redis can come from.</summary>
internal enum EventStoreKind
{
    Container,
    LocalServer,
    External,
}
