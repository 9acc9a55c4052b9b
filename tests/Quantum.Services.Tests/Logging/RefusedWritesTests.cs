using System.Globalization;
using Quantum.Testing;

namespace Quantum.Services.Tests.Logging;

/// <summary>What a service tells while nothing can be written.</summary>
[Collection(nameof(RefusedWritesTests))]
public sealed class RefusedWritesTests
{
    [Theory]
    [InlineData("Quantum.Market")]
    [InlineData("Quantum.Governance")]
    public async Task A_service_whose_Redis_refuses_every_write_says_so_in_a_few_lines(string service)
    {
        using var redis = RedisServer.Start(new RedisServerOptions { AppendOnly = true });
        var entries = new RedisEntries(redis);
        using var process = await ServiceProcess.StartAsync(
            service, $"ConnectionStrings:redis={redis.ConnectionString}", "Feed:HistoryCandles=0");
        entries.Call("CONFIG", "SET", "maxmemory", "1");
        // As on a full disk: each attempt of each role is refused.
        await Eventually.TrueAsync(
            () => Task.FromResult(Refusals(entries) > 40 && process.Output.Contains("OOM")), TimeSpan.FromSeconds(90));
        var told = process.Output.Split('\n').Where(line => line.Contains("warn:") || line.Contains("fail:")).ToList();
        Assert.True(told.Count is >= 1 and <= 4, string.Join('\n', told));
        Assert.Contains(told, line => line.Contains("OOM"));
    }

    private static long Refusals(RedisEntries entries) => long.Parse(
        entries.Info("errorstats", "errorstat_OOM:count=") ?? "0", CultureInfo.InvariantCulture);
}
