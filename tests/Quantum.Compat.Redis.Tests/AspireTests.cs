using System.Diagnostics;
using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Quantum.Testing;
using StackExchange.Redis;
using Xunit;

namespace Quantum.Compat.Redis.Tests;

public sealed class AspireTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    [Fact]
    public void Settings_come_from_the_general_then_the_named_section_then_the_connection_string_then_the_caller()
    {
        var builder = Builder(new()
        {
            ["Aspire:StackExchange:Redis:ConnectionString"] = "general:1",
            ["Aspire:StackExchange:Redis:DisableTracing"] = "true",
            ["Aspire:StackExchange:Redis:DisableHealthChecks"] = "true",
            ["Aspire:StackExchange:Redis:redis:ConnectionString"] = "named:1",
            ["Aspire:StackExchange:Redis:redis:DisableHealthChecks"] = "false",
        });
        StackExchangeRedisSettings? seen = null;
        builder.AddRedisClient("redis", settings => seen = settings);
        Assert.Equal(("named:1", true, false), (seen!.ConnectionString, seen.DisableTracing, seen.DisableHealthChecks));

        builder.Configuration["ConnectionStrings:redis"] = "strings:1";
        builder.AddRedisClient("redis", settings => seen = settings);
        Assert.Equal("strings:1", seen.ConnectionString);
        builder.AddRedisClient("other", settings => seen = settings);
        Assert.Equal(("general:1", true), (seen.ConnectionString, seen.DisableHealthChecks));
    }

    [Fact]
    public async Task Options_come_from_the_string_then_the_sections_then_the_caller()
    {
        var builder = Builder(new()
        {
            ["ConnectionStrings:redis"] = redis.Server.Open,
            ["Aspire:StackExchange:Redis:ConfigurationOptions:ConnectTimeout"] = "7001",
            ["Aspire:StackExchange:Redis:ConfigurationOptions:SyncTimeout"] = "7002",
            ["Aspire:StackExchange:Redis:redis:ConfigurationOptions:SyncTimeout"] = "7003",
        });
        ConfigurationOptions? seen = null;
        builder.AddRedisClient("redis", configureOptions: options => (seen = options).ClientName = "caller");
        using var host = builder.Build();
        var client = host.Services.GetRequiredService<IConnectionMultiplexer>();
        Assert.Same(client, host.Services.GetRequiredService<IConnectionMultiplexer>());
        Assert.Equal((7001, 7003, "caller"), (seen!.ConnectTimeout, seen.SyncTimeout, client.ClientName));
        Assert.NotNull(seen.LoggerFactory);
        Assert.False(seen.AbortOnConnectFail);
        await client.GetDatabase().PingAsync();
    }

    [Fact]
    public void An_explicit_abortConnect_is_kept_and_a_missing_string_names_its_keys()
    {
        var builder = Builder(new()
        {
            ["ConnectionStrings:gone"] = $"127.0.0.1:{RedisProcess.FreePort()},abortConnect=true,connectRetry=1",
        });
        builder.AddRedisClient("gone");
        using var host = builder.Build();
        Assert.Throws<RedisConnectionException>(() => host.Services.GetRequiredService<IConnectionMultiplexer>());
        var without = Builder([]);
        without.AddRedisClient("absent");
        using var other = without.Build();
        var missing = Assert.Throws<InvalidOperationException>(
            () => other.Services.GetRequiredService<IConnectionMultiplexer>());
        Assert.Contains("'ConnectionStrings:absent'", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_health_check_bears_the_name_of_the_real_package_and_tells_a_dead_server()
    {
        var dead = $"127.0.0.1:{RedisProcess.FreePort()},connectRetry=1,asyncTimeout=200";
        foreach (var (text, status) in
            new[] { (redis.Server.Open, HealthStatus.Healthy), (dead, HealthStatus.Unhealthy) })
        {
            var builder = Builder(new() { ["ConnectionStrings:redis"] = text });
            builder.AddRedisClient("redis");
            builder.AddRedisClient("redis");
            using var host = builder.Build();
            var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
            Assert.Equal(["StackExchange.Redis"], report.Entries.Keys);
            Assert.Equal(status, report.Entries["StackExchange.Redis"].Status);
        }

        var quiet = Builder([]);
        quiet.AddRedisClient("quiet", settings => settings.DisableHealthChecks = true);
        using var silent = quiet.Build();
        Assert.Null(silent.Services.GetService<HealthCheckService>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commands_are_activities_of_the_instrumentation_source_unless_disabled(bool disabled)
    {
        var names = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "OpenTelemetry.Instrumentation.StackExchangeRedis",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (names)
                    names.Add($"{activity.OperationName} {activity.GetTagItem("db.system")} {activity.Kind}");
            },
        };
        ActivitySource.AddActivityListener(listener);
        var builder = Builder(new() { ["ConnectionStrings:redis"] = redis.Server.Open });
        builder.AddRedisClient("redis", settings => settings.DisableTracing = disabled);
        using var host = builder.Build();
        var db = host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
        await db.ExecuteAsync("ECHO", "traced");
        Assert.Equal(!disabled, names.Contains("ECHO redis Client"));
    }

    private static HostApplicationBuilder Builder(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddLogging();
        return builder;
    }
}
