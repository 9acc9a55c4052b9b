using Microsoft.AspNetCore.Identity;
using Quantum.Console.Tests.Harness;
using Quantum.Resp;

namespace Quantum.Console.Tests;

/// <summary>A user who may only look, through the login in a browser.</summary>
public sealed class ReaderTests : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly RedisServer _redis = RedisServer.Start();

    public void Dispose() => _redis.Dispose();

    [BrowserFact]
    public async Task A_reader_sees_everything_and_can_say_nothing()
    {
        using var console = await ServiceRun.StartAsync(
            "console", $"ConnectionStrings:redis={_redis.ConnectionString}", "Access:Users:0:Name=rosa",
            "Access:Users:0:Role=reader",
            "Backtests:Folders:0:Name=days", "Backtests:Folders:0:Path=.",
            "Access:Users:0:PasswordHash=" + new PasswordHasher<string>().HashPassword("", Password));
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.OpenLoginAsync(console);
        await page.Of("input[name=name]").FillAsync("rosa");
        await page.Of("input[name=password]").FillAsync(Password);
        await page.Of("button[type=submit]").ClickAsync();
        await page.LiveAsync();
        await page.SeesAsync(".verdict", "Quantum is not whole");
        await page.Of("button.halt").ClickAsync();
        await page.SeesAsync("#stop", "only an operator may act");
        Assert.Equal(0, await page.Of("#stop button.danger").CountAsync());
        await page.GoAsync("backtests");
        Assert.Equal(0, await page.Of("main button:enabled").CountAsync());
        await page.GoAsync("policy");
        Assert.Equal(0, await page.Of("main button:enabled").CountAsync());
        Assert.Empty(page.Faults);
        using var connection = RespConnection.Connect(RespEndpoint.Parse(_redis.ConnectionString));
        Assert.Equal(0, connection.Call("EXISTS", "quantum:stream:governance.control").ReadInteger());
    }
}
