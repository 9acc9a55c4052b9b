using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Quantum.ServiceDefaults.Tests;

/// <summary>A collector on a free loopback port that keeps what it gets over http/protobuf.</summary>
internal sealed class OtlpStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Key, string Body)> _requests = new();

    private OtlpStub(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public int Total => _requests.Count;

    public static async Task<OtlpStub> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var stub = new OtlpStub(builder.Build());
        stub._app.Run(stub.KeepAsync);
        await stub._app.StartAsync();
        return stub;
    }

    public int Count(string path) => _requests.Count(request => request.Path == path);

    // Protobuf keeps strings as plain UTF-8, so that names can be looked for in the raw bytes.
    public bool Got(string path, string text) =>
        _requests.Any(request => request.Path == path && request.Body.Contains(text, StringComparison.Ordinal));

    public bool AllCarryKey(string key) => _requests.All(request => request.Key == key);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task KeepAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var text = Encoding.Latin1.GetString(body.ToArray());
        _requests.Enqueue((context.Request.Path, context.Request.Headers["x-otlp-api-key"].ToString(), text));
        context.Response.ContentType = "application/x-protobuf";
    }
}
