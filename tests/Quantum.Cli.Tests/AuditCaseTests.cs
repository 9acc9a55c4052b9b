using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Cli.Tests;

/// <summary>The audit's cases from public reports, each as its user runs it and under its name.</summary>
public sealed class AuditCaseTests : IDisposable
{
    private readonly RedisServer _server = RedisServer.Start(new RedisServerOptions { AppendOnly = true });
    private readonly RespConnection _connection;

    public AuditCaseTests() => _connection = RespConnection.Connect(RespEndpoint.Parse(_server.ConnectionString));

    public void Dispose()
    {
        _connection.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData("xinfo", "XINFO STREAM")]
    [InlineData("xpending", "XPENDING")]
    [InlineData("scan", "SCAN")]
    public void Case_audit_forbidden_looks_healthy(string command, string named)
    {
        Deliver(5);
        Ask("XTRIM", "s", "MAXLEN", "0");
        Ask("ACL", "SETUSER", "u", "on", ">p", "~*", "+@all", "-" + command);
        Dictionary<string, string> asUser = new()
        {
            ["ConnectionStrings__redis"] = $"{_server.ConnectionString},user=u,password=p",
        };
        var run = CliRun.With(asUser, "audit", "--redis", _server.ConnectionString);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"COULD_NOT_ASK: {named} was not answered: NOPERM", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Healthy", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ACTIVE", run.Output, StringComparison.Ordinal);
        var json = CliRun.With(asUser, "audit", "--json", "--redis", _server.ConnectionString).Json;
        Assert.Contains(json.GetProperty("verdict").GetString(), (string[])["NOT_ALL_SEEN", "NOTHING_SEEN"]);
        Assert.Equal("NOPERM", json.GetProperty("unanswered")[0].GetProperty("word").GetString());
    }

    [Fact]
    public void Case_audit_lost_more_than_1000()
    {
        Deliver(5000);
        Ask("XTRIM", "s", "MAXLEN", "0");
        var run = CliRun.Of("audit", "--redis", _server.ConnectionString);
        Assert.Contains("DESTROYED_PENDING: 5000 entries", run.Output, StringComparison.Ordinal);
        Assert.Contains("delivered through g and trimmed away", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_audit_mend_that_mends_nothing()
    {
        Ask("XGROUP", "CREATE", "s", "g", "0", "MKSTREAM");
        Ask("XGROUP", "CREATECONSUMER", "s", "g", "dead");
        Ask("XADD", "s", "*", "a", "1");
        var lines = CliRun.Of("audit", "--redis", _server.ConnectionString).Output.Split('\n');
        var mend = lines[Array.FindIndex(lines, line => line.Contains("STALE:", StringComparison.Ordinal)) + 1];
        Assert.Equal($"  mend: redis-cli -p {_server.Port} XGROUP DELCONSUMER s g dead", mend);
        var fix = CliRun.Of("audit", "--redis", _server.ConnectionString, "--fix", "--yes");
        Assert.Contains("not marked as Quantum's", fix.Output.Split('\n')[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quantum:stream:trade.intent", "string", "stream", "SET", "x")]
    [InlineData("quantum:stream:trade.intent", "hash", "stream", "HSET", "f", "x")]
    [InlineData("quantum:topology", "string", "hash", "SET", "x")]
    [InlineData("quantum:members", "list", "zset", "LPUSH", "x")]
    [InlineData("quantum:lease:executor", "stream", "hash", "XADD", "*", "f", "x")]
    [InlineData("quantum:state:governance", "string", "hash", "SET", "x")]
    [InlineData("quantum:dlq:trade.intent", "set", "stream", "SADD", "x")]
    public void Case_audit_key_of_another_type(
        string key, string found, string wanted, string command, params string[] rest)
    {
        Ask([command, key, .. rest]);
        var run = CliRun.Of("audit", "--redis", _server.ConnectionString);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            $"CRITICAL WRONG_TYPE: The key {key} holds a {found} where a {wanted} belongs", run.Output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("MISSING_GROUP", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_a_terminals_escape_leaves_the_terminal_alone()
    {
        Ask("XGROUP", "CREATE", "s\u001b]0;owned\u0007\n", "g\u001b[2J", "0", "MKSTREAM");
        Ask("XADD", "s\u001b]0;owned\u0007\n", "*", "f\u001b[1A", "v\u001b[31m", "mode", "\u001b[5m");
        foreach (var run in (CliRun[])
        [
            CliRun.Of("audit", "--redis", _server.ConnectionString),
            CliRun.Of("audit", "--redis", _server.ConnectionString, "--json"),
            CliRun.Of("audit", "--redis", _server.ConnectionString, "--markdown", "/dev/stdout"),
        ])
        {
            Assert.DoesNotContain(run.Output, c => char.IsControl(c) && c is not ('\n' or '\r'));
            Assert.Contains(@"s\", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Who_is_turned_away_is_told_why_with_exit_code_2()
    {
        using var closed = RedisServer.Start(new RedisServerOptions { Password = "right" });
        var address = $"127.0.0.1:{closed.Port}";
        foreach (var (text, word) in ((string, string)[])
        [
            (address, "NOAUTH"), (address + ",password=wrong", "WRONGPASS"),
            (address + ",password=right,defaultDatabase=99", "Database 99"),
            (address + ",password=right,ssl=true,connectTimeout=1000", "ssl=true"),
        ])
        {
            var run = CliRun.Of("audit", "--redis", text);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains(word, Assert.Single(run.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_server_that_loads_is_named_within_seconds()
    {
        using var slow = RedisServer.Start(new RedisServerOptions { Arguments = ["--dbfilename", "slow.rdb"] });
        using (var connection = RespConnection.Connect(RespEndpoint.Parse(slow.ConnectionString)))
        {
            connection.Call("EVAL", "for i=1,3000 do redis.call('SET','k'..i,'v') end", "0").ThrowIfError();
            connection.Call("SAVE").ThrowIfError();
        }

        slow.Kill();
        slow.StartAgain(
            waitReady: false, "--key-load-delay", "10000", "--loading-process-events-interval-bytes", "1024");
        Eventually.True(() => slow.Log.Contains("Server initialized", StringComparison.Ordinal));
        var run = CliRun.Of("audit", "--redis", slow.ConnectionString);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("LOADING", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Tls_is_followed_with_the_servers_root()
    {
        using var server = RedisServer.Start(new RedisServerOptions { Tls = true });
        var run = CliRun.With(
            new Dictionary<string, string> { ["SSL_CERT_FILE"] = Path.Combine(server.Folder, "root.pem") },
            "audit", "--redis", server.ConnectionString);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Nothing was seen: database 0", run.Output, StringComparison.Ordinal);
        Assert.Contains("--tls", run.Output, StringComparison.Ordinal);
        var plain = CliRun.Of("audit", "--redis", $"localhost:{server.Port}");
        Assert.Equal(2, plain.ExitCode);
        Assert.Contains("ssl=true", plain.Errors, StringComparison.Ordinal);
    }

    private void Deliver(int count)
    {
        Ask("XGROUP", "CREATE", "s", "g", "0", "MKSTREAM");
        Ask("EVAL", "for i=1,ARGV[1] do redis.call('XADD',KEYS[1],'*','a',i) end", "1", "s", $"{count}");
        Ask("XREADGROUP", "GROUP", "g", "c", "COUNT", $"{count}", "STREAMS", "s", ">");
    }

    private void Ask(params string[] command) => _connection.Call(command).ThrowIfError();
}
