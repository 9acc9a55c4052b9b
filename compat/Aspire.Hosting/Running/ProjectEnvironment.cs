using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Running;

/// <summary>The variables that every project gets.</summary>
internal static class ProjectEnvironment
{
    private const string FastExportMs = "1000";

    /// <summary>Telemetry under the resource's name, sent to the dashboard's address if the AppHost was given
    /// one.</summary>
    public static void AddTelemetry(
        EnvironmentCallbackContext context, IConfiguration configuration, bool isDevelopment)
    {
        var variables = context.EnvironmentVariables;
        if (isDevelopment)
        {
            variables["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true";
            variables["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true";
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = FastExportMs;
            variables["OTEL_BSP_SCHEDULE_DELAY"] = FastExportMs;
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = FastExportMs;
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        }

        if ((configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"]
            ?? configuration["DOTNET_DASHBOARD_OTLP_ENDPOINT_URL"]) is { } url)
        {
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = url;
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
            if (configuration["AppHost:OtlpApiKey"] is { } key)
            {
                variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
            }
        }

        variables["OTEL_SERVICE_NAME"] = context.Resource.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = new InstanceAttribute();
        variables["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
        variables["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true";
    }

    /// <summary>Where a web project listens in a run.</summary>
    public static void AddUrls(EnvironmentCallbackContext context)
    {
        if (context.EnvironmentVariables.ContainsKey("ASPNETCORE_URLS"))
        {
            return;
        }

        var urls = new ReferenceExpressionBuilder();
        foreach (var endpoint in WebEndpoints(context))
        {
            urls.AppendLiteral(urls.IsEmpty ? string.Empty : ";");
            var port = endpoint.Property(EndpointProperty.TargetPort);
            urls.Append($"{endpoint.Scheme}://{endpoint.EndpointAnnotation.TargetHost}:{port}");
            if (endpoint.Scheme == "https")
            {
                context.EnvironmentVariables.TryAdd("ASPNETCORE_HTTPS_PORT", endpoint.Property(EndpointProperty.Port));
            }
        }

        if (!urls.IsEmpty)
        {
            context.EnvironmentVariables["ASPNETCORE_URLS"] = urls.Build();
        }
    }

    /// <summary>Where a project listens that names its endpoints in its settings: the same names, other
    /// ports.</summary>
    public static void AddKestrelUrls(EnvironmentCallbackContext context, string host)
    {
        foreach (var endpoint in WebEndpoints(context))
        {
            if (endpoint.EndpointAnnotation != ((ProjectResource)context.Resource).DefaultHttpsEndpoint)
            {
                context.EnvironmentVariables[$"Kestrel__Endpoints__{endpoint.EndpointName}__Url"] =
                    ReferenceExpression.Create(
                        $"{endpoint.Scheme}://{host}:{endpoint.Property(EndpointProperty.TargetPort)}");
            }
        }
    }

    /// <summary>Says in the manifest that something stands between the client and the project.</summary>
    public static void AddForwardedHeaders(EnvironmentCallbackContext context)
    {
        if (context.Resource.Annotations.OfType<EndpointAnnotation>().Any())
        {
            context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
        }
    }

    /// <summary>Where a web project listens once deployed.</summary>
    public static void AddPorts(EnvironmentCallbackContext context)
    {
        foreach (var (variable, scheme) in new[] { ("HTTP_PORTS", "http"), ("HTTPS_PORTS", "https") })
        {
            var ports = new ReferenceExpressionBuilder();
            foreach (var endpoint in WebEndpoints(context).Where(e => e.Scheme == scheme))
            {
                if (endpoint.EndpointAnnotation == ((ProjectResource)context.Resource).DefaultHttpsEndpoint)
                {
                    continue;
                }

                ports.AppendLiteral(ports.IsEmpty ? string.Empty : ";");
                ports.Append($"{endpoint.Property(EndpointProperty.TargetPort)}");
            }

            if (!ports.IsEmpty)
            {
                context.EnvironmentVariables.TryAdd(variable, ports.Build());
            }
        }
    }

    private static IEnumerable<EndpointReference> WebEndpoints(EnvironmentCallbackContext context) =>
        ((IResourceWithEndpoints)context.Resource).GetEndpoints().Where(e =>
            e.Scheme is "http" or "https" && e.EndpointAnnotation.TargetPortEnvironmentVariable is null);

    /// <summary>Tells the replicas of one project apart in telemetry.</summary>
    private sealed class InstanceAttribute : IValueProvider
    {
        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
            GetValueAsync(new(), cancellationToken);

        public ValueTask<string?> GetValueAsync(
            ValueProviderContext context, CancellationToken cancellationToken = default) =>
            new($"service.instance.id={Guid.NewGuid().ToString("n")[..8]}");
    }
}
