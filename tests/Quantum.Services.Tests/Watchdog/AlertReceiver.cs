using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Quantum.Services.Tests.Watchdog;

/// <summary>A request as the receiver got it.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);
}

/// <summary>What alerts are sent to, on 127.0.0.1: keeps every request and answers as told, then 200.</summary>
internal sealed class AlertReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();
    private readonly ConcurrentQueue<Received> _received = new();
    private readonly WebApplication _app;

    private AlertReceiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public IReadOnlyList<Received> All => [.. _received];

    public static async Task<AlertReceiver> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        var receiver = new AlertReceiver(app);
        app.Run(receiver.AnswerAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>The next answers, in order.</summary>
    public AlertReceiver Answer(params int[] statuses)
    {
        foreach (var status in statuses) Answer(status, "", null);
        return this;
    }

    public AlertReceiver Answer(int status, string body, (string Name, string Value)? header)
    {
        _answers.Enqueue(async context =>
        {
            context.Response.StatusCode = status;
            if (header is var (name, value)) context.Response.Headers[name] = value;
            await context.Response.WriteAsync(body);
        });
        return this;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
        _received.Enqueue(new Received(context.Request.Path, headers, body.ToArray()));
        if (_answers.TryDequeue(out var answer)) await answer(context);
        else await context.Response.WriteAsync("{\"ok\":true}");
    }
}
