using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>
/// The Redis that holds the streams: a container, else a local redis-server, else a server elsewhere.
/// </summary>
internal static class EventStore
{
    // An event must never be evicted, and after a crash at most a second of them may be lost. Read events are trimmed,
    // so the file is soon far longer than what it holds: from 64 MB on, a recording had it rewritten every 8 s.
    private static readonly string[] s_settings =
    [
        "maxmemory-policy noeviction", "appendonly yes", "appendfsync everysec", "auto-aof-rewrite-min-size 256mb",
    ];

    private const string Program = "redis-server";

    // What AppendOnlyFile does for a local server, for one in a container.
    private const string MakeWhole =
        "for f in /data/appendonlydir/*.manifest; do redis-check-aof $f 2>&1"
        + " | grep -Eq 'Reached EOF before|Expected to read|Expected .r.n, got'"
        + " && echo y | redis-check-aof --fix $f; done;";

    /// <summary>Adds the Redis that <see cref="ServerChoice"/> finds, and says which and why.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddEventStore(
        this IDistributedApplicationBuilder builder, string name, RunFolder run)
    {
        var choice = builder.ExecutionContext.IsPublishMode
            ? new ServerChoice(ServerKind.Container, "the manifest describes a deployment")
            : ServerChoice.Find(builder.Configuration, PlainSettings.RedisSource.Name, name, Program);
        if (builder.ExecutionContext.IsRunMode)
        {
            Console.WriteLine($"Redis: {choice.Text(Program)}, because {choice.Reason}.");
        }

        return choice.Kind switch
        {
            ServerKind.Container => builder.AddContainer(name, run),
            ServerKind.LocalServer => builder.AddLocalServer(name, Path.Combine(run.Data, name)),
            _ => builder.AddConnectionString(name),
        };
    }

    private static IResourceBuilder<RedisResource> AddContainer(
        this IDistributedApplicationBuilder builder, string name, RunFolder run)
    {
        // As with folders: a recording's events belong to no other run.
        var tape = builder.Configuration.IsOfItsOwn() ? "-" + Path.GetFileName(run.Data) : "";
#pragma warning disable ASPIRECERTIFICATES001 // The opt-out is experimental; Redis stays inside, without TLS.
        return builder.AddRedis(name, password: builder.AddParameter(
                // No special characters: a comma would end the password in a connection string.
                $"{name}-password", new GenerateParameterDefault { Special = false }, secret: true))
            .WithoutHttpsCertificate()
            .WithDataVolume($"quantum-{name}{tape}")
            .WithArgs(AddSettings);
#pragma warning restore ASPIRECERTIFICATES001
    }

    /// <summary>
    /// Adds the settings; when published, all arguments are one shell line, and what follows it is not read.
    /// </summary>
    private static void AddSettings(CommandLineArgsCallbackContext context)
    {
        var arguments = s_settings.SelectMany(setting => ("--" + setting).Split(' ')).ToArray();
        if (context.ExecutionContext.IsPublishMode && context.Args is [.., string line])
        {
            context.Args[^1] = $"{MakeWhole} exec {line} {string.Join(' ', arguments)}";
            return;
        }

        foreach (var argument in arguments)
        {
            context.Args.Add(argument);
        }
    }

    private static IResourceBuilder<LocalRedisResource> AddLocalServer(
        this IDistributedApplicationBuilder builder, string name, string folder)
    {
        Directory.CreateDirectory(folder);
        var port = FreePort.Next();
        var secret = builder.Configuration[$"Parameters:{name}-password"] ?? PrivateFile.NewPassword();
        var password = builder.AddParameter($"{name}-password", secret, secret: true).Resource;
        var server = new LocalRedisResource(name, folder, port, password);
        // The password in a file that only its owner reads: arguments are open to everyone on the machine.
        string[] settings =
        [
            string.Create(CultureInfo.InvariantCulture, $"port {port}"), "bind 127.0.0.1 -::1", $"dir \"{folder}\"",
            $"requirepass {secret}", .. s_settings,
        ];
        PrivateFile.Write(server.Settings, string.Join('\n', settings) + "\n");
        var key = $"{name}_ping";
        builder.Services.AddHealthChecks().AddRedis(
            _ => server.ConnectionStringExpression.GetValueAsync(default).AsTask().GetAwaiter().GetResult()!, key);
        return builder.AddResource(server)
            .WithArgs(server.Settings)
            .WithEndpoint(port: port, scheme: "redis", name: "tcp", isProxied: false)
            .WithIconName("Database")
            .WithHealthCheck(key)
            .OnBeforeResourceStarted((_, _, _) =>
            {
                if (AppendOnlyFile.MakeWhole(folder) is { } told) Console.Error.WriteLine(told);
                return Task.CompletedTask;
            })
            .ExcludeFromManifest();
    }
}
