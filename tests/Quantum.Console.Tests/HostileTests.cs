using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Quantum.Console.Tests.Harness;

namespace Quantum.Console.Tests;

/// <summary>What no program would ask the console: it lives, and answers afterwards as before.</summary>
public sealed class HostileTests(ApiConsole shared) : IClassFixture<ApiConsole>
{
    private const int Times = 400;

    // What acts is asked most.
    private static readonly string[] s_paths =
    [
        "/api/v1/actions/kill", "/api/v1/actions/mode", "/api/v1/actions/positions/BTCUSDT/close",
        "/api/v1/actions/positions/BTCUSDT/stop", "/api/v1/actions/dead-letters/trade.closed/1-1/redrive",
        "/api/v1/actions/backtests", "/api/v1/overview", "/api/v1/trades", "/api/v1/dead-letters",
        "/api/v1/backtests", "/api/v1/events", "/login", "/_blazor/negotiate", "/",
    ];

    [Theory]
    [InlineData("")]
    [InlineData("operator")]
    public async Task The_api_lives_and_answers_afterwards(string role)
    {
        var key = shared.Key("operator");
        await AllAreThereAsync(key);
        var wire = new HostileWire(shared.Console.Http.BaseAddress!.Port, seed: 1)
        {
            Headers = role.Length == 0 ? "" : $"X-Api-Key: {shared.Key(role)}\r\n",
            Paths = s_paths,
        };
        await wire.ThrowAsync(Times, async () => Assert.Equal(HttpStatusCode.OK, await AskAsync(key)));
        Assert.True(wire.Answers > Times / 4, $"{wire.Answers} answers");
        // This Redis is no system's: 409 is what a word is answered that was understood and came from an operator.
        Assert.Equal(role.Length > 0, wire.Statuses.Contains(409));
        Assert.True(wire.Broken.Count == 0, string.Join("\n", wire.Broken));
        // What nobody answered is in its log.
        Assert.False(
            shared.Console.Said.Contains("unhandled exception", StringComparison.OrdinalIgnoreCase),
            shared.Console.Said);
    }

    // What is thrown at a path that nothing answers proves nothing.
    private async Task AllAreThereAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        request.Headers.Add("X-Api-Key", key);
        using var answer = await shared.Console.Http.SendAsync(request);
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var known = document.GetProperty("paths").EnumerateObject()
            .Select(path => $"^{Regex.Replace(Regex.Escape(path.Name), @"\\\{[^}]+}", "[^/]+")}$").ToList();
        Assert.All(s_paths.Where(path => path.StartsWith("/api/", StringComparison.Ordinal)),
            path => Assert.Contains(known, pattern => Regex.IsMatch(path, pattern)));
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
