using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Quantum.ServiceDefaults.Tests;

public sealed class QuantumRedisTests
{
    [Theory]
    [InlineData(null, "ConnectionStrings:redis is missing: set the environment variable ConnectionStrings__redis=")]
    [InlineData(" ", "ConnectionStrings:redis is missing")]
    [InlineData("password=secret", "ConnectionStrings:redis names no host:port")]
    [InlineData("h:1,colour=red,password=secret", "ConnectionStrings:redis cannot be read: Keyword 'colour'")]
    public void A_missing_or_wrong_connection_string_is_told_in_one_line(string? text, string reason)
    {
        var builder = Builder(text);
        var error = Assert.Throws<InvalidOperationException>(() => builder.AddQuantumRedis());
        Assert.StartsWith(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_client_is_registered_with_its_health_check_and_tries_on_in_the_background()
    {
        var builder = Builder("127.0.0.1:9,connectRetry=1,connectTimeout=500,asyncTimeout=200,syncTimeout=200");
        builder.AddServiceDefaults().AddQuantumRedis();
        using var host = builder.Build();
        var client = host.Services.GetRequiredService<IConnectionMultiplexer>();
        Assert.Equal("redis-test", client.ClientName);
        Assert.False(client.IsConnected);
        Assert.Contains("allowAdmin=True", client.Configuration, StringComparison.OrdinalIgnoreCase);
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(HealthStatus.Unhealthy, report.Entries["StackExchange.Redis"].Status);
        var options = host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value;
        var registration = options.Registrations.Single(check => check.Name == "StackExchange.Redis");
        Assert.Equal(2, registration.Timeout.TotalSeconds);
        Assert.Equal(HealthStatus.Healthy, report.Entries["self"].Status);
    }

    private static HostApplicationBuilder Builder(string? text)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "redis test" });
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:redis", text)]);
        return builder;
    }
}
