using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Quantum.ServiceDefaults;
using Quantum.ServiceDefaults.Health;
using Quantum.ServiceDefaults.Telemetry;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every host of the system has in common, in one call before and one after <c>Build()</c>.</summary>
public static class Extensions
{
    /// <summary>Answers as long as the process lives.</summary>
    public const string AlivePath = "/alive";

    /// <summary>Answers 200 only while work makes progress.</summary>
    public const string HealthPath = "/health";

    /// <summary>What is asked every second or so, so that a span of it tells nothing.</summary>
    internal static readonly string[] QuietPaths = [AlivePath, HealthPath, "/done"];

    private const string LiveTag = "live";
    private const long MaxRequestBodyBytes = 4 * 1024 * 1024;
    private const int MaxConnections = 1_000;
    private static readonly TimeSpan s_shutdownTimeout = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_headersTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Adds logging, telemetry, health, service discovery, resilient HTTP clients and the server's limits.
    /// </summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton(BuildIdentity.OfProcess(builder.Environment.ApplicationName));
        builder.Services.TryAddSingleton<ProgressHealth>();
        builder.Services.AddHealthChecks()
            .AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag])
            .AddCheck<ProgressHealthCheck>(ProgressHealthCheck.Name);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = s_shutdownTimeout);
        builder.Services.Configure<KestrelServerOptions>(Limit);
        // First, so weakest: a health probe a second is no news unless someone asks for it.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData =
            [
                new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"),
                new("Logging:LogLevel:System.Net.Http", "Warning"),
                // It tells each attempt with its whole stack; whoever made the call tells what came of it.
                new("Logging:LogLevel:Polly", "Error"),
                // A silent collector must not hold up the end of the process, which waits for the last export.
                new("OTEL_EXPORTER_OTLP_TIMEOUT", "3000"),
            ],
        });
        builder.Logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        builder.ConfigureOpenTelemetry();
        return builder;
    }

    /// <summary>Maps <c>/alive</c> and <c>/health</c>.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapHealthChecks(AlivePath, new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(LiveTag),
            ResponseWriter = HealthBody.WriteAsync,
        });
        app.MapHealthChecks(HealthPath, new HealthCheckOptions { ResponseWriter = HealthBody.WriteAsync });
        return app;
    }

    private static void Limit(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
        options.Limits.MaxConcurrentConnections = MaxConnections;
        options.Limits.RequestHeadersTimeout = s_headersTimeout;
    }
}
