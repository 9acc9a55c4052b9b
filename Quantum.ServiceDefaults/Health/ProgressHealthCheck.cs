using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Quantum.ServiceDefaults.Health;

/// <summary>The health check over all consumers of the process.</summary>
internal sealed class ProgressHealthCheck(ProgressHealth progress) : IHealthCheck
{
    public const string Name = "progress";

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default)
    {
        var reports = progress.Report();
        var problems = reports.Where(r => !r.IsHealthy).Select(r => $"{r.Role} of {r.Stream}: {r.Problem}").ToList();
        var numbers = reports.ToDictionary(r => $"{r.Role}:{r.Stream}", object (r) => r);
        return Task.FromResult(problems.Count == 0
            ? HealthCheckResult.Healthy($"{reports.Count} consumers", numbers)
            : HealthCheckResult.Unhealthy(string.Join("; ", problems), data: numbers));
    }
}
