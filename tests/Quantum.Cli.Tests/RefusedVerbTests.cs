using System.Text.RegularExpressions;
using Quantum.Contracts.Catalog;
using Quantum.EventLog;
using Quantum.Testing;

namespace Quantum.Cli.Tests;

/// <summary>
/// Every verb that reads Redis, and every command that it reads with: an error is never told as "nothing there". `flow`
/// is the one verb that asks nothing.
/// </summary>
public sealed partial class RefusedVerbTests : IDisposable
{
    private static readonly string[] s_harmless = ["client|setname", "client|id", "ping", "config|resetstat", "auth"];
    private readonly SystemFixture _system = new();

    public RefusedVerbTests()
    {
        _system.Ask("HSET", "quantum:state:governance", "governance", """{"trip":null}""");
        _system.Ask("XGROUP", "CREATE", StreamCatalog.TradeIntent.Key,
            StreamCatalog.GroupOf(RoleNames.Executor, "trade.intent"), "0", "MKSTREAM");
        _system.Add(StreamCatalog.PolicyUpdated.Key, "kill_switch", "false", "risk_mode", "normal");
        _system.Add(StreamCatalog.SignalGenerated.Key, "symbol", "BTCUSDT", "event_id", "e1");
        _system.Add(StreamCatalog.TradeIntent.Key, "symbol", "BTCUSDT", "event_id", "e2");
    }

    public static TheoryData<string> Verbs =>
        ["why BTCUSDT", "positions", "trace e1", "dlq list", "drain", "policy show", "kill status"];

    public void Dispose() => _system.Dispose();

    [Theory]
    [MemberData(nameof(Verbs))]
    public void A_verb_that_is_refused_a_command_names_it_and_could_not_look(string verb)
    {
        var words = verb.Split(' ');
        _system.Ask("CONFIG", "RESETSTAT");
        Assert.Equal(0, _system.Run(words).ExitCode);
        var sent = Sent().Matches(_system.Text("INFO", "commandstats")).Select(match => match.Groups[1].Value)
            .Except(s_harmless).ToArray();
        Assert.NotEmpty(sent);
        foreach (var command in sent)
        {
            _system.Ask("ACL", "SETUSER", "u", "reset", "on", ">p", "~*", "+@all", "-" + command);
            var run = CliRun.With(
                new() { ["ConnectionStrings__redis"] = _system.Server.ConnectionString + ",user=u,password=p" },
                [.. words, "--redis", _system.Server.ConnectionString]);
            Assert.Equal((command, 2), (command, run.ExitCode));
            Assert.Contains("NOPERM", Assert.Single(run.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void A_verb_names_the_key_that_holds_another_type(string verb)
    {
        _system.Ask("SET", LogKeys.Topology, "x");
        var run = _system.Run(verb.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("quantum:topology", run.Errors, StringComparison.Ordinal);
        Assert.Contains("WRONGTYPE", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("positions", "quantum:state:executor")]
    [InlineData("policy show", "quantum:stream:policy.updated")]
    [InlineData("kill status", "quantum:state:governance")]
    [InlineData("dlq list", "quantum:dlq:trade.intent")]
    [InlineData("drain", "quantum:lease:executor")]
    [InlineData("trace e1", "quantum:stream:order.update")]
    [InlineData("why BTCUSDT", "quantum:counts:trading_bot")]
    public void And_any_other_key_that_it_reads(string verb, string key)
    {
        _system.Ask("SET", key, "x");
        var run = _system.Run(verb.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(key, run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void On_a_Redis_without_the_mark_nothing_found_is_not_an_answer(string verb)
    {
        using var empty = RedisServer.Start();
        var run = CliRun.Of([.. verb.Split(' '), "--redis", empty.ConnectionString + ",defaultDatabase=3"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("database 3", run.Errors, StringComparison.Ordinal);
        Assert.Contains("not marked as Quantum's", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_cluster_a_verb_follows_its_keys()
    {
        using var cluster = RedisCluster.Start(masters: 3);
        void Ask(params string[] command) => RedisCluster.Ask(cluster.Nodes[0], ["-c", .. command]);
        Ask("HSET", LogKeys.Topology, "system", "quantum", "shards", "1", "hash", LogKeys.HashName, "mode", "sim");
        Ask("XADD", StreamCatalog.PolicyUpdated.Key, "*", "kill_switch", "true", "risk_mode", "normal");
        Ask("XADD", StreamCatalog.SignalGenerated.Key, "*", "symbol", "BTCUSDT", "event_id", "e1");
        Ask("XADD", "quantum:dlq:trade.intent", "*", "dlq_reason", "poison");
        foreach (var node in cluster.Nodes)
        {
            var kill = CliRun.Of("kill", "status", "--redis", node.ConnectionString);
            Assert.Contains("kill switch ON", kill.Output, StringComparison.Ordinal);
            var trace = CliRun.Of("trace", "e1", "--redis", node.ConnectionString);
            Assert.Contains("1 steps", trace.Output, StringComparison.Ordinal);
        }

        Assert.Contains("poison", CliRun.Of("dlq", "list", "--redis", cluster.Nodes[0].ConnectionString).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_is_never_told_as_the_count()
    {
        for (var i = 0; i < 7; i++) _system.Add("quantum:dlq:trade.intent", "dlq_reason", "poison");
        var list = _system.Run("dlq", "list", "--limit", "5");
        Assert.Contains("5 of 7 are shown", list.Output, StringComparison.Ordinal);
        Assert.Equal(7, _system.Run("dlq", "list", "--limit", "5", "--json").Json.GetProperty("total").GetInt64());
        var trace = _system.Run("trace", "e1", "--depth", "1");
        Assert.DoesNotContain("Only the newest", trace.Output, StringComparison.Ordinal);
        _system.Add(StreamCatalog.SignalGenerated.Key, "symbol", "ETHUSDT", "event_id", "e9");
        Assert.Contains("in none of the newest 1 entries", _system.Run("trace", "e1", "--depth", "1").Output,
            StringComparison.Ordinal);
        Assert.Contains("Only the newest 1 entries were searched of ai.signal_generated",
            _system.Run("trace", "e9", "--depth", "1").Output, StringComparison.Ordinal);
        _system.Ask("EVAL", "for i=1,2000 do redis.call('XADD',KEYS[1],'*','symbol','ETHUSDT') end", "1",
            StreamCatalog.SignalGenerated.Key);
        var why = _system.Run("why", "BTCUSDT").Output;
        Assert.Contains("not among the newest 2000 entries", why, StringComparison.Ordinal);
        Assert.Contains("never", why, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"cmdstat_([^:]+):")]
    private static partial Regex Sent();
}
