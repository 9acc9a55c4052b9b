using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.EventLog.Runner;
using Quantum.Roles.Governance;

namespace Quantum.Cli.Tests;

/// <summary>`./quantum kill` against the real governance role on a real Redis.</summary>
public sealed class KillVerbTests
{
    [Fact]
    public void Governance_answers_on_off_and_status()
    {
        using var system = new SystemFixture(isMarked: false);
        using var host = new LogHost(
            system.Server.ConnectionString,
            new LogHostSettings { Runner = new RunnerSettings { Mode = TradingMode.Sim } });
        host.Add(() => new GovernanceRole(new GovernanceSettings())).Start();

        var on = system.Run("kill", "on", "--reason", "venue acts up", "--by", "anna", "--timeout", "30", "--json");
        Assert.Equal(0, on.ExitCode);
        var policy = on.Json.GetProperty("policy");
        Assert.True(policy.GetProperty("killSwitch").GetBoolean());
        Assert.Equal("anna", policy.GetProperty("updatedBy").GetString());
        Assert.Equal(1, system.Run("kill", "status").ExitCode);

        Assert.Equal(0, system.Run("kill", "off", "--reason", "fine again", "--timeout", "30").ExitCode);
        Assert.Equal(0, system.Run("kill", "status").ExitCode);
        host.Stop();
    }

    [Fact]
    public void On_is_said_even_where_the_policy_says_so_already_since_a_release_may_be_on_its_way()
    {
        using var system = new SystemFixture();
        system.Add(
            StreamCatalog.PolicyUpdated.Key, "kill_switch", "true", "risk_mode", "normal", "policy_version", "2");
        system.Add(StreamCatalog.GovernanceControl.Key, "command", "kill_off", "by", "bob", "reason", "fine again");
        Assert.Equal(1, system.Run("kill", "on", "--reason", "no, it is not", "--timeout", "0.3").ExitCode);
        Assert.Equal("kill_on", system.Text(
            "EVAL", "return redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1][2][18]", "1",
            StreamCatalog.GovernanceControl.Key));
    }

    [Fact]
    public void Without_governance_the_word_is_recorded_and_said_to_be_unanswered()
    {
        using var system = new SystemFixture();
        var run = system.Run("kill", "on", "--reason", "test", "--timeout", "0.3");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("has not answered", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, system.Number("XLEN", StreamCatalog.GovernanceControl.Key));
    }

    [Theory]
    [InlineData(730)]
    [InlineData(0)]
    public void On_a_tape_the_word_carries_the_tapes_time_even_when_the_tape_is_of_today(int daysAgo)
    {
        using var system = new SystemFixture(time: SystemTime.Tape);
        var atMs = DateTimeOffset.UtcNow.AddDays(-daysAgo).AddSeconds(-7).ToUnixTimeMilliseconds();
        system.Ask("SET", FeedKeys.Position, atMs.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(atMs, SaidAtMs(system));
    }

    [Theory]
    [InlineData(SystemTime.Real)]
    [InlineData(null)]
    public void In_real_time_a_position_that_lies_around_changes_nothing(string? time)
    {
        using var system = new SystemFixture(time: time);
        system.Ask("SET", FeedKeys.Position, "1700000000000");
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        Assert.InRange(SaidAtMs(system), before, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void A_tape_before_its_first_step_has_no_time_and_says_so()
    {
        using var system = new SystemFixture(time: SystemTime.Tape);
        var run = system.Run("kill", "on", "--reason", "test", "--timeout", "0.3");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("has not made its first step", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, system.Number("EXISTS", StreamCatalog.GovernanceControl.Key));
    }

    [Fact]
    public void A_Redis_that_is_not_ours_is_not_written_to()
    {
        using var system = new SystemFixture(isMarked: false);
        var run = system.Run("kill", "on", "--reason", "test");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("not marked as Quantum's", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, system.Number("DBSIZE"));
    }

    // The second field of the envelope is ts.
    private static long SaidAtMs(SystemFixture system)
    {
        system.Run("kill", "on", "--reason", "test", "--timeout", "0.3");
        return long.Parse(
            system.Text(
                "EVAL", "return redis.call('XRANGE', KEYS[1], '-', '+')[1][2][4]", "1",
                StreamCatalog.GovernanceControl.Key),
            CultureInfo.InvariantCulture);
    }
}
