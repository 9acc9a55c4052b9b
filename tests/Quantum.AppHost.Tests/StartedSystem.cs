using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Quantum.Contracts.Catalog;

namespace Quantum.AppHost.Tests;

/// <summary>The whole system under Aspire's orchestrator, started once for all tests of this class.</summary>
public sealed class StartedSystem : IAsyncLifetime
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(240);
    private const int KeyBytes = 16;
    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-apphost-").FullName;
    private DistributedApplication? _app;

    public DistributedApplication App => _app!;

    /// <summary>The second executor, which this system is started with.</summary>
    public const string Standby = "executor-standby";

    /// <summary>Every service of the catalog, the standby, and what they wait for.</summary>
    public static IEnumerable<string> Names =>
        [.. ServiceHosts.All.Select(host => host.Name), Standby, "redis"];

    public async Task InitializeAsync()
    {
        // Governance takes no word without it, the dashboard's neither.
        Environment.SetEnvironmentVariable("Control__Key", Convert.ToHexStringLower(
            System.Security.Cryptography.RandomNumberGenerator.GetBytes(KeyBytes)));
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Quantum_AppHost>(
            ["--folder", _folder, "--symbols", "NEARUSDT", "--standby", "--Redis:Source=local", "--Console:Port=",
                "--Executor:MaxAttempts=4"]);
        _app = await builder.BuildAsync();
        await _app.StartAsync();
        using var limit = new CancellationTokenSource(s_startLimit);
        foreach (var name in Names) await HealthyAsync(name, limit.Token);
    }

    public Task HealthyAsync(string name, CancellationToken cancel) =>
        App.ResourceNotifications.WaitForResourceHealthyAsync(name, cancel);

    /// <summary>What the dashboard shows of a resource.</summary>
    public CustomResourceSnapshot Snapshot(string name) =>
        // Each watch begins with what is known, so this waits for nothing.
        App.ResourceNotifications.WaitForResourceAsync(name, _ => true).GetAwaiter().GetResult().Snapshot;

    /// <summary>The process that runs now; null while none does.</summary>
    public int? ProcessOf(string name) =>
        Snapshot(name).Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value is { } id
            ? Convert.ToInt32(id, CultureInfo.InvariantCulture)
            : null;

    public bool IsHealthy(string name) => Snapshot(name).HealthStatus == HealthStatus.Healthy;

    public async Task DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
