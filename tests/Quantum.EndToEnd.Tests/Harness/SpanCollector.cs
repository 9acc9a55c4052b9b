using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Quantum.EndToEnd.Tests.Harness.Otlp;

namespace Quantum.EndToEnd.Tests.Harness;

/// <summary>A span as a service told it; ids as hex, no parent as the empty text.</summary>
internal sealed record ToldSpan(
    string Service, string Source, string TraceId, string SpanId, string ParentId, string Name);

/// <summary>An OTLP collector over http/protobuf on a free port that keeps the spans it is told.</summary>
internal sealed class SpanCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ToldSpan> _spans = new();

    private SpanCollector(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>The spans so far, by trace.</summary>
    public ILookup<string, ToldSpan> Traces => _spans.ToLookup(span => span.TraceId);

    public static async Task<SpanCollector> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var collector = new SpanCollector(builder.Build());
        collector._app.Run(collector.KeepAsync);
        await collector._app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task KeepAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        context.Response.ContentType = "application/x-protobuf";
        if (context.Request.Path != "/v1/traces") return;
        foreach (var resource in TraceExport.Parser.ParseFrom(body.ToArray()).ResourceSpans)
        {
            var service = resource.Resource.Attributes.Single(a => a.Key == "service.name").Value.StringValue;
            foreach (var scope in resource.ScopeSpans)
            foreach (var span in scope.Spans)
            {
                _spans.Enqueue(new ToldSpan(
                    service, scope.Scope.Name, Hex(span.TraceId), Hex(span.SpanId), Hex(span.ParentSpanId), span.Name));
            }
        }
    }

    private static string Hex(Google.Protobuf.ByteString id) => Convert.ToHexStringLower(id.Span);
}
