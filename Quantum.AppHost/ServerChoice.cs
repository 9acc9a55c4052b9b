using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>Where a server comes from, and why from there.</summary>
internal sealed record ServerChoice(ServerKind Kind, string Reason)
{
    private static readonly TimeSpan s_answerLimit = TimeSpan.FromSeconds(5);
    private static readonly string[] s_runtimes = ["docker", "podman"];

    /// <summary>What is written in the choice's place in a sentence.</summary>
    public string Text(string program) => Kind switch
    {
        ServerKind.Container => "a container",
        ServerKind.LocalServer => $"a local {program}",
        _ => "a server elsewhere",
    };

    /// <summary>
    /// The server that a connection string names, else the first that is there, unless a setting asks for one.
    /// </summary>
    /// <param name="configuration">What was set.</param>
    /// <param name="setting">The setting that asks: auto, container, local or external.</param>
    /// <param name="connection">The name of the connection string of a server elsewhere.</param>
    /// <param name="program">The program of a local server.</param>
    public static ServerChoice Find(IConfiguration configuration, string setting, string connection, string program)
    {
        switch (configuration[setting])
        {
            case "container":
                return new(ServerKind.Container, $"{setting} asks for it");
            case "local":
                return new(ServerKind.LocalServer, $"{setting} asks for it");
            case "external":
                return new(ServerKind.External, $"{setting} asks for it");
            case not (null or "" or "auto"):
                throw new DistributedApplicationException(
                    $"{setting} '{configuration[setting]}' is not known: use auto, container, local or external.");
        }

        // Who names a server means it.
        if (configuration.GetConnectionString(connection) is { Length: > 0 })
            return new(ServerKind.External, $"ConnectionStrings:{connection} is set");
        if (Runtime(configuration) is { } runtime)
            return new(ServerKind.Container, $"the container runtime '{runtime}' answers");
        return InstalledProgram.Find(program) is not null
            ? new(ServerKind.LocalServer, $"no container runtime answers and {program} is installed")
            : throw new DistributedApplicationException(
                $"there is no server for '{connection}': no container runtime answers, {program} is not installed and "
                + $"ConnectionStrings:{connection} is not set. Install {program}, or set "
                + $"ConnectionStrings__{connection}=….");
    }

    private static string? Runtime(IConfiguration configuration)
    {
        var wanted = configuration["ASPIRE_CONTAINER_RUNTIME"] ?? configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"];
        return (wanted is null ? s_runtimes : [wanted]).FirstOrDefault(Answers);
    }

    /// <summary>Whether the runtime's server answers: the program alone is not enough.</summary>
    private static bool Answers(string runtime)
    {
        if (InstalledProgram.Find(runtime) is not { } program)
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
}

/// <summary>The places a server can come from.</summary>
internal enum ServerKind
{
    Container,
    LocalServer,
    External,
}
