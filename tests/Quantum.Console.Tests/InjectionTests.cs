using Quantum.Console.Tests.Harness;
using Quantum.Resp;

namespace Quantum.Console.Tests;

/// <summary>What a hostile writer of a stream could put on a page.</summary>
public sealed class InjectionTests : IDisposable
{
    private const string Evil = "<img src=x onerror=window.hit=1><script>window.hit=1</script>\"'&";

    private readonly RedisServer _redis = RedisServer.Start();

    public void Dispose() => _redis.Dispose();

    [BrowserFact]
    public async Task A_script_in_a_symbol_a_reason_and_a_dead_letter_stays_text()
    {
        Call("HSET", "quantum:topology", "system", "quantum", "mode", "paper", "shards", "1", "time", "real");
        Call("HSET", "quantum:lease:executor", "owner", Evil, "until", "99999999999999");
        Call("HSET", "quantum:counts:trading_bot", $"signal_dropped/{Evil}/{Evil}", "1");
        Call("HSET", "quantum:reasons:trading_bot", $"signal_dropped/{Evil}", "12 " + Evil);
        Add("policy.updated", "risk_mode", Evil, "kill_switch", "true", "reason", Evil, "reason_code", Evil,
            "updated_by", Evil, "policy_version", "1", "max_leverage", "1", "max_gross_exposure_fraction", "1",
            "max_symbol_exposure_fraction", "1", "risk_per_trade_fraction", "1", "daily_loss_limit_fraction", "1",
            "max_positions", "1", "min_confidence", "1", "allowed_symbols", "[]");
        Add("portfolio.snapshot_updated", "total_equity_usd", Evil);
        Add("trade.closed", "symbol", Evil, "closed_at_ms", Evil, "pnl_usd", Evil, "reason", Evil, "trade_id", Evil);
        Add("trade.intent", "symbol", Evil, "reason_code", Evil);
        Call("XADD", "quantum:dlq:trade.closed", "*", "dlq_reason", Evil, "symbol", Evil);
        Call("XADD", "quantum:stream:" + Evil, "*", "a", Evil);
        using var console = await ServiceRun.StartAsync(
            "console", $"ConnectionStrings:redis={_redis.ConnectionString}");
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.OpenAsync(console, "");
        await page.SeesAsync("td", "onerror");
        await page.GoAsync("flow");
        await page.Of("button.link").First.WaitForAsync();
        await page.Of(".pill[data-stream='trade.intent']").ClickAsync();
        await page.SeesAsync(".drawer", "onerror");
        string[] paths = ["why-not", "policy", "journal", "journal/" + Uri.EscapeDataString(Evil), "system"];
        foreach (var path in paths)
        {
            await page.GoAsync(path);
            await page.SeesAsync("main", "onerror");
        }

        await page.Of("details.letter summary").ClickAsync();
        await page.SeesAsync("details.letter[open] dd", "onerror");
        await page.Page.GotoAsync("/trade/" + Uri.EscapeDataString(Evil));
        await page.SeesAsync("main", "onerror");

        Assert.Null(await page.Page.EvaluateAsync<object?>("window.hit ?? null"));
        Assert.Equal(0, await page.Of("img").CountAsync());
        Assert.Empty(page.Faults);
    }

    private void Add(string stream, params string[] fields) =>
        Call(["XADD", "quantum:stream:" + stream, "*", .. fields]);

    private void Call(params string[] command)
    {
        using var connection = RespConnection.Connect(RespEndpoint.Parse(_redis.ConnectionString));
        connection.Call(command).ThrowIfError();
    }
}
