using Quantum.Contracts.Catalog;
using Quantum.Resp;
using Quantum.Cli.Demos;

namespace Quantum.Cli.Tests;

/// <summary>`./quantum audit --fix`: only what is safe, and only when it is confirmed.</summary>
public sealed class AuditFixTests : IDisposable
{
    private readonly SystemFixture _system = new();

    public void Dispose() => _system.Dispose();

    [Fact]
    public void Stale_consumers_go_but_not_the_one_that_holds_work()
    {
        using (var connection = RespConnection.Connect(RespEndpoint.Parse(_system.Server.ConnectionString)))
            AuditedCase.Build(connection);
        _system.Run("audit", "--fix");
        Assert.Equal(AuditedCase.Consumers, Consumers());
        var run = _system.Run("audit", "--fix", "--yes", "--json");
        Assert.Contains("33 removed, 1 kept", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, Consumers());
        Assert.Equal(1, _system.Number("EVAL", "return redis.call('XPENDING', KEYS[1], ARGV[1])[1]", "1",
            AuditedCase.Stream, AuditedCase.Group));
    }

    [Fact]
    public void A_wrong_reported_lag_is_set_right_and_the_position_stays()
    {
        Lagging();
        Assert.Equal(7, Lag());
        Assert.Contains("repaired", _system.Run("audit", "--fix", "--yes").Output, StringComparison.Ordinal);
        Assert.Equal(0, Lag());
    }

    [Fact]
    public void A_lag_is_left_alone_while_its_reader_lives()
    {
        Lagging();
        _system.Ask("HSET", "quantum:lease:executor", "owner", "x", "until", "99999999999999");
        Assert.Contains("its reader lives", _system.Run("audit", "--fix", "--yes").Output, StringComparison.Ordinal);
        Assert.Equal(7, Lag());
    }

    [Fact]
    public void Missing_groups_are_made_only_at_a_stated_place()
    {
        _system.Add(AuditedCase.Stream, "a", "b");
        _system.Run("audit", "--fix", "--yes");
        Assert.Equal(0, Groups());
        Assert.Equal(2, _system.Run("audit", "--fix", "--yes", "--groups-at", "5").ExitCode);
        _system.Run("audit", "--fix", "--yes", "--groups-at", "0");
        Assert.Equal(1, Groups());
    }

    [Fact]
    public void What_findings_name_as_commands_of_ours_makes_them_go_away()
    {
        Lagging();
        _system.Ask("XGROUP", "CREATECONSUMER", AuditedCase.Stream, AuditedCase.Group, "pod-1");
        _system.Add("quantum:dlq:trade.intent", "dlq_reason", "poison", "a", "b");
        Assert.Contains("./quantum audit --fix", Mend("STALE"), StringComparison.Ordinal);
        Assert.Contains("./quantum audit --fix", Mend("REPORTED_LAG_WRONG"), StringComparison.Ordinal);
        _system.Run("audit", "--fix", "--yes");
        Assert.Null(Mend("STALE"));
        Assert.Null(Mend("REPORTED_LAG_WRONG"));
        Assert.Equal("./quantum dlq list trade.intent, then dlq redrive or dlq drop", Mend("DEAD_LETTERS"));
        Assert.Contains("poison", _system.Run("dlq", "list", "trade.intent").Output, StringComparison.Ordinal);
        Assert.Equal(0, _system.Run("dlq", "drop", "trade.intent", "--all", "--yes").ExitCode);
        Assert.Null(Mend("DEAD_LETTERS"));
    }

    private string? Mend(string code) => _system.Run("audit", "--json").Json.GetProperty("findings").EnumerateArray()
        .Where(finding => finding.GetProperty("code").GetString() == code)
        .Select(finding => finding.GetProperty("mend").GetString()).FirstOrDefault();

    /// <summary>Trimmed past its position and then read to the end: Redis reports a lag of 7 for ever.</summary>
    private void Lagging()
    {
        _system.Ask("XGROUP", "CREATE", AuditedCase.Stream, AuditedCase.Group, "0", "MKSTREAM");
        for (var i = 0; i < 10; i++) _system.Add(AuditedCase.Stream, "a", "b");
        Read(1);
        _system.Ask("XTRIM", AuditedCase.Stream, "MAXLEN", "2");
        Read(10);
    }

    private void Read(int count) => _system.Ask(
        "XREADGROUP", "GROUP", AuditedCase.Group, StreamConsumer.Name, "COUNT", $"{count}", "NOACK", "STREAMS",
        AuditedCase.Stream, ">");

    private long Consumers() => _system.Number(
        "EVAL", "return #redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])", "1", AuditedCase.Stream,
            AuditedCase.Group);

    private long Groups() =>
        _system.Number("EVAL", "return #redis.call('XINFO', 'GROUPS', KEYS[1])", "1", AuditedCase.Stream);

    private long Lag() => _system.Number(
        "EVAL", "local g = redis.call('XINFO', 'GROUPS', KEYS[1])[1] return g[#g]", "1", AuditedCase.Stream);
}
