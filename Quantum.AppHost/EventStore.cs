using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

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
        "--maxmemory-policy", "noeviction", "--appendonly", "yes", "--appendfsync", "everysec",
        "--auto-aof-rewrite-min-size", "256mb",
    ];

    /// <summary>Adds the Redis that <see cref="EventStoreChoice"/> finds, and says which and why.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddEventStore(
        this IDistributedApplicationBuilder builder, string name)
    {
        var choice = builder.ExecutionContext.IsPublishMode
            ? new EventStoreChoice(EventStoreKind.Container, "the manifest describes a deployment")
            : EventStoreChoice.Find(builder.Configuration, name);
        if (builder.ExecutionContext.IsRunMode)
        {
            Console.WriteLine($"Redis: {choice.Kind.Name()}, because {choice.Reason}.");
        }

        return choice.Kind switch
        {
            EventStoreKind.Container => builder.AddContainer(name),
            EventStoreKind.LocalServer => builder.AddLocalServer(name),
            _ => builder.AddConnectionString(name),
        };
    }

    private static string Name(this EventStoreKind kind) => kind switch
    {
        EventStoreKind.Container => "a container",
        EventStoreKind.LocalServer => "a local redis-server",
        _ => "a server elsewhere",
    };

    private static IResourceBuilder<RedisResource> AddContainer(
        this IDistributedApplicationBuilder builder, string name)
    {
        var password = builder.AddRedisPassword(name);
        // As with folders: a recording's events belong to no other run.
        var run = builder.Configuration.IsTape() ? "-" + Path.GetFileName(builder.Folder()) : "";
#pragma warning disable ASPIRECERTIFICATES001 // The opt-out is experimental; Redis stays inside, without TLS.
        return builder.AddRedis(name, password: password)
            .WithoutHttpsCertificate()
            .WithDataVolume($"quantum-{name}{run}")
            .WithArgs(AddSettings);
#pragma warning restore ASPIRECERTIFICATES001
    }

    /// <summary>
    /// Adds the settings; when published, all arguments are one shell line, and what follows it is not read.
    /// </summary>
    private static void AddSettings(CommandLineArgsCallbackContext context)
    {
        if (context.ExecutionContext.IsPublishMode && context.Args is [.., string line])
        {
            context.Args[^1] = $"{line} {string.Join(' ', s_settings)}";
            return;
        }

        foreach (var setting in s_settings)
        {
            context.Args.Add(setting);
        }
    }

    private static IResourceBuilder<ConnectionStringResource> AddLocalServer(
        this IDistributedApplicationBuilder builder, string name)
    {
        var password = builder.AddRedisPassword(name);
        var folder = Path.GetFullPath(Path.Combine(
            builder.AppHostDirectory, builder.Configuration["Redis:Folder"] ?? Path.Combine(builder.Folder(), name)));
        Directory.CreateDirectory(folder);
        // The password comes by the standard input: arguments are open to everyone on the machine.
        var script = $"exec redis-server - \"$@\" <<END\nrequirepass $REDIS_PASSWORD\nEND";
        var server = builder.AddExecutable($"{name}-server", "sh", folder, "-c", script, "redis-server")
            .WithEndpoint(scheme: "redis", name: "tcp", port: FreePort.Next(), isProxied: false)
            .WithEnvironment("REDIS_PASSWORD", password)
            .ExcludeFromManifest();
        var endpoint = server.GetEndpoint("tcp");
        server.WithArgs(context =>
        {
            var port = endpoint.Property(EndpointProperty.TargetPort);
            object[] place = ["--port", port, "--bind", "127.0.0.1", "-::1", "--dir", folder, .. s_settings];
            foreach (var arg in place)
            {
                context.Args.Add(arg);
            }
        });
        var key = $"{name}_ping";
        builder.Services.AddHealthChecks().Add(
            new HealthCheckRegistration(key, _ => new RedisPing(endpoint, password.Resource), null, null));
        server.WithHealthCheck(key);
        var address = endpoint.Property(EndpointProperty.HostAndPort);
        return builder.AddConnectionString(name, ReferenceExpression.Create($"{address},password={password}"))
            .WaitFor(server);
    }

    private static IResourceBuilder<ParameterResource> AddRedisPassword(
        this IDistributedApplicationBuilder builder, string name) =>
        // No special characters: a comma would end the password in a connection string.
        builder.AddParameter(
            $"{name}-password", new GenerateParameterDefault { Special = false }, secret: true, persist: true);
}
