using Quantum.Console.Tests.Harness;
using Quantum.Resp;

namespace Quantum.Console.Tests;

/// <summary>The journal's file.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly RedisServer _redis = RedisServer.Start();

    public void Dispose() => _redis.Dispose();

    [Fact]
    public async Task A_cell_that_begins_like_a_formula_stays_text()
    {
        using (var connection = RespConnection.Connect(RespEndpoint.Parse(_redis.ConnectionString)))
        {
            connection.Call("XADD", "quantum:stream:trade.closed", "*", "trade_id", "=cmd()", "symbol", "a,\"b\"",
                "pnl_usd", "-12.5", "reason", "-x").ThrowIfError();
        }

        using var console = await ServiceRun.StartAsync(
            "console", $"ConnectionStrings:redis={_redis.ConnectionString}");
        var lines = (await console.Http.GetStringAsync(new Uri("/journal.csv", UriKind.Relative))).Split('\n');
        Assert.StartsWith("trade_id,symbol,", lines[0]);
        Assert.StartsWith("'=cmd(),\"a,\"\"b\"\"\",", lines[1]);
        Assert.Contains(",-12.5,", lines[1]);
        Assert.Contains(",'-x,", lines[1]);
    }
}
