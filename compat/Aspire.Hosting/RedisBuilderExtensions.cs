using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds Redis; in a run, the stand-in starts a local redis-server in place of the container.</summary>
public static class RedisBuilderExtensions
{
    private const int ContainerPort = 6379;

    /// <summary>Adds Redis on a port.</summary>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, string name, int? port) =>
        builder.AddRedis(name, port, null);

    /// <summary>Adds Redis; without a password it gets a random one, without a port a free one.</summary>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder,
        string name,
        int? port = null,
        IResourceBuilder<ParameterResource>? password = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // Passwords with commas do not fit into a connection string.
        var secret = password?.Resource
            ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(
                builder, $"{name}-password", special: false);
        var redis = new RedisResource(name, secret);
        var key = $"{name}_check";
        builder.Services.AddHealthChecks()
            .Add(new HealthCheckRegistration(key, _ => new RedisHealthCheck(redis), null, null));
        return builder.AddResource(redis)
            .WithEndpoint(
                port: port, targetPort: ContainerPort, name: RedisResource.PrimaryEndpointName, scheme: "redis")
            .WithImage("library/redis", "8.6")
            .WithImageRegistry("docker.io")
            .WithHealthCheck(key)
            .WithEntrypoint("/bin/sh")
            .WithEnvironment(context =>
            {
                if (redis.PasswordParameter is { } given)
                {
                    context.EnvironmentVariables["REDIS_PASSWORD"] = given;
                }
            })
            .WithArgs(context => AddServerArgs(context, redis));
    }

    /// <summary>Keeps the data in a volume; also turns snapshots on.</summary>
    public static IResourceBuilder<RedisResource> WithDataVolume(
        this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.WithVolume(name ?? VolumeName(builder), "/data", isReadOnly);
        return isReadOnly ? builder : builder.WithPersistence();
    }

    /// <summary>Keeps the data in a folder of the host; also turns snapshots on.</summary>
    public static IResourceBuilder<RedisResource> WithDataBindMount(
        this IResourceBuilder<RedisResource> builder, string source, bool isReadOnly = false)
    {
        builder.WithBindMount(source, "/data", isReadOnly);
        return isReadOnly ? builder : builder.WithPersistence();
    }

    /// <summary>Saves a snapshot after an interval (default 60 s) if so many keys changed.</summary>
    public static IResourceBuilder<RedisResource> WithPersistence(
        this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(
            new SnapshotAnnotation(interval ?? TimeSpan.FromSeconds(60), keysChangedThreshold),
            ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Sets the password; null means none.</summary>
    public static IResourceBuilder<RedisResource> WithPassword(
        this IResourceBuilder<RedisResource> builder, IResourceBuilder<ParameterResource>? password)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.SetPassword(password?.Resource);
        return builder;
    }

    /// <summary>Sets the port to connect to.</summary>
    public static IResourceBuilder<RedisResource> WithHostPort(
        this IResourceBuilder<RedisResource> builder, int? port) =>
        builder.WithEndpoint(RedisResource.PrimaryEndpointName, endpoint => endpoint.Port = port);

    private static void AddServerArgs(CommandLineArgsCallbackContext context, RedisResource redis)
    {
        List<string> args = ["redis-server"];
        if (redis.PasswordParameter is not null)
        {
            args.AddRange(["--requirepass", "$REDIS_PASSWORD"]);
        }

        if (redis.TryGetLastAnnotation<SnapshotAnnotation>(out var snapshot))
        {
            args.AddRange([
                "--save",
                snapshot.Interval.TotalSeconds.ToString(CultureInfo.InvariantCulture),
                snapshot.KeysChanged.ToString(CultureInfo.InvariantCulture),
            ]);
        }

        if (context.ExecutionContext.IsPublishMode)
        {
            args = ["-c", string.Join(' ', args)];
        }

        args.ForEach(context.Args.Add);
    }

    private static string VolumeName(IResourceBuilder<RedisResource> builder)
    {
#pragma warning disable CA1308 // Volume names are lower case.
        var application = builder.ApplicationBuilder.Environment.ApplicationName.ToLowerInvariant();
#pragma warning restore CA1308
        return $"{application}-{builder.Resource.Name}-data";
    }

    private sealed record SnapshotAnnotation(TimeSpan Interval, long KeysChanged) : IResourceAnnotation;
}
