using System.Net;
using Quantum.Console.Tests.Harness;

namespace Quantum.Console.Tests;

/// <summary>What no program would ask the console: it lives, and answers afterwards as before.</summary>
public sealed class HostileTests(ApiConsole shared) : IClassFixture<ApiConsole>
{
    private const int Times = 400;

    [Theory]
    [InlineData("")]
    [InlineData("operator")]
    public async Task The_api_lives_and_answers_afterwards(string role)
    {
        var key = shared.Key("operator");
        var wire = new HostileWire(shared.Console.Http.BaseAddress!.Port, seed: 1)
        {
            Headers = role.Length == 0 ? "" : $"X-Api-Key: {shared.Key(role)}\r\n",
            Paths =
            [
                "/api/v1/overview", "/api/v1/kill", "/api/v1/close", "/api/v1/letters", "/api/v1/backtests",
                "/api/v1/events", "/login", "/_blazor/negotiate", "/",
            ],
            SocketPath = "/_blazor?id=nobody",
        };
        await wire.ThrowAsync(Times, async () => Assert.Equal(HttpStatusCode.OK, await AskAsync(key)));
        Assert.True(wire.Answers > Times / 4, $"{wire.Answers} answers");
        Assert.True(wire.Broken.Count == 0, string.Join("\n", wire.Broken));
        // What nobody answered is in its log.
        Assert.False(
            shared.Console.Said.Contains("unhandled exception", StringComparison.OrdinalIgnoreCase),
            shared.Console.Said);
    }

    // A key of its own, so that nothing of the rest counts against its limit.
    private async Task<HttpStatusCode> AskAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/session");
        request.Headers.Add("X-Api-Key", key);
        using var answer = await shared.Console.Http.SendAsync(request);
        return answer.StatusCode;
    }
}
