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
using Quantum.ServiceDefaults.Outside;
using Quantum.ServiceDefaults.Telemetry;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every host of the system has in common, in one call before and one after <c>Build()</c>.</summary>
public static class Extensions
{
    /// <summary>Answers as long as the process lives.</summary>
    public const string AlivePath = "/alive";

    /// <summary>Answers 200 only while work makes progress.</summary>
    public const string HealthPath = "/health";

    private const string LiveTag = "live";
    private const long MaxRequestBodyBytes = 4 * 1024 * 1024;
    private const int MaxConnections = 1_000;
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Adds logging, telemetry, health, outside calls and the server's limits.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton(BuildIdentity.OfProcess(builder.Environment.ApplicationName));
        builder.Services.TryAddSingleton<ProgressHealth>();
        builder.Services.TryAddSingleton<OutsideCalls>();
        builder.Services.AddHealthChecks()
            .AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag])
            .AddCheck<ProgressHealthCheck>(ProgressHealthCheck.Name);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        builder.Services.Configure<KestrelServerOptions>(Limit);
        // First, so weakest: a health probe a second is no news unless someone asks for it.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData =
            [
                new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"),
                new("Logging:LogLevel:System.Net.Http", "Warning"),
            ],
        });
        builder.Logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        builder.AddQuantumTelemetry();
        return builder;
    }

    /// <summary>Maps <c>/alive</c> and <c>/health</c> and gives each server span the name of its route.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Use(ServerSpans.NameAsync);
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
        options.Limits.RequestHeadersTimeout = HeadersTimeout;
    }
}
