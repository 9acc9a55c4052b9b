using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Aspire.Hosting.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Quantum.Compat.Aspire.Tests;

/// <summary>An application of a test: in this process, in a folder of its own, its lines kept.</summary>
internal sealed class SampleApp : IAsyncDisposable
{
    private static readonly HttpClient _http = new();
    private DistributedApplication? _application;

    public SampleApp(params string[] args)
    {
        Builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions { Args = args, ProjectDirectory = Folder });
        Builder.Services.AddSingleton(_ => new ConsoleOutput(new Writer(Lines), colored: false));
    }

    public string Folder { get; } = Places.NewFolder();

    public ConcurrentQueue<string> Lines { get; } = new();

    public IDistributedApplicationBuilder Builder { get; }

    public DistributedApplication Application => _application ??= Builder.Build();

    public ResourceNotificationService States => Application.ResourceNotifications;

    public string ControlAddress => Lines.First(l => l.Contains("their commands: ")).Split("their commands: ")[1]
        .Replace("/resources", "");

    public IResourceBuilder<ProjectResource> AddService(string name) =>
        Builder.AddProject(name, Places.ServiceProject, launchProfileName: null);

    public void StopWithin(TimeSpan limit) => Builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = limit);

    public Task StartAsync() => Application.StartAsync();

    public async Task HealthyAsync(string resource) =>
        await States.WaitForResourceHealthyAsync(resource).WaitAsync(Eventually.Deadline);

    public string? StateOf(string id) => States.TryGetCurrentState(id, out var e) ? e.Snapshot.State?.Text : null;

    public int? ExitCodeOf(string id) => States.TryGetCurrentState(id, out var e) ? e.Snapshot.ExitCode : null;

    public static async Task<string> GetAsync(IResourceBuilder<IResourceWithEndpoints> resource, string path)
    {
        // A connection of its own each time, as another client would have.
        using var request = new HttpRequestMessage(HttpMethod.Get, resource.GetEndpoint("http").Url + path);
        request.Headers.ConnectionClose = true;
        using var response = await _http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    public static async Task<Dictionary<string, string>> VariablesOfAsync(
        IResourceBuilder<IResourceWithEndpoints> resource) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(await GetAsync(resource, "/env"))!;

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private sealed class Writer(ConcurrentQueue<string> lines) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value) => lines.Enqueue(value ?? string.Empty);
    }
}
