using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Quantum.ServiceDefaults.Telemetry;

/// <summary>Exports traces, metrics and logs over OTLP, but only when an endpoint is configured.</summary>
internal static class TelemetryExtensions
{
    private const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // Without this .NET 10 leaves the tags of server spans to an instrumentation package, which is not used here.
    private const string ServerTagsSwitch = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    // A silent collector must not hold up the end of the process, which waits for the last export.
    private const int ExportTimeoutMs = 3_000;

    private static readonly string[] Sources =
    [
        Signals.Name, $"{Signals.Name}.*", "Microsoft.AspNetCore", "System.Net.Http",
        "OpenTelemetry.Instrumentation.StackExchangeRedis",
    ];

    private static readonly string[] Meters =
    [
        Signals.Name, $"{Signals.Name}.*", "System.Runtime", "System.Net.Http", "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Routing",
    ];

    public static void AddQuantumTelemetry(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[EndpointKey]))
            return;
        AppContext.SetSwitch(ServerTagsSwitch, false);
        var configuration = builder.Configuration;
        var build = BuildIdentity.OfProcess(builder.Environment.ApplicationName);
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
            logging.SetResourceBuilder(Describe(ResourceBuilder.CreateDefault(), configuration, build));
            logging.AddOtlpExporter(options => Aim(options, configuration, "logs"));
        });
        builder.Services.AddSingleton(services => new TelemetryProviders(
            Traces(configuration, build),
            Metrics(configuration, build),
            services.GetService<LoggerProvider>()));
        builder.Services.AddHostedService<TelemetryHost>();
    }

    private static TracerProvider Traces(IConfiguration configuration, BuildIdentity build) =>
        Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(resource => Describe(resource, configuration, build))
            .AddSource(Sources)
            .AddOtlpExporter(options => Aim(options, configuration, "traces"))
            .Build();

    private static MeterProvider Metrics(IConfiguration configuration, BuildIdentity build) =>
        Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(resource => Describe(resource, configuration, build))
            .AddMeter(Meters)
            .AddOtlpExporter(options => Aim(options, configuration, "metrics"))
            .Build();

    private static ResourceBuilder Describe(
        ResourceBuilder resource,
        IConfiguration configuration,
        BuildIdentity build) =>
        resource
            .AddService(
                configuration["OTEL_SERVICE_NAME"] ?? build.Service,
                serviceVersion: build.Version,
                serviceInstanceId: build.InstanceId)
            .AddAttributes([new("service.build.id", build.BuildId)])
            // Last, so that what the AppHost injects wins over what the process makes up.
            .AddEnvironmentVariableDetector();

    // The settings come from the configuration, not only from the environment, which is all the exporter looks at.
    private static void Aim(OtlpExporterOptions options, IConfiguration configuration, string signal)
    {
        var endpoint = configuration[EndpointKey]!.TrimEnd('/');
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out _))
        {
            throw new InvalidOperationException(
                $"{EndpointKey} is '{endpoint}', not a URL: set it as http://host:port.");
        }

        var http = configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] == "http/protobuf";
        options.Protocol = http ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        options.Endpoint = new(http ? $"{endpoint}/v1/{signal}" : endpoint);
        options.TimeoutMilliseconds = ExportTimeoutMs;
        options.Headers = configuration["OTEL_EXPORTER_OTLP_HEADERS"] ?? options.Headers;
    }
}
