using Quantum.Testing;
using Quantum.Venue.Tests.Accounts;

namespace Quantum.Venue.Tests.Faults;

/// <summary>What goes wrong with user streams when it is ordered to, and what was done in truth.</summary>
public sealed class StreamFaultTests
{
    [Fact]
    public async Task A_stale_stream_stays_open_and_tells_nothing()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await using var stream = await run.ListenAsync();
        await run.FaultAsync(new { kind = "stale", seconds = 30 });
        await run.Client.LimitAsync("unheard", "49000");
        run.Time.Advance(30_000);
        await run.Client.LimitAsync("heard", "48000");
        var frame = (await stream.NextAsync())!.Value;
        Assert.Equal("heard", frame.GetProperty("o").Text("c"));
        Assert.Equal(1, await run.AcceptedAsync("unheard"));
    }

    [Fact]
    public async Task An_event_comes_twice()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await using var stream = await run.ListenAsync();
        await run.FaultAsync(new { kind = "double", next = 1 });
        await run.Client.LimitAsync("a", "49000");
        await run.Client.LimitAsync("b", "49000");
        var names = new List<string>();
        while (names.Count < 3) names.Add((await stream.NextAsync())!.Value.GetProperty("o").Text("c"));
        Assert.Equal(["a", "a", "b"], names);
    }

    [Fact]
    public async Task An_event_comes_after_the_one_that_follows_it()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await run.Client.MarketAsync("swap");
        await using var stream = await run.ListenAsync();
        await run.FaultAsync(new { kind = "reorder", next = 1 });
        run.Tick(50_000);
        Assert.Equal(["ACCOUNT_UPDATE ORDER", "TRADE_LITE", "ORDER_TRADE_UPDATE TRADE FILLED"],
            await stream.NextAsync(3));
    }

    [Fact]
    public async Task An_event_that_nothing_follows_comes_nevertheless()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        await using var stream = await run.ListenAsync();
        await run.FaultAsync(new { kind = "reorder", next = 1 });
        await run.Client.LimitAsync("alone", "49000");
        run.Time.Advance(10);
        Assert.Equal(["ORDER_TRADE_UPDATE NEW NEW"], await stream.NextAsync(1));
    }

    [Fact]
    public async Task Sockets_are_cut_of_one_account_or_all()
    {
        await using var run = await AccountRun.StartAsync();
        await run.AdminAsync(HttpMethod.Post, "/admin/accounts", new { key = "Other", secret = "S2" });
        await using var mine = await run.ListenAsync();
        await run.AdminAsync(HttpMethod.Post, "/admin/disconnect", new { key = "Other" });
        await run.AdminAsync(HttpMethod.Post, "/admin/disconnect", new { key = AccountRun.Key });
        Assert.Null(await mine.NextAsync());
        await Eventually.TrueAsync(async () => !await run.IsHeardAsync());
        await using var again = await run.ListenAsync();
        run.Tick(50_000);
        await run.Client.LimitAsync("heard", "49000");
        Assert.Equal(["ORDER_TRADE_UPDATE NEW NEW"], await again.NextAsync(1));
        await run.AdminAsync(HttpMethod.Post, "/admin/disconnect");
        Assert.Null(await again.NextAsync());
    }
}
