using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Quantum.ServiceDefaults.Health;

namespace Quantum.ServiceDefaults.Tests;

public sealed class EndpointTests
{
    [Fact]
    public async Task Health_is_progress_and_alive_is_life()
    {
        var time = new ManualTime();
        await using var host = await TestHost.StartAsync(
            configure: builder => builder.Services.AddSingleton<TimeProvider>(time));
        var consumer = host.App.Services.GetRequiredService<ProgressHealth>()
            .Register("executor", "quantum:stream:trade.intent", TimeSpan.FromSeconds(2));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Client.GetAsync("/health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/alive")).StatusCode);
        consumer.Lease(LeaseState.Held);
        consumer.Committed(7, unread: 1);
        time.Advance(1);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/health")).StatusCode);
        time.Advance(2);
        var late = await host.Client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, late.StatusCode);
        var body = await late.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("Unhealthy", body.GetProperty("status").GetString());
        Assert.Equal(TestHost.Name, body.GetProperty("service").GetString());
        Assert.Equal(
            BuildIdentity.OfProcess("x").BuildId,
            body.GetProperty("build").GetString());
        Assert.Matches("^[0-9a-f]{12}$", body.GetProperty("build").GetString());
        var check = body.GetProperty("checks").GetProperty("progress");
        var description = check.GetProperty("description").GetString();
        Assert.Contains("1 inputs wait 3000 ms", description, StringComparison.Ordinal);
        var numbers = check.GetProperty("data").GetProperty("executor:quantum:stream:trade.intent");
        Assert.Equal(3000, numbers.GetProperty("lastCommitAgeMs").GetInt64());
        Assert.Equal(2000, numbers.GetProperty("objectiveMs").GetInt64());
        Assert.Equal(7, numbers.GetProperty("committedInputs").GetInt64());
        Assert.Equal("Held", numbers.GetProperty("lease").GetString());
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/alive")).StatusCode);
    }

    [Fact]
    public async Task The_host_has_its_limits_and_one_line_logs_in_utc()
    {
        await using var host = await TestHost.StartAsync();
        var services = host.App.Services;
        var options = services.GetRequiredService<IOptions<HostOptions>>().Value;
        Assert.Equal(TimeSpan.FromSeconds(8), options.ShutdownTimeout);
        var kestrel = services.GetRequiredService<IOptions<KestrelServerOptions>>().Value;
        Assert.Equal(4 * 1024 * 1024, kestrel.Limits.MaxRequestBodySize);
        Assert.False(kestrel.AddServerHeader);
        var console = services.GetRequiredService<IOptions<SimpleConsoleFormatterOptions>>().Value;
        Assert.True(console is { SingleLine: true, UseUtcTimestamp: true });
        var stamp = new DateTime(2026, 1, 2, 3, 4, 5, 6, DateTimeKind.Utc).ToString(console.TimestampFormat, null);
        Assert.Equal("2026-01-02T03:04:05.006Z ", stamp);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("Information", true)]
    public async Task Requests_are_logged_only_when_asked_for(string? level, bool logged)
    {
        const string Category = "Microsoft.AspNetCore";
        await using var host = await TestHost.StartAsync(
            level is null ? null : new() { [$"Logging:LogLevel:{Category}"] = level });
        var loggers = host.App.Services.GetRequiredService<ILoggerFactory>();
        Assert.Equal(logged, loggers.CreateLogger($"{Category}.Hosting.Diagnostics").IsEnabled(LogLevel.Information));
        Assert.True(loggers.CreateLogger("Quantum.Test").IsEnabled(LogLevel.Information));
    }
}
