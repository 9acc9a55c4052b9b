using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Quantum.AppHost;

/// <summary>What one run is about: which market, whose time, where its data goes.</summary>
internal static class Run
{
    /// <summary>True when a recording is played.</summary>
    public static bool IsTape(this IConfiguration configuration) => configuration.GetValue<bool>("Run:IsTape");

    /// <summary>
    /// The folder of the run's data below <c>.quantum</c>: the same for every real-time run, a new one for each
    /// recording, because its events belong to no other run.
    /// </summary>
    public static string Folder(this IDistributedApplicationBuilder builder)
    {
        if (builder.Configuration["Run:Folder"] is { } known) return known;
        var root = builder.Root();
        var name = string.Create(
            CultureInfo.InvariantCulture, $"runs/{DateTime.UtcNow:yyyyMMdd-HHmmss}-{Environment.ProcessId}");
        var folder = builder.Configuration.IsTape() ? Path.Combine(root, name) : root;
        builder.Configuration["Run:Folder"] = folder;
        return folder;
    }

    /// <summary>Where everything stays that a run leaves behind.</summary>
    public static string Root(this IDistributedApplicationBuilder builder) =>
        Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "../.quantum"));

    /// <summary>Hands the feed's settings to the market service.</summary>
    public static IResourceBuilder<ProjectResource> WithFeed(
        this IResourceBuilder<ProjectResource> service, IConfiguration configuration)
    {
        foreach (var (key, value) in configuration.GetSection("Feed").AsEnumerable())
            if (value is not null) service.WithEnvironment(key.Replace(":", "__", StringComparison.Ordinal), value);
        return service;
    }

    /// <summary>Keeps the journal with the run's other data.</summary>
    public static IResourceBuilder<ProjectResource> WithJournal(
        this IResourceBuilder<ProjectResource> service, IDistributedApplicationBuilder builder) =>
        builder.ExecutionContext.IsRunMode
            ? service.WithEnvironment("Journal__Path", Path.Combine(builder.Folder(), "journal.db"))
            : service;

    /// <summary>Says what runs, and prints the summary at the end of a recording.</summary>
    public static void AddRunReport(
        this IDistributedApplicationBuilder builder, IResourceBuilder<IResourceWithConnectionString> redis,
        IResourceBuilder<ProjectResource> learning, IResourceBuilder<ProjectResource> console, TextWriter output)
    {
        if (!builder.ExecutionContext.IsRunMode) return;
        var processes = builder.Resources
            .Where(resource => resource is ProjectResource or ExecutableResource)
            .Select(resource => resource.Name)
            .ToList();
        var connection = new ConnectionFile(redis.Resource, Path.Combine(builder.Root(), "connection"));
        builder.Services.AddHostedService(services =>
        {
            var ends = new ServiceEnds(
                services.GetRequiredService<ResourceNotificationService>(),
                services.GetRequiredService<ResourceCommandService>(),
                builder.Configuration,
                processes);
            return new RunReport(
                services.GetRequiredService<IHostApplicationLifetime>(), builder.Configuration, ends, connection,
                builder.Folder(), learning.GetEndpoint("http"), console.GetEndpoint("http"), output);
        });
    }
}
