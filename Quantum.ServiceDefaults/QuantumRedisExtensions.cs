using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers the control plane's Redis client.</summary>
public static class QuantumRedisExtensions
{
    /// <summary>The name of the connection string.</summary>
    public const string ConnectionName = "redis";

    private const string HealthCheckName = "StackExchange.Redis";

    // Less than a probe waits, so that a Redis that is away makes /health say so instead of not answering.
    private static readonly TimeSpan s_healthCheckTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Adds the client of <c>ConnectionStrings:redis</c> with its health check.</summary>
    public static TBuilder AddQuantumRedis<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        Check(builder.Configuration.GetConnectionString(ConnectionName));
        builder.AddRedisClient(ConnectionName, configureOptions: options =>
        {
            // INFO, CONFIG GET and CLIENT LIST, which the console and the audit show, count as admin commands.
            options.AllowAdmin = true;
            options.ClientName ??= builder.Environment.ApplicationName.Replace(' ', '-');
        });
        builder.Services.Configure<HealthCheckServiceOptions>(options =>
        {
            foreach (var check in options.Registrations.Where(check => check.Name == HealthCheckName))
                check.Timeout = s_healthCheckTimeout;
        });
        return builder;
    }

    private static void Check(string? connectionString)
    {
        const string Mend = "set the environment variable ConnectionStrings__redis=host:port,password=… "
            + "(./quantum up sets it for every service)";
        if (string.IsNullOrWhiteSpace(connectionString))
            throw new InvalidOperationException($"ConnectionStrings:redis is missing: {Mend}.");
        if (Read(connectionString).EndPoints.Count == 0)
            throw new InvalidOperationException($"ConnectionStrings:redis names no host:port: {Mend}.");
    }

    private static ConfigurationOptions Read(string connectionString)
    {
        try
        {
            return ConfigurationOptions.Parse(connectionString);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            // Only the first line, and never the string itself: it holds the password.
            var reason = error.Message.Split('\n')[0];
            throw new InvalidOperationException($"ConnectionStrings:redis cannot be read: {reason}", error);
        }
    }
}
