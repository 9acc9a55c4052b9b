using System.Diagnostics;
using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers the shared Redis client of a host.</summary>
public static class AspireRedisExtensions
{
    private const string SectionName = "Aspire:StackExchange:Redis";

    // The name of the instrumentation library's source, which collectors and the real package know.
    private static readonly ActivitySource Tracing = new("OpenTelemetry.Instrumentation.StackExchangeRedis");

    /// <summary>Registers <see cref="IConnectionMultiplexer"/> for the connection string of this name.</summary>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        var settings = ReadSettings(builder.Configuration, connectionName);
        configureSettings?.Invoke(settings);
        builder.Services.AddSingleton<IConnectionMultiplexer>(services =>
            Connect(services, builder.Configuration, connectionName, settings, configureOptions));
        if (!settings.DisableHealthChecks)
            AddHealthCheck(builder);
    }

    // The general section, then the one of this name, then the connection string, each stronger than the one before.
    private static StackExchangeRedisSettings ReadSettings(IConfiguration configuration, string name)
    {
        var settings = new StackExchangeRedisSettings();
        configuration.GetSection(SectionName).Bind(settings);
        configuration.GetSection($"{SectionName}:{name}").Bind(settings);
        settings.ConnectionString = configuration.GetConnectionString(name) ?? settings.ConnectionString;
        return settings;
    }

    private static ConnectionMultiplexer Connect(
        IServiceProvider services,
        IConfiguration configuration,
        string name,
        StackExchangeRedisSettings settings,
        Action<ConfigurationOptions>? configureOptions)
    {
        var options = string.IsNullOrEmpty(settings.ConnectionString)
            ? new ConfigurationOptions()
            : ConfigurationOptions.Parse(settings.ConnectionString);
        if (!options.AbortOnConnectFailIsSet)
            options.AbortOnConnectFail = false;
        configuration.GetSection($"{SectionName}:ConfigurationOptions").Bind(options);
        configuration.GetSection($"{SectionName}:{name}:ConfigurationOptions").Bind(options);
        options.LoggerFactory ??= services.GetService<ILoggerFactory>();
        configureOptions?.Invoke(options);
        if (options.EndPoints.Count == 0)
        {
            throw new InvalidOperationException(
                $"No endpoints specified. Ensure a valid connection string was provided in 'ConnectionStrings:{name}' "
                + $"or for the '{SectionName}:ConnectionString' configuration section.");
        }

        var multiplexer = ConnectionMultiplexer.Connect(options);
        multiplexer.Tracing = settings.DisableTracing ? null : Tracing;
        return multiplexer;
    }

    private static void AddHealthCheck(IHostApplicationBuilder builder)
    {
        const string Name = "StackExchange.Redis";
        // Once, however often the client is added.
        if (!builder.Properties.TryAdd($"Aspire.HealthChecks.{Name}", true))
            return;
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            Name,
            provider => new RedisHealthCheck(provider.GetRequiredService<IConnectionMultiplexer>),
            HealthStatus.Unhealthy,
            tags: null));
    }
}
