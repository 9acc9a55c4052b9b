using System.Text.Json;
using Quantum.Resp;
using Quantum.Cli.Demos;
using Quantum.Testing;

namespace Quantum.Cli.Tests;

/// <summary>`./quantum audit` as a user or a CI job runs it.</summary>
public sealed class AuditVerbTests : IDisposable
{
    private readonly RedisServer _server = RedisServer.Start(new RedisServerOptions { AppendOnly = true });

    public void Dispose() => _server.Dispose();

    [Fact]
    public void The_audited_system_is_named()
    {
        Build();
        var run = CliRun.Of("audit", "--redis", _server.ConnectionString, "--json");
        Assert.Equal(1, run.ExitCode);
        var stream = run.Json.GetProperty("streams").EnumerateArray()
            .Single(s => s.GetProperty("name").GetString() == AuditedCase.Stream);
        Assert.True(stream.GetProperty("known").GetBoolean());
        Assert.Equal(AuditedCase.Capped, stream.GetProperty("length").GetInt64());
        foreach (var name in (string[])["ratePerS", "firstId", "lastId"]) Assert.True(stream.TryGetProperty(name,
            out _), name);
        var group = stream.GetProperty("groups").EnumerateArray().Single();
        Assert.Equal(AuditedCase.Group, group.GetProperty("name").GetString());
        Assert.Equal("NO_ACTIVE_CONSUMER", group.GetProperty("verdict").GetString());
        Assert.Equal(
            ["NO_ACTIVE_CONSUMER", "STALE 34"],
            group.GetProperty("verdicts").EnumerateArray().Select(verdict => verdict.GetString()));
        Assert.Equal(JsonValueKind.Null, stream.GetProperty("verdict").ValueKind);
        Assert.Equal(20, run.Json.GetProperty("streams").EnumerateArray()
            .Count(s => s.GetProperty("verdict").GetString() == "ORPHAN_STREAM"));
        Assert.Equal(AuditedCase.Capped, group.GetProperty("unread").GetInt64());
        Assert.Equal(AuditedCase.Destroyed, group.GetProperty("destroyedUnread").GetInt64());
        Assert.Equal(1, group.GetProperty("pending").GetInt64());
        Assert.Equal(AuditedCase.Consumers, group.GetProperty("consumers").GetInt64());
        Assert.Equal(AuditedCase.Consumers, group.GetProperty("staleConsumers").GetInt64());
        Assert.Equal(AuditedCase.Capped + AuditedCase.Destroyed, group.GetProperty("reportedLag").GetInt64());
        Assert.True(group.TryGetProperty("oldestUnreadAgeMs", out _));
        Assert.Equal(34, Finding(run, "STALE").GetProperty("count").GetInt64());
        Assert.Equal("critical", Finding(run, "DESTROYED_UNREAD").GetProperty("severity").GetString());
        Assert.Equal(AuditedCase.Group, Finding(run, "NO_ACTIVE_CONSUMER").GetProperty("group").GetString());
        Assert.NotEmpty(Finding(run, "NO_ACTIVE_CONSUMER").GetProperty("mend").GetString()!);
        Assert.Equal("noeviction", run.Json.GetProperty("redis").GetProperty("evictionPolicy").GetString());
    }

    [Fact]
    public void Piped_it_is_plain_text_without_colours()
    {
        Build();
        var run = CliRun.Of("audit", "--redis", _server.ConnectionString);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Contains("NO_ACTIVE_CONSUMER, STALE 34", run.Output, StringComparison.Ordinal);
        Assert.Contains("mend: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_has_the_event_flow_maps_sections()
    {
        Build();
        var file = Path.Combine(_server.Folder, "AUDIT.md");
        CliRun.Of("audit", "--redis", _server.ConnectionString, "--markdown", file);
        var text = File.ReadAllText(file);
        var at = -1;
        foreach (var heading in (string[])
        [
            "# EVENT FLOW MAP", "**Audit Date**", "## REDIS STREAMS INVENTORY", "## STREAM CATALOG",
                "### Trading & Execution",
            "## EVENT FLOW DIAGRAM (ORDER LIFECYCLE)", "MISSING CONSUMER", "## CRITICAL FINDINGS", "**Evidence**",
            "## PRODUCER/CONSUMER MAP", "### Consumers", "**GAP**", "## REDIS HEALTH", "**Audit Conclusion**",
        ])
        {
            var next = text.IndexOf(heading, at + 1, StringComparison.Ordinal);
            Assert.True(next > at, $"'{heading}' is missing or out of order");
            at = next;
        }
    }

    [Fact]
    public void A_Redis_without_faults_is_exit_code_0()
    {
        Add();
        var run = CliRun.Of("audit", "--redis", _server.ConnectionString);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("Healthy", run.Output.Split('\n')[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void No_Redis_is_exit_code_2_and_one_line()
    {
        var run = CliRun.Of("audit", "--redis", $"127.0.0.1:{RedisServer.FreePort()}");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("quantum: ", Assert.Single(run.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(2, CliRun.Of("audit", "--redis", "redis://x").ExitCode);
        Assert.Equal(2, CliRun.Of("audit", "--nonsense").ExitCode);
    }

    [Fact]
    public void Watching_as_json_is_one_document_per_line_until_it_is_ended()
    {
        using var process = CliRun.Start(
            "audit", "--redis", _server.ConnectionString, "--json", "--watch", "--every", "0.2");
        for (var i = 0; i < 3; i++)
        {
            using var document = JsonDocument.Parse(process.StandardOutput.ReadLine()!);
            Assert.True(document.RootElement.TryGetProperty("findings", out _));
        }

        process.Kill();
        process.WaitForExit();
    }

    [Fact]
    public void A_Redis_without_a_stream_is_not_healthy()
    {
        var run = CliRun.Of("audit", "--redis", _server.ConnectionString);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("Nothing was seen", run.Output.Split('\n')[^2], StringComparison.Ordinal);
        Assert.Equal("NOTHING_SEEN", CliRun.Of("audit", "--redis", _server.ConnectionString, "--json").Json
            .GetProperty("verdict").GetString());
    }

    private void Add()
    {
        using var connection = RespConnection.Connect(RespEndpoint.Parse(_server.ConnectionString));
        connection.Call("XADD", "orders", "*", "a", "b").ThrowIfError();
    }

    private static JsonElement Finding(CliRun run, string code) => run.Json.GetProperty("findings").EnumerateArray()
        .Single(f =>
            f.GetProperty("code").GetString() == code && f.GetProperty("stream").GetString() == AuditedCase.Stream);

    private void Build()
    {
        using var connection = RespConnection.Connect(RespEndpoint.Parse(_server.ConnectionString));
        AuditedCase.Build(connection);
    }
}
