using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Quantum.Console.Tests.Harness;

namespace Quantum.Console.Tests;

/// <summary>
/// What no browser would say on the socket of a page. A key opens none: each is its session's, and has an id of its
/// own.
/// </summary>
public sealed class HostileSocketTests(ApiConsole shared) : IClassFixture<ApiConsole>
{
    private const int Times = 200;

    [Fact]
    public async Task The_sockets_of_the_pages_are_opened_and_the_console_lives_and_answers_afterwards()
    {
        var session = await shared.SessionAsync();
        var wire = new HostileWire(shared.Console.Http.BaseAddress!.Port, seed: 2)
        {
            Headers = $"Cookie: {session}\r\n",
            Paths = ["/_blazor/negotiate", "/_blazor", "/_blazor/initializers", "/_blazor/disconnect"],
            SocketPath = () => NextSocketAsync(session),
            Greeting = "{\"protocol\":\"blazorpack\",\"version\":1}\u001e",
        };
        await wire.ThrowAsync(Times, async () => await NextSocketAsync(session));
        Assert.Contains(101, wire.Statuses);
        // Every second thing is one; a busy machine may be late with an answer.
        Assert.InRange(wire.Sockets, Times / 4, Times / 2);
        Assert.True(wire.Broken.Count == 0, string.Join("\n", wire.Broken));
        Assert.DoesNotContain("unhandled exception", shared.Console.Said, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<string> NextSocketAsync(string session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        request.Headers.Add("Cookie", session);
        using var answer = await shared.Console.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("connectionToken").GetString();
        return "/_blazor?id=" + Uri.EscapeDataString(token!);
    }
}
