using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
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
    public void Without_governance_the_word_is_recorded_and_said_to_be_unanswered()
    {
        using var system = new SystemFixture();
        var run = system.Run("kill", "on", "--reason", "test", "--timeout", "0.3");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("has not answered", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, system.Number("XLEN", StreamCatalog.GovernanceControl.Key));
    }

    [Fact]
    public void On_a_tape_the_word_carries_the_tapes_time()
    {
        using var system = new SystemFixture();
        system.Ask("SET", "quantum:feed:position", "1700000000000");
        system.Run("kill", "on", "--reason", "test", "--timeout", "0.3");
        // The second field of the envelope is ts.
        Assert.Equal("1700000000000", system.Text(
            "EVAL", "return redis.call('XRANGE', KEYS[1], '-', '+')[1][2][4]", "1",
                StreamCatalog.GovernanceControl.Key));
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
}
