using Microsoft.AspNetCore.Identity;
using Quantum.Console.Tests.Harness;

namespace Quantum.Console.Tests;

/// <summary>The first visitor does not wait for what is compiled at the first page.</summary>
public sealed class FirstPageTests : IDisposable
{
    private const string TellsRequests =
        "Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Information";

    private readonly OwnRedis _redis = new();

    public void Dispose() => _redis.Dispose();

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("localhost", "localhost")]
    public async Task A_console_asks_itself_for_its_first_page(string listens, string asked)
    {
        var port = RedisServer.FreePort();
        using var console = await ServiceRun.StartAsync(
            "console", $"ConnectionStrings:redis={_redis.Connection}", TellsRequests,
            $"Kestrel:Endpoints:http:Url=http://{listens}:{port}");
        console.Tells($"GET http://{asked}:{port}/ ");
        console.Tells("blazor.web.js - 200");
    }

    [Fact]
    public async Task One_that_listens_everywhere_asks_itself_on_its_own_machine()
    {
        var port = RedisServer.FreePort();
        using var console = await ServiceRun.StartAsync(
            "console", $"ConnectionStrings:redis={_redis.Connection}", TellsRequests,
            $"Kestrel:Endpoints:http:Url=http://0.0.0.0:{port}", "Access:Users:0:Name=rosa",
            "Access:Users:0:Role=reader",
            "Access:Users:0:PasswordHash=" + new PasswordHasher<string>().HashPassword("", "correct horse battery"));
        console.Tells($"GET http://localhost:{port}/login");
    }
}
