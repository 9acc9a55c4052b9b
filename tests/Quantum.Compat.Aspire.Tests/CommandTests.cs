using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Quantum.Compat.Aspire.Tests;

public sealed class CommandTests
{
    private static readonly HttpClient _http = new();

    [Fact]
    public async Task Commands_are_given_over_the_control_port()
    {
        await using var app = new SampleApp();
        var given = new List<string>();
        var api = app.AddService("api").WithHttpEndpoint().WithHttpHealthCheck("/health")
            .WithHttpCommand("/admin/kill", "Kill switch", commandName: "kill-switch")
            .WithCommand("note", "Note", context =>
            {
                given.Add(context.ResourceName);
                return Task.FromResult(CommandResults.Success("noted"));
            })
            .WithCommand("fail", "Fail", _ => Task.FromResult(CommandResults.Failure("it cannot")))
            .WithCommand("never", "Never", _ => throw new InvalidOperationException(), new CommandOptions
            {
                UpdateState = _ => ResourceCommandState.Disabled,
            });
        await app.StartAsync();
        await app.HealthyAsync("api");

        Assert.Equal((HttpStatusCode.OK, null), await PostAsync(app, "api/commands/kill-switch"));
        Assert.Equal("1", await SampleApp.GetAsync(api, "/killed"));
        Assert.Equal((HttpStatusCode.OK, "noted"), await PostAsync(app, "api/commands/note"));
        Assert.Equal(["api"], given);
        Assert.Equal((HttpStatusCode.Conflict, "it cannot"), await PostAsync(app, "api/commands/fail"));
        Assert.Equal(
            (HttpStatusCode.Conflict, "Command 'never' of 'api' is Disabled while the resource is Running."),
            await PostAsync(app, "api/commands/never"));
        Assert.Contains("not available", (await PostAsync(app, "api/commands/other")).Message);
        Assert.Contains("not found", (await PostAsync(app, "other/commands/note")).Message);
        Assert.True((await app.Application.ResourceCommands.ExecuteCommandAsync("api", "note")).Success);
    }

    [Fact]
    public async Task The_states_are_shown_and_pages_of_other_sites_are_refused()
    {
        await using var app = new SampleApp();
        var api = app.AddService("api").WithHttpEndpoint().WithHttpHealthCheck("/health");
        await app.StartAsync();
        await app.HealthyAsync("api");

        var shown = JsonNode.Parse(await _http.GetStringAsync($"{app.ControlAddress}/resources"))![0]!;
        Assert.Equal(
            ("api", "Running", "Healthy", api.GetEndpoint("http").Url),
            ((string?)shown["id"], (string?)shown["state"], (string?)shown["health"], (string?)shown["urls"]![0]));
        foreach (var (header, value) in new[] { ("Origin", "http://elsewhere.example"), ("Host", "elsewhere.example") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{app.ControlAddress}/resources");
            request.Headers.TryAddWithoutValidation(header, value);
            using var response = await _http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    private static async Task<(HttpStatusCode Status, string? Message)> PostAsync(SampleApp app, string path)
    {
        using var response = await _http.PostAsync(new Uri($"{app.ControlAddress}/resources/{path}"), null);
        var body = await response.Content.ReadFromJsonAsync<JsonNode>();
        return (response.StatusCode, (string?)body!["message"]);
    }
}
