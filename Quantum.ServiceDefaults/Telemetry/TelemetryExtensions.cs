using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Quantum.ServiceDefaults;
using Quantum.ServiceDefaults.Telemetry;

namespace Microsoft.Extensions.Hosting;

/// <summary>Exports traces, metrics and logs over OTLP, but only when an endpoint is configured.</summary>
internal static class TelemetryExtensions
{
    private const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceNameKey = "OTEL_SERVICE_NAME";

    private static readonly string[] s_exporters = ["OtlpTraceExporter", "OtlpMetricExporter", "OtlpLogExporter"];

    /// <summary>Adds what the <c>OTEL_*</c> settings ask for; the sampler is theirs as well.</summary>
    public static void ConfigureOpenTelemetry(this IHostApplicationBuilder builder)
    {
        var endpoint = builder.Configuration[EndpointKey];
        if (string.IsNullOrWhiteSpace(endpoint))
            return;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out _))
        {
            throw new InvalidOperationException(
                $"{EndpointKey} is '{endpoint}', not a URL: set it as http://host:port.");
        }

        TakeResilienceFromExporters(builder.Services);
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, builder))
            .WithMetrics(metrics => metrics
                .AddMeter(Signals.Name, $"{Signals.Name}.*")
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation())
            .WithTracing(tracing => tracing
                .AddSource(Signals.Name, $"{Signals.Name}.*")
                .AddAspNetCoreInstrumentation(options => options.Filter = IsWork)
                .AddGrpcClientInstrumentation()
                .AddHttpClientInstrumentation())
            .UseOtlpExporter();
    }

    // The exporters retry by themselves, within their own limit of time; what retries around them logs what it exports.
    private static void TakeResilienceFromExporters(IServiceCollection services)
    {
#pragma warning disable EXTEXP0001 // The way out of what every HTTP client gets is experimental.
        foreach (var exporter in s_exporters)
            services.AddHttpClient(exporter).RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }

    private static void Describe(ResourceBuilder resource, IHostApplicationBuilder builder)
    {
        var build = BuildIdentity.OfProcess(builder.Environment.ApplicationName);
        resource
            .AddService(
                builder.Configuration[ServiceNameKey] ?? build.Service,
                serviceVersion: build.Version,
                serviceInstanceId: build.InstanceId)
            .AddAttributes([new("service.build.id", build.BuildId)])
            // Last, so that what the AppHost injects wins over what the process makes up.
            .AddEnvironmentVariableDetector();
    }

    // Probes and the launcher's questions come every second or so and tell nothing.
    private static bool IsWork(HttpContext context) =>
        !Extensions.QuietPaths.Any(path => context.Request.Path == path);
}
