using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Quantum.ServiceDefaults.Telemetry;
using Quantum.Testing;

namespace Quantum.ServiceDefaults.Tests;

public sealed class TelemetryTests
{
    [Fact]
    public async Task All_three_signals_reach_the_collector_when_the_host_ends()
    {
        await using var collector = await OtlpStub.StartAsync();
        await using var host = await TestHost.StartAsync(
            new()
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-otlp-api-key=k1",
                ["OTEL_SERVICE_NAME"] = "executor",
                // Long, so that only the flush at the stop can have sent anything.
                ["OTEL_BSP_SCHEDULE_DELAY"] = "600000",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "600000",
            },
            map: app => app.MapGet("/orders/{id}", (string id, ILogger<TelemetryTests> log) =>
            {
                using var span = Signals.Source.StartActivity("decide");
                log.LogInformation("order {Id} asked for", id);
                return id;
            }));
        var calls = Signals.Meter.CreateCounter<long>("quantum.test.calls");
        calls.Add(1);
        await host.Client.GetStringAsync("/orders/42");
        await host.Client.GetAsync("/alive");
        Assert.Equal((0, 0), (collector.Count("/v1/traces"), collector.Count("/v1/metrics")));
        await host.App.StopAsync();
        await host.DisposeAsync();

        Eventually.True(() => collector.Count("/v1/traces") >= 1);
        Eventually.True(() => collector.Count("/v1/metrics") >= 1);
        Eventually.True(() => collector.Got("/v1/logs", "order 42 asked for"));
        Assert.True(collector.Got("/v1/traces", "decide"));
        Assert.True(collector.Got("/v1/traces", "GET /orders/{id}"));
        Assert.True(collector.Got("/v1/traces", "http.response.status_code"));
        Assert.True(collector.Got("/v1/traces", "url.path"));
        Assert.False(collector.Got("/v1/traces", "GET /alive"));
        Assert.True(collector.Got("/v1/metrics", "quantum.test.calls"));
        Assert.True(collector.Got("/v1/metrics", "http.server.request.duration"));
        Assert.True(collector.Got("/v1/metrics", "dotnet.gc.collections"));
        foreach (var path in new[] { "/v1/traces", "/v1/metrics", "/v1/logs" })
        {
            Assert.True(collector.Got(path, "executor"), path);
            Assert.True(collector.Got(path, BuildIdentity.OfProcess("x").BuildId), path);
            Assert.True(collector.Got(path, "service.instance.id"), path);
        }

        Assert.True(collector.AllCarryKey("k1"));
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_exported_or_even_built()
    {
        await using var collector = await OtlpStub.StartAsync();
        await using var host = await TestHost.StartAsync(
            new() { ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf", ["OTEL_SERVICE_NAME"] = "executor" });
        await host.Client.GetAsync("/health");
        Assert.Null(host.App.Services.GetService<TracerProvider>());
        Assert.Null(host.App.Services.GetService<MeterProvider>());
        await host.App.StopAsync();
        Assert.Equal(0, collector.Total);
    }

    [Fact]
    public async Task A_collector_that_is_away_harms_nobody()
    {
        await using var host = await TestHost.StartAsync(
            new()
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9",
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            });
        Assert.Equal("Healthy", await TextAsync(host));
        await host.App.StopAsync();
    }

    [Fact]
    public async Task A_collector_that_never_answers_does_not_hold_up_the_end()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var host = await TestHost.StartAsync(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{silent.LocalEndpoint}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });
        await host.Client.GetAsync("/none");
        var watch = Stopwatch.StartNew();
        await host.App.StopAsync();
        await host.DisposeAsync();
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task A_wrong_endpoint_is_told_by_its_key()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => TestHost.StartAsync(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector" }));
        Assert.StartsWith(
            "OTEL_EXPORTER_OTLP_ENDPOINT is 'collector', not a URL", error.Message, StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(TestHost host) =>
        (await host.Client.GetStringAsync("/health")).Split('"')[3];
}
