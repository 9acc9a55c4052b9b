using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Quantum.Cli.Demos;
using Quantum.Testing;

namespace Quantum.Cli.Tests;

/// <summary>`./quantum demo audit`: the console shows the dead reader of trade.intent, and all ends.</summary>
public sealed class DemoVerbTests
{
    [Fact]
    public async Task It_shows_the_dead_reader_alone_and_ends_everything_it_started()
    {
        using var demo = CliRun.Start("demo", "audit", "--seconds", "300", "--json");
        demo.StandardInput.Close();
        var said = await demo.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        if (said is null) Assert.Fail(await demo.StandardError.ReadToEndAsync());
        var (flow, redis) = (Text("flow"), Text("redis"));
        using var http = new HttpClient { BaseAddress = new Uri(flow) };
        var health = default(JsonElement);
        await Eventually.TrueAsync(async () =>
        {
            var streams = await http.GetFromJsonAsync<JsonElement>("/api/v1/flow");
            health = streams.Clone();
            return health.EnumerateArray().Any(stream => stream.GetProperty("name").GetString() == AuditedCase.Stream
                && Group(stream).GetProperty("destroyedUnread").GetInt64() > AuditedCase.Destroyed);
        }, what: "intents are lost unread");
        var intents = health.EnumerateArray().Single(one => one.GetProperty("name").GetString() == AuditedCase.Stream);
        Assert.Equal(
            ("no_active_consumer", (long)AuditedCase.Capped, (long)AuditedCase.Consumers, (long)AuditedCase.Consumers),
            (Group(intents).GetProperty("verdict").GetString(), Group(intents).GetProperty("unread").GetInt64(),
                Group(intents).GetProperty("consumers").GetInt64(),
                Group(intents).GetProperty("staleConsumers").GetInt64()));
        Assert.Equal(21, health.GetArrayLength());
        Assert.DoesNotContain(
            health.EnumerateArray().Where(one => one.GetProperty("name").GetString() != AuditedCase.Stream),
            one => one.GetProperty("groups").EnumerateArray().Any(group => group.GetProperty("verdict").GetString()
                is "no_active_consumer" or "missing_group" or "stuck"));
        var overview = await http.GetFromJsonAsync<JsonElement>("/api/v1/overview");
        Assert.Equal(["executor"], overview.GetProperty("missing").EnumerateArray().Select(role => role.GetString()));
        var alert = overview.GetProperty("alerts").EnumerateArray()
            .First(one => one.GetProperty("code").GetString() == "NO_ACTIVE_CONSUMER");
        Assert.Equal(AuditedCase.Stream, alert.GetProperty("stream").GetString());
        Assert.NotEmpty(alert.GetProperty("mend").GetString()!);
        Assert.Contains("trade.intent", await http.GetStringAsync("/flow"));
        var audit = CliRun.Of("audit", "--redis", redis, "--json");
        Assert.Contains("NO_ACTIVE_CONSUMER", audit.Output);
        using var kill = Process.Start("kill", ["-TERM", demo.Id.ToString(CultureInfo.InvariantCulture)]);
        await demo.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(ExitCode.Interrupted, demo.ExitCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/alive"));

        string Text(string name)
        {
            using var json = JsonDocument.Parse(said);
            return json.RootElement.GetProperty(name).GetString()!;
        }

        static JsonElement Group(JsonElement stream) => stream.GetProperty("groups").EnumerateArray()
            .Single(group => group.GetProperty("name").GetString() == AuditedCase.Group);
    }

    [Theory]
    [InlineData("--seconds", "0", "--seconds is '0'")]
    [InlineData("--port", "99999", "--port is '99999'")]
    public void A_wrong_option_is_one_line(string option, string value, string words)
    {
        var run = CliRun.Of("demo", "audit", option, value);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
    }
}
