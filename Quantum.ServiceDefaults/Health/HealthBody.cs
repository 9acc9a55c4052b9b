using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Quantum.ServiceDefaults.Health;

/// <summary>Writes a health report as JSON: each check with its numbers, and which build says so.</summary>
internal static class HealthBody
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var build = context.RequestServices.GetRequiredService<BuildIdentity>();
        var body = new
        {
            status = report.Status,
            service = build.Service,
            version = build.Version,
            build = build.BuildId,
            checks = report.Entries.ToDictionary(
                entry => entry.Key,
                entry => new
                {
                    status = entry.Value.Status,
                    description = entry.Value.Description,
                    durationMs = Math.Round(entry.Value.Duration.TotalMilliseconds, 1),
                    data = entry.Value.Data,
                }),
        };
        return context.Response.WriteAsJsonAsync(body, s_json, context.RequestAborted);
    }
}
