using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.EventLog.Runner;
using Quantum.Resp;
using Quantum.Roles.Governance;
using Quantum.Testing;

namespace Quantum.Cli.Tests;

/// <summary>Where an operator's words go, of a program that lies in a tree with a run of its own.</summary>
public sealed class OperatorWordTests(CliTree tree) : IClassFixture<CliTree>, IDisposable
{
    private const string Mine = "system-of-this-folder";
    private readonly SystemFixture _other = new();

    public void Dispose()
    {
        tree.Die();
        File.Delete(tree.FileIn("connection"));
        File.Delete(tree.FileIn("system"));
        _other.Dispose();
    }

    [Fact]
    public void Kill_asks_another_redis()
    {
        using var own = new SystemFixture();
        using var host = new LogHost(
            own.Server.ConnectionString,
            new LogHostSettings { Runner = new RunnerSettings { Mode = TradingMode.Sim }, Owner = Mine });
        host.Add(() => new GovernanceRole()).Start();
        File.WriteAllText(tree.FileIn("system"), Mine);
        _other.Ask("HSET", LogKeys.Topology, SystemOwner.Field, "another");

        // The folder's run lives: the word goes there, whatever the variable names.
        tree.Run(own.Server.ConnectionString);
        var on = Kill("on");
        Assert.Equal(0, on.ExitCode);
        Assert.Contains(
            $"{own.Server.Port}, not the one in ConnectionStrings__redis", on.Errors, StringComparison.Ordinal);
        Assert.Contains("kill switch ON", CliRun.In(tree, null, "kill", "status").Output, StringComparison.Ordinal);

        // The run is dead, its file stays: what the variable names is another's and hears nothing.
        tree.Die();
        var off = Kill("off");
        Assert.Equal(2, off.ExitCode);
        Assert.Contains("of a run that has ended", off.Errors, StringComparison.Ordinal);
        Assert.Contains("holds the system of another folder (another)", off.Errors, StringComparison.Ordinal);
        Assert.Equal((1, 0), (Words(own), Words(_other)));
        host.Stop();
    }

    [Theory]
    [InlineData("kill on --reason x")]
    [InlineData("kill off --reason x")]
    [InlineData("flatten --reason x --yes")]
    [InlineData("policy reset --reason x")]
    [InlineData("policy mode halt --reason x")]
    [InlineData("feed pause --reason x")]
    [InlineData("feed resume --reason x")]
    [InlineData("dlq redrive trade.intent --all --yes")]
    [InlineData("dlq drop trade.intent --all --yes")]
    [InlineData("drain --yes")]
    [InlineData("audit --fix --yes")]
    public void A_word_to_another_systems_redis_is_refused_and_writes_nothing(string words)
    {
        _other.Ask("HSET", LogKeys.Topology, SystemOwner.Field, "another");
        _other.Add(StreamCatalog.TradeIntent.DeadLetterKey, "dlq_stream", StreamCatalog.TradeIntent.Key, "symbol", "X");
        // As governance would have it: what is asked for already must not be told as done.
        _other.Add(StreamCatalog.PolicyUpdated.Key, "kill_switch", "true", "risk_mode", "normal");
        var before = Size();
        var run = CliRun.In(tree, _other.Server.ConnectionString, words.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("holds the system of another folder (another)", run.Errors, StringComparison.Ordinal);
        Assert.Equal(before, Size());
    }

    [Theory]
    [InlineData(Mine)]
    [InlineData(null)]
    public void A_word_to_our_own_or_to_nobodys_system_is_said(string? owner)
    {
        File.WriteAllText(tree.FileIn("system"), Mine);
        if (owner is not null) _other.Ask("HSET", LogKeys.Topology, SystemOwner.Field, owner);
        Assert.Equal(1, Kill("on", "0.3").ExitCode);
        Assert.Equal(1, Words(_other));
    }

    [Fact]
    public void A_word_that_a_failover_could_forget_is_told_as_such_and_said_again_it_holds()
    {
        using var replica = RedisServer.Start(new RedisServerOptions
        {
            Arguments = ["--replicaof", "127.0.0.1", $"{_other.Server.Port}"],
        });
        Eventually.True(() => _other.Text("INFO", "replication").Contains("state=online", StringComparison.Ordinal));
        replica.Freeze();
        var lost = Kill("on", "0.3");
        Assert.Equal(2, lost.ExitCode);
        Assert.Contains("no replica of Redis confirmed it", lost.Errors, StringComparison.Ordinal);
        replica.Resume();
        // Nobody follows it here, which is another thing: the word itself is safe.
        Assert.Equal(1, Kill("on", "0.3").ExitCode);
        _other.Server.Kill();
        using var promoted = RespConnection.Connect(RespEndpoint.Parse(replica.ConnectionString));
        Assert.Equal(2, promoted.Call("XLEN", StreamCatalog.GovernanceControl.Key).ReadInteger());
    }

    private CliRun Kill(string word, string timeout = "30") => CliRun.In(
        tree, _other.Server.ConnectionString, "kill", word, "--reason", "test", "--timeout", timeout);

    private (long Keys, long Letters) Size() =>
        (_other.Number("DBSIZE"), _other.Number("XLEN", StreamCatalog.TradeIntent.DeadLetterKey));

    private static long Words(SystemFixture system) => system.Number("XLEN", StreamCatalog.GovernanceControl.Key);
}
